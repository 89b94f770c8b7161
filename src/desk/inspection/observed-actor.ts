import type { Report } from "../../domain/anomaly.ts";
import { ListenerSet } from "../readable-store.ts";
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

/** The outside of an actor. XState would end the process for what an observer throws; here it is reported. */
export function observed<Machine extends AnyStateMachine>(
  actor: Actor<Machine>,
  report: Report,
): ObservedActor<Machine> {
  return Object.freeze({
    id: actor.id,
    sessionId: actor.sessionId,
    getSnapshot: () => actor.getSnapshot(),
    subscribe: (observer: (snapshot: SnapshotFrom<Machine>) => void) => {
      const own = new ListenerSet<SnapshotFrom<Machine>>(report);
      own.add(observer);
      return actor.subscribe((snapshot) => own.notify(snapshot));
    },
    getPersistedSnapshot: () => actor.getPersistedSnapshot(),
  });
}
