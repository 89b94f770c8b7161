import type { InteractionContext } from "../domain/interaction-context.ts";
import { Transcript } from "../domain/transcript.ts";
import { actionsFor, type Actions } from "./actions.ts";
import { editUserData } from "./edit-user-data.ts";
import type { InteractionCell } from "./interaction-cell.ts";
import type {
  AnySnapshot,
  Availability,
  EmailSnapshot,
  Interaction,
  InteractionMethods,
  InteractionSnapshot,
} from "./interaction.ts";
import { defineGetters } from "./live-getters.ts";
import { observed } from "./observed-actor.ts";
import { Observers, type Readable } from "./readable.ts";

/**
 * The public face of an interaction, made when somebody looks: its snapshot and its handle. An interaction that
 * nobody looks at has neither.
 */
export class InteractionView {
  readonly #cell: InteractionCell;
  #observers: Observers<AnySnapshot> | undefined;
  #snapshot: AnySnapshot | undefined;
  /** What the observers know; not what was last read, because anybody may read in between. */
  #told: AnySnapshot | undefined;
  #isStale = true;
  #wasLive = false;
  /** What the chart remembered when the actions were found. */
  #context: InteractionContext | undefined;
  #actions: Actions | undefined;
  #handle: Interaction | undefined;

  constructor(cell: InteractionCell) {
    this.#cell = cell;
  }

  /** The snapshot no longer shows what is so. */
  expire(): void {
    this.#isStale = true;
  }

  /** Tells those who watch, if there are any. */
  notify(): void {
    if (this.#observers === undefined || this.#observers.isEmpty) return;
    const now = this.snapshot();
    if (now === this.#told) return;
    this.#told = now;
    this.#observers.notify(now);
  }

  snapshot(): AnySnapshot {
    const isLive = this.#cell.host.isLive();
    if (this.#snapshot !== undefined && !this.#isStale && this.#wasLive === isLive) return this.#snapshot;
    const actions = this.#findActions(isLive);
    // Going off and on the air changes nothing for an interaction that could not be acted on anyway.
    const isSame = this.#snapshot !== undefined && !this.#isStale && actions === this.#actions;
    this.#wasLive = isLive;
    this.#isStale = false;
    this.#context = this.#cell.context;
    this.#actions = actions;
    if (!isSame) this.#snapshot = makeSnapshot(this.#cell, this.handle(), actions, this.#snapshot?.pending);
    return this.#snapshot!;
  }

  /** Data does not decide what can be done: most messages leave the actions as they are. */
  #findActions(isLive: boolean): Actions {
    const { context, rules, host } = this.#cell;
    const isSame = context === this.#context && isLive === this.#wasLive;
    if (isSame && this.#actions !== undefined) return this.#actions;
    return actionsFor(this.#cell, rules, host.runner, this.#actions);
  }

  handle(): Interaction {
    return (this.#handle ??= new Handle(this.#cell, this) as unknown as Interaction);
  }

  subscribe(observer: Parameters<Readable<AnySnapshot>["subscribe"]>[0]) {
    this.#observers ??= new Observers(this.#cell.host.report);
    // What is so now must be known, or the first change could not be told from none.
    if (this.#observers.isEmpty) this.#told = this.snapshot();
    const subscription = this.#observers.add(observer);
    this.#cell.host.watched(this.#cell, true);
    const unsubscribe = () => {
      subscription();
      if (this.#observers?.isEmpty === true) this.#cell.host.watched(this.#cell, false);
    };
    return Object.assign(unsubscribe, { unsubscribe });
  }
}

const noNames: readonly string[] = Object.freeze([]);

function makeSnapshot(
  cell: InteractionCell,
  { can, editUserData: edit, dismiss }: InteractionMethods<never>,
  actions: Actions,
  held: readonly string[] | undefined,
): AnySnapshot {
  const { id, serverChannel, state, isEnded, record, context } = cell;
  const pending = context.pending.length === 0 ? noNames : context.pending.map(({ operation }) => operation);
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
    pending: held !== undefined && pending.join() === held.join() ? held : pending,
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
  if (snapshot.channel === "email") snapshot.email = record.email?.object;
  if (snapshot.channel === "chat") snapshot.transcript = record.transcript ?? Transcript.empty;
  return Object.freeze(snapshot) as AnySnapshot;
}

/** A snapshot of any channel while it is made. */
interface Made extends InteractionSnapshot, InteractionMethods<never> {
  readonly channel: AnySnapshot["channel"];
  readonly actions: Actions;
  email?: EmailSnapshot["email"];
  transcript?: Transcript;
}

/** What people hold: its properties read the snapshot of the moment. */
class Handle implements InteractionMethods<string> {
  readonly #cell: InteractionCell;
  readonly getSnapshot: () => AnySnapshot;
  readonly subscribe: Readable<AnySnapshot>["subscribe"];

  constructor(cell: InteractionCell, view: InteractionView) {
    this.#cell = cell;
    this.getSnapshot = () => view.snapshot();
    this.subscribe = (observer) => view.subscribe(observer);
  }

  readonly can = (operation: string): Availability => {
    const rule = this.#cell.rules.get(operation);
    const reason = rule === undefined ? "not-known" : this.#cell.unavailability(rule);
    return reason === undefined ? { allowed: true } : { allowed: false, reason };
  };

  readonly editUserData: InteractionMethods<string>["editUserData"] = (edit) =>
    editUserData(this.#cell, this.#cell.host.runner, edit);

  readonly dismiss = (): boolean => this.#cell.host.dismiss(this.#cell);

  get actor() {
    return observed(this.#cell.actor);
  }
}

// Every property of a snapshot that changes; whether none is missing is what the annotation proves.
const snapshotKeys: Record<Exclude<KeyOf<AnySnapshot>, keyof InteractionMethods<never>>, true> = {
  id: true,
  channel: true,
  serverChannel: true,
  state: true,
  serverState: true,
  isEnded: true,
  outcome: true,
  capabilities: true,
  pending: true,
  userData: true,
  direction: true,
  subType: true,
  currentQueue: true,
  inQueues: true,
  outQueues: true,
  startDate: true,
  threadId: true,
  parentId: true,
  raw: true,
  actions: true,
  email: true,
  transcript: true,
};
defineGetters(Handle, Object.keys(snapshotKeys));

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
