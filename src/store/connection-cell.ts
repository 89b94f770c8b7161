import { createActor, type Actor } from "xstate";
import { connectionMachine } from "../../machines/connection.machine.ts";
import type { Report } from "../domain/anomaly.ts";
import type { ConnectionContext, ConnectionFact } from "../domain/connection.ts";
import type { Inspection } from "./inspection.ts";
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
export class ConnectionCell implements Connection {
  readonly #actor: Actor<typeof connectionMachine> = createActor(connectionMachine, { id: "connection" });
  readonly #observers: Observers<ConnectionSnapshot>;
  #snapshot: ConnectionSnapshot;

  constructor(inspection: Inspection, report: Report) {
    inspection.start(this.#actor);
    this.#observers = new Observers(report);
    this.#snapshot = this.#read();
  }

  readonly getSnapshot = (): ConnectionSnapshot => this.#snapshot;
  readonly subscribe: Connection["subscribe"] = (observer) => this.#observers.add(observer);

  get state(): ConnectionSnapshot["state"] {
    return this.#snapshot.state;
  }
  get why(): ConnectionSnapshot["why"] {
    return this.#snapshot.why;
  }
  get failures(): number {
    return this.#snapshot.failures;
  }
  get isAcknowledging(): boolean | null {
    return this.#snapshot.isAcknowledging;
  }
  get stopReason(): ConnectionSnapshot["stopReason"] {
    return this.#snapshot.stopReason;
  }
  get actor(): Connection["actor"] {
    return observed(this.#actor);
  }
  /** The running chart itself, for those who inspect. */
  get inspected(): Actor<typeof connectionMachine> {
    return this.#actor;
  }

  /** Tells the chart. Gives whether anything changed; the caller notifies when everything else is in order. */
  tell(fact: ConnectionFact): boolean {
    const before = this.#actor.getSnapshot();
    this.#actor.send(fact);
    if (this.#actor.getSnapshot() === before) return false;
    this.#snapshot = this.#read();
    return true;
  }

  notify(): void {
    this.#observers.notify(this.#snapshot);
  }

  #read(): ConnectionSnapshot {
    const { value, context } = this.#actor.getSnapshot();
    return Object.freeze({ state: value, ...context });
  }
}
