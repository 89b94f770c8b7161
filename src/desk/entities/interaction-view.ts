import type { InteractionContext } from "../../domain/interaction-context.ts";
import { operationsOf } from "../../domain/pending-operations.ts";
import { emptyRecord } from "../../domain/record.ts";
import { Transcript } from "../../domain/transcript.ts";
import { createActionSet, type ActionSet, type Actions } from "../operations/action-set.ts";
import { editUserData } from "../operations/edit-user-data.ts";
import type { InteractionEntity } from "./interaction-entity.ts";
import type {
  AnySnapshot,
  EmailSnapshot,
  Interaction,
  InteractionMethods,
  InteractionSnapshot,
} from "./interaction.ts";
import { definePublicView } from "./public-view.ts";
import { ListenerSet, type Observer, type ReadableStore, type Subscription } from "../readable-store.ts";

/**
 * The public face of an interaction, made when somebody looks: what people hold of it, and who is told of its changes.
 * Each thing in it is made when it is needed, because many look at interactions that they do not read.
 */
export class InteractionView {
  readonly handle: Interaction;
  readonly #cell: InteractionEntity;
  #methods: Methods | undefined;
  #observers: ListenerSet<AnySnapshot> | undefined;
  #snapshot: AnySnapshot | undefined;
  /** What the observers know; not what was last read, because anybody may read in between. */
  #told: AnySnapshot | undefined;
  #wasLive = false;
  /** What the chart remembered when the actions were found. */
  #context: InteractionContext | undefined;
  #actions: Actions | undefined;

  constructor(cell: InteractionEntity) {
    this.#cell = cell;
    const readable: ReadableStore<AnySnapshot> = {
      getSnapshot: () => this.snapshot(),
      subscribe: (observer) => this.subscribe(observer),
    };
    this.handle = makeHandle(cell, readable, cell.host.report);
  }

  /** Tells those who watch, if there are any and what they see has changed. */
  notify(): void {
    if (this.#observers === undefined || this.#observers.isEmpty) return;
    const now = this.snapshot();
    if (now === this.#told) return;
    this.#told = now;
    this.#observers.notify(now);
  }

  snapshot(): AnySnapshot {
    const cell = this.#cell;
    const { context } = cell;
    const isLive = cell.host.isLive();
    const isLiveAsBefore = isLive === this.#wasLive;
    if (this.#snapshot !== undefined && !cell.isStale && isLiveAsBefore) return this.#snapshot;
    const methods = (this.#methods ??= methodsOf(cell));
    // Data does not decide what can be done: most messages leave the actions as they are.
    const isSame = this.#actions !== undefined && context === this.#context && isLiveAsBefore;
    const actions = isSame ? this.#actions! : methods.current();
    // Going off and on the air changes nothing for an interaction that could not be acted on anyway.
    if (this.#snapshot === undefined || cell.isStale || actions !== this.#actions)
      this.#snapshot = makeSnapshot(cell, methods, actions, this.#snapshot?.pending);
    this.#wasLive = isLive;
    cell.isStale = false;
    this.#context = context;
    this.#actions = actions;
    return this.#snapshot;
  }

  subscribe(observer: Observer<AnySnapshot>): Subscription {
    this.#observers ??= new ListenerSet(this.#cell.host.report);
    // What is so now must be known, or the first change could not be told from none.
    if (this.#observers.isEmpty) this.#told = this.snapshot();
    return this.#observers.add(observer);
  }
}

/** What the snapshots of one interaction have in common. */
type Methods = ActionSet & InteractionMethods<string>;

function methodsOf(cell: InteractionEntity): Methods {
  const { host } = cell;
  return {
    ...createActionSet(cell, host.runner),
    editUserData: (edit) => editUserData(cell, edit),
    dismiss: () => host.dismiss(cell),
  };
}

const makeHandle = definePublicView<AnySnapshot, Interaction>([
  ...Object.keys(emptyRecord),
  "id",
  "channel",
  "serverChannel",
  "state",
  "isEnded",
  "outcome",
  "capabilities",
  "pending",
  "actions",
  "can",
  "editUserData",
  "dismiss",
]);

function makeSnapshot(
  cell: InteractionEntity,
  { can, editUserData: edit, dismiss }: InteractionMethods<never>,
  actions: Actions,
  held: readonly string[] | undefined,
): AnySnapshot {
  const { id, serverChannel, state, isEnded, record, context } = cell;
  // Written out and added to: to spread one object into another takes far longer.
  const snapshot: Made = {
    id,
    channel: serverChannel === "email" || serverChannel === "chat" ? serverChannel : "other",
    serverChannel,
    state,
    serverState: record.serverState,
    isEnded,
    outcome: context.outcome,
    capabilities: context.capabilities,
    pending: operationsOf(context, held),
    userData: record.userData.object,
    direction: record.direction,
    subType: record.subType,
    currentQueue: record.currentQueue,
    inQueues: record.inQueues?.object,
    outQueues: record.outQueues?.object,
    startDate: record.startDate,
    threadId: record.threadId,
    parentId: record.parentId,
    raw: record.raw.object,
    actions,
    can,
    editUserData: edit,
    dismiss,
  };
  if (serverChannel === "email") snapshot.email = record.email?.object;
  if (serverChannel === "chat") snapshot.transcript = record.transcript ?? Transcript.empty;
  return Object.freeze(snapshot) as AnySnapshot;
}

/** A snapshot of any channel while it is made. */
interface Made extends InteractionSnapshot, InteractionMethods<never> {
  readonly channel: AnySnapshot["channel"];
  readonly actions: Actions;
  email?: EmailSnapshot["email"];
  transcript?: Transcript;
}
