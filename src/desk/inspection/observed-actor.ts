import type { Actor, AnyStateMachine, Snapshot, SnapshotFrom, Subscription } from "xstate";
import { ListenerSet } from "../readable-store.ts";
import type { Delivery } from "./delivery.ts";

/** A running statechart as seen from outside: it can be read, watched and saved. Only the desk sends to it. */
export interface ObservedActor<Machine extends AnyStateMachine> {
  readonly id: string;
  readonly sessionId: string;
  readonly getSnapshot: () => SnapshotFrom<Machine>;
  readonly subscribe: (observer: (snapshot: SnapshotFrom<Machine>) => void) => Subscription;
  /** Returns the configuration as JSON can hold it; `createActor(machine, { snapshot })` goes on from there. */
  readonly getPersistedSnapshot: () => Snapshot<unknown>;
}

/**
 * Returns the outside of an actor. Its observers are called when the desk has finished what it is doing. XState would
 * end the process for what an observer throws; here it is reported.
 */
export function observed<Machine extends AnyStateMachine>(
  actor: Actor<Machine>,
  { report, defer }: Delivery,
): ObservedActor<Machine> {
  return Object.freeze({
    id: actor.id,
    sessionId: actor.sessionId,
    getSnapshot: () => actor.getSnapshot(),
    subscribe: (observer: (snapshot: SnapshotFrom<Machine>) => void) => {
      const listeners = new ListenerSet<SnapshotFrom<Machine>>(report);
      const end = listeners.add(observer);
      const subscription = actor.subscribe((snapshot) => defer(() => listeners.notify(snapshot)));
      return {
        unsubscribe: () => {
          end();
          subscription.unsubscribe();
        },
      };
    },
    getPersistedSnapshot: () => actor.getPersistedSnapshot(),
  });
}
