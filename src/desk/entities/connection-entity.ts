import type { Actor } from "xstate";
import { connectionMachine } from "../../../machines/connection.machine.ts";
import { newConnection, type ConnectionContext, type ConnectionFact } from "../../domain/connection.ts";
import type { Inspection } from "../inspection/inspection.ts";
import type { ObservedActor } from "../inspection/observed-actor.ts";
import { WatchedStore, type ReadableStore } from "../readable-store.ts";
import { Chart } from "./chart.ts";
import { definePublicView } from "./public-view.ts";

/** The present state of the connection. */
export interface ConnectionSnapshot extends ConnectionContext {
  /** `Live` only while the desk shows the present state of the server. */
  readonly state: "Offline" | "Connecting" | "CatchingUp" | "Live" | "Recovering" | "Stopped";
}

/** The connection of a desk; its properties always show the present state. */
export interface Connection extends ConnectionSnapshot, ReadableStore<ConnectionSnapshot> {
  /** The running statechart, to be looked at. */
  readonly actor: ObservedActor<typeof connectionMachine>;
}

const properties = ["state", ...Object.keys(newConnection)];
const createView = definePublicView<ConnectionSnapshot, Connection>("Connection", properties, properties);

/** The connection inside the desk: the one place that knows whether it is live. */
export class ConnectionEntity {
  readonly handle: Connection;
  readonly store: WatchedStore<ConnectionSnapshot>;
  readonly change: { readonly about: "connection"; readonly connection: Connection };
  readonly #chart: Chart<typeof connectionMachine>;
  #snapshot: ConnectionSnapshot | undefined;

  constructor(inspection: Inspection) {
    const { delivery } = inspection;
    this.#chart = new Chart({ id: "connection", machine: connectionMachine, inspection });
    this.store = new WatchedStore(() => this.#getSnapshot(), delivery.report);
    this.handle = createView(this.#chart, this.store.readable, delivery);
    this.change = { about: "connection", connection: this.handle };
  }

  get isLive(): boolean {
    return this.#chart.state.value === "Live";
  }

  /** The actor for inspectors; it is dropped when the last one detaches. */
  get inspected(): Actor<typeof connectionMachine> {
    return this.#chart.inspected;
  }

  /** Returns whether the fact changed the connection. */
  apply(fact: ConnectionFact): boolean {
    const before = this.#chart.state;
    this.#chart.send(fact);
    if (this.#chart.state === before) return false;
    this.#snapshot = undefined;
    return true;
  }

  #getSnapshot(): ConnectionSnapshot {
    const { value, context } = this.#chart.state;
    return (this.#snapshot ??= Object.freeze({ state: value, ...context }));
  }
}
