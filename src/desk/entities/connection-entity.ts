import type { Actor } from "xstate";
import { connectionMachine } from "../../../machines/connection.machine.ts";
import { newConnection, type ConnectionContext, type ConnectionFact } from "../../domain/connection.ts";
import { noEffects, onlyChanged, type Effects } from "../../domain/effects.ts";
import type { Inspection } from "../inspection/inspection.ts";
import type { ObservedActor } from "../inspection/observed-actor.ts";
import { ListenerSet, type ReadableStore } from "../readable-store.ts";
import { Chart } from "./chart.ts";
import { definePublicView } from "./public-view.ts";

/** What a desk says about its connection. */
export interface ConnectionSnapshot extends ConnectionContext {
  /** `Live` only while what the desk shows is what the server says. */
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
  readonly #chart: Chart<typeof connectionMachine>;
  readonly #listeners: ListenerSet<ConnectionSnapshot>;
  #snapshot: ConnectionSnapshot | undefined;

  constructor(inspection: Inspection) {
    this.#chart = new Chart({ id: "connection", machine: connectionMachine, inspection });
    this.#listeners = new ListenerSet(inspection.delivery.report);
    const readable: ReadableStore<ConnectionSnapshot> = {
      getSnapshot: () => this.snapshot(),
      subscribe: (observer) => this.#listeners.add(observer, this.snapshot()),
    };
    this.handle = createView(this.#chart, readable, inspection.delivery);
  }

  get isLive(): boolean {
    return this.#chart.state.value === "Live";
  }

  /** The actor for inspectors; it is dropped when the last one detaches. */
  get inspected(): Actor<typeof connectionMachine> {
    return this.#chart.inspected;
  }

  get isWatched(): boolean {
    return !this.#listeners.isEmpty;
  }

  apply(fact: ConnectionFact): Effects {
    const before = this.#chart.state;
    this.#chart.send(fact);
    if (this.#chart.state === before) return noEffects;
    this.#snapshot = undefined;
    return onlyChanged;
  }

  snapshot(): ConnectionSnapshot {
    const { value, context } = this.#chart.state;
    return (this.#snapshot ??= Object.freeze({ state: value, ...context }));
  }

  notify(): void {
    if (this.isWatched) this.#listeners.notify(this.snapshot());
  }
}
