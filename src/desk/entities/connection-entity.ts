import type { Actor } from "xstate";
import { connectionMachine } from "../../../machines/connection.machine.ts";
import type { Report } from "../../domain/anomaly.ts";
import { newConnection, type ConnectionContext, type ConnectionFact } from "../../domain/connection.ts";
import { Chart } from "./chart.ts";
import { definePublicView } from "./public-view.ts";
import type { Inspection } from "../inspection/inspection.ts";
import type { ObservedActor } from "../inspection/observed-actor.ts";
import { ListenerSet, type ReadableStore } from "../readable-store.ts";

/** What a desk says about its connection. */
export interface ConnectionSnapshot extends ConnectionContext {
  /** `Live` only while what the desk shows is what the server says. */
  readonly state: "Offline" | "Connecting" | "CatchingUp" | "Live" | "Recovering" | "Stopped";
}

/** The connection of a desk; its properties always tell what is so now. */
export interface Connection extends ConnectionSnapshot, ReadableStore<ConnectionSnapshot> {
  /** The running statechart, to be looked at. */
  readonly actor: ObservedActor<typeof connectionMachine>;
}

/** The connection inside the desk. */
export interface ConnectionEntity {
  /** The actor for those who inspect; it does not outlast their interest. */
  readonly inspected: () => Actor<typeof connectionMachine>;
  readonly handle: Connection;
  /** Tells the chart. Gives whether anything changed; the caller notifies when everything else is in order. */
  readonly tell: (fact: ConnectionFact) => boolean;
  readonly notify: () => void;
}

/** Starts the chart of a connection. */
export function createConnection(inspection: Inspection, report: Report): ConnectionEntity {
  const chart = new Chart({ id: "connection", machine: connectionMachine, inspection });
  const observers = new ListenerSet<ConnectionSnapshot>(report);
  const read = (): ConnectionSnapshot => {
    const { value, context } = chart.state;
    return Object.freeze({ state: value, ...context });
  };
  let snapshot = read();
  return {
    inspected: () => chart.inspected,
    handle: makeHandle(chart, { getSnapshot: () => snapshot, subscribe: observers.add }, report),
    tell: (fact) => {
      const before = chart.state;
      chart.send(fact);
      if (chart.state === before) return false;
      snapshot = read();
      return true;
    },
    notify: () => observers.notify(snapshot),
  };
}

const makeHandle = definePublicView<ConnectionSnapshot, Connection>(["state", ...Object.keys(newConnection)]);
