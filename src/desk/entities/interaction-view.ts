import type { InteractionContext } from "../../domain/interaction-context.ts";
import type { Delivery } from "../inspection/delivery.ts";
import { createActionSet, type Actions, type ActionSet, type Perform } from "../operations/action-set.ts";
import { editUserData } from "../operations/edit-user-data.ts";
import { ListenerSet, type Observer, type ReadableStore, type Subscription } from "../readable-store.ts";
import type { OperationTarget } from "../operations/operation-target.ts";
import { createSnapshot, type SnapshotSource } from "./interaction-snapshot.ts";
import type { AnySnapshot, Interaction, InteractionMethods } from "./interaction.ts";
import type { Charted, CreateView } from "./public-view.ts";

/** What a view shows. */
export interface ViewSource extends SnapshotSource, OperationTarget, Charted {
  /** Counts what changed. */
  readonly version: number;
}

/** What the views of one desk have in common. */
export interface ViewContext {
  readonly createView: CreateView<AnySnapshot, Interaction>;
  readonly perform: Perform;
  /** Forgets the interaction with this id, if it has ended. */
  readonly dismiss: (id: string) => boolean;
  readonly delivery: Delivery;
  /** Returns whether the connection is Live. */
  readonly isLive: () => boolean;
}

/**
 * The public face of an interaction, created on demand: what callers hold of it, and its listeners. Each part is
 * created when it is needed, because many callers look at interactions that they do not read.
 */
export class InteractionView {
  readonly handle: Interaction;
  readonly #source: ViewSource;
  readonly #context: ViewContext;
  #methods: Methods | undefined;
  #listeners: ListenerSet<AnySnapshot> | undefined;
  #snapshot: AnySnapshot | undefined;
  /** What the snapshot was made of. */
  #version = -1;
  #isActable: boolean | undefined;
  #actions: Actions | undefined;
  #actionsOf: InteractionContext | undefined;

  constructor(source: ViewSource, context: ViewContext) {
    this.#source = source;
    this.#context = context;
    const readable: ReadableStore<AnySnapshot> = {
      getSnapshot: () => this.snapshot(),
      subscribe: (observer) => this.subscribe(observer),
    };
    this.handle = context.createView(source, readable, context.delivery);
  }

  get isWatched(): boolean {
    return this.#listeners?.isEmpty === false;
  }

  /** Notifies the listeners, if there are any and what they see has changed. */
  notify(): void {
    if (this.isWatched) this.#listeners!.notify(this.snapshot());
  }

  /** Returns the present snapshot: the same until something that it shows changes. */
  snapshot(): AnySnapshot {
    const source = this.#source;
    const isLive = this.#context.isLive();
    const isActableAsBefore = isLive === this.#isActable;
    const isSame = this.#version === source.version;
    if (this.#snapshot !== undefined && isSame && isActableAsBefore) return this.#snapshot;
    const methods = (this.#methods ??= this.#createMethods());
    // Data does not decide what can be done: most messages leave the actions as they are.
    const hasActions = isActableAsBefore && source.context === this.#actionsOf;
    const actions = hasActions ? this.#actions! : methods.current();
    // Going off and on the air changes nothing for an interaction on which nothing could be done anyway.
    if (this.#snapshot === undefined || !isSame || actions !== this.#actions)
      this.#snapshot = createSnapshot(source, methods, actions, this.#snapshot?.pending);
    this.#version = source.version;
    this.#isActable = isLive;
    this.#actionsOf = source.context;
    this.#actions = actions;
    return this.#snapshot;
  }

  subscribe(observer: Observer<AnySnapshot>): Subscription {
    this.#listeners ??= new ListenerSet(this.#context.delivery.report);
    return this.#listeners.add(observer, this.snapshot());
  }

  #createMethods(): Methods {
    const source = this.#source;
    const { perform, dismiss } = this.#context;
    return {
      ...createActionSet(source, perform),
      editUserData: (edit) => editUserData(source, perform, edit),
      dismiss: () => dismiss(source.id),
    };
  }
}

/** What the snapshots of one interaction have in common. */
type Methods = ActionSet & InteractionMethods<string>;
