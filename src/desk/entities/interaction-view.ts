import type { InteractionContext } from "../../domain/interaction-context.ts";
import { createActionSet, type Actions } from "../operations/action-set.ts";
import { editUserData } from "../operations/edit-user-data.ts";
import type { OperationTarget } from "../operations/operation-target.ts";
import { WatchedStore } from "../readable-store.ts";
import type { DeskModel } from "./desk-model.ts";
import { createSnapshot, type SnapshotSource } from "./interaction-snapshot.ts";
import type { AnySnapshot, Interaction } from "./interaction.ts";
import type { Charted } from "./public-view.ts";

/** The source of a view. */
export interface ViewSource extends SnapshotSource, OperationTarget, Charted {
  readonly model: DeskModel;
  /** Counts the changes. */
  readonly version: number;
}

/**
 * The public face of an interaction, created on demand: the handle of callers, and its listeners. Its methods are
 * created when a snapshot is read, because many callers look at interactions that they do not read.
 */
export class InteractionView {
  readonly handle: Interaction;
  readonly store: WatchedStore<AnySnapshot>;
  readonly #source: ViewSource;
  #methods: ReturnType<typeof methodsOf> | undefined;
  #snapshot: AnySnapshot | undefined;
  /** The source of the snapshot: a version, whether the desk was Live, and what decided on its actions. */
  #version = -1;
  #wasLive: boolean | undefined;
  #context: InteractionContext | undefined;
  #actions: Actions | undefined;

  constructor(source: ViewSource) {
    const { createView, inspection } = source.model;
    this.#source = source;
    this.store = new WatchedStore(() => this.snapshot(), inspection.delivery.report);
    this.handle = createView(source, this.store.readable, inspection.delivery);
  }

  /** Returns the present snapshot: the same until something that it shows changes. */
  snapshot(): AnySnapshot {
    const source = this.#source;
    const { version, context, model } = source;
    const { isLive } = model.connection;
    const isSame = version === this.#version;
    if (this.#snapshot !== undefined && isSame && isLive === this.#wasLive) return this.#snapshot;
    const methods = (this.#methods ??= methodsOf(source));
    // Data does not decide what can be done: most messages leave the actions as they are.
    const hasActions = isLive === this.#wasLive && context === this.#context;
    const actions = hasActions ? this.#actions! : methods.current();
    // Losing the connection changes nothing for an interaction on which nothing could be done anyway.
    if (this.#snapshot === undefined || !isSame || actions !== this.#actions)
      this.#snapshot = createSnapshot(source, methods, actions, this.#snapshot?.pending);
    this.#version = version;
    this.#wasLive = isLive;
    this.#context = context;
    this.#actions = actions;
    return this.#snapshot;
  }
}

/** Returns the methods that all snapshots of one interaction have. */
function methodsOf(source: ViewSource) {
  const { perform, dismiss } = source.model;
  return {
    ...createActionSet(source, perform),
    editUserData: (edit: Parameters<typeof editUserData>[2]) => editUserData(source, perform, edit),
    dismiss: () => dismiss(source.id),
  };
}
