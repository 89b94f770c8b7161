import type { Actor, AnyStateMachine, Snapshot, SnapshotFrom, Subscription } from "xstate";

/** A running statechart as seen from outside: it can be read, watched and saved. Only the desk sends to it. */
export interface ObservedActor<Machine extends AnyStateMachine> {
  readonly id: string;
  readonly sessionId: string;
  readonly getSnapshot: () => SnapshotFrom<Machine>;
  readonly subscribe: (observer: (snapshot: SnapshotFrom<Machine>) => void) => Subscription;
  /** The configuration as JSON can hold it; `createActor(machine, { snapshot })` goes on from there. */
  readonly getPersistedSnapshot: () => Snapshot<unknown>;
}

/** The outside of an actor. */
export function observed<Machine extends AnyStateMachine>(actor: Actor<Machine>): ObservedActor<Machine> {
  return Object.freeze({
    id: actor.id,
    sessionId: actor.sessionId,
    getSnapshot: () => actor.getSnapshot(),
    subscribe: (observer: (snapshot: SnapshotFrom<Machine>) => void) => actor.subscribe(observer),
    getPersistedSnapshot: () => actor.getPersistedSnapshot(),
  });
}
