import { createActor, type Actor } from "xstate";
import { connectionMachine } from "../../machines/connection.machine.ts";
import type { Report } from "../domain/anomaly.ts";
import type { ConnectionContext, ConnectionFact } from "../domain/connection.ts";
import type { Inspection } from "./inspection.ts";
import { defineGetters } from "./live-getters.ts";
import { observed, type ObservedActor } from "./observed-actor.ts";
import { Observers, type Readable } from "./readable.ts";

/** What a desk says about its connection. */
export interface ConnectionSnapshot extends ConnectionContext {
  /** `Live` only while what the desk shows is what the server says. */
  readonly state: "Offline" | "Connecting" | "CatchingUp" | "Live" | "Recovering" | "Stopped";
}

/** The connection of a desk; its properties always tell what is so now. */
export interface Connection extends ConnectionSnapshot, Readable<ConnectionSnapshot> {
  /** The running statechart, to be looked at. */
  readonly actor: ObservedActor<typeof connectionMachine>;
}

/** The connection inside the desk. */
export interface ConnectionCell {
  readonly actor: Actor<typeof connectionMachine>;
  readonly handle: Connection;
  /** Tells the chart. Gives whether anything changed; the caller notifies when everything else is in order. */
  readonly tell: (fact: ConnectionFact) => boolean;
  readonly notify: () => void;
}

/** Starts the chart of a connection. */
export function createConnection(inspection: Inspection, report: Report): ConnectionCell {
  const actor = createActor(connectionMachine, { id: "connection" });
  inspection.start(actor);
  const observers = new Observers<ConnectionSnapshot>(report);
  const read = (): ConnectionSnapshot => {
    const { value, context } = actor.getSnapshot();
    return Object.freeze({ state: value, ...context });
  };
  let snapshot = read();
  const handle = { getSnapshot: () => snapshot, subscribe: observers.add, actor: observed(actor) };
  defineGetters(handle, Object.keys(snapshot));
  return {
    actor,
    handle: handle as unknown as Connection,
    tell: (fact) => {
      const before = actor.getSnapshot();
      actor.send(fact);
      if (actor.getSnapshot() === before) return false;
      snapshot = read();
      return true;
    },
    notify: () => observers.notify(snapshot),
  };
}
