import type { Desk } from "deskstate";
import type { InspectionEvent, StateValue } from "xstate";
import { Watchable } from "../watchable.ts";

/** One fact that a statechart received. */
export interface FactSeen {
  readonly key: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly fact: string;
  /** The operation that it is about, where it names one. */
  readonly operation: string | undefined;
  readonly from: StateValue;
  readonly to: StateValue;
}

const maxKept = 50;
const maxActors = 300;
const none: readonly FactSeen[] = [];

/** The last facts of every chart, newest last, by the session id of its actor. */
export class FactLog extends Watchable<ReadonlyMap<string, readonly FactSeen[]>> {
  readonly #desk: Pick<Desk, "inspect">;
  readonly #now: () => number;
  readonly #facts = new Map<string, readonly FactSeen[]>();
  readonly #values = new Map<string, StateValue>();
  #lastKey = 0;

  constructor(desk: Pick<Desk, "inspect">, now: () => number = Date.now) {
    super(new Map());
    this.#desk = desk;
    this.#now = now;
  }

  /** Begins to look on. @returns ends it */
  follow(): () => void {
    return this.#desk.inspect((event) => this.#note(event));
  }

  of(sessionId: string | undefined): readonly FactSeen[] {
    return (sessionId === undefined ? undefined : this.#facts.get(sessionId)) ?? none;
  }

  #note(inspected: InspectionEvent): void {
    if (inspected.type !== "@xstate.snapshot") return;
    const { event, snapshot, actorRef } = inspected;
    const to = valueOf(snapshot);
    if (to === undefined) return;
    const { sessionId } = actorRef;
    const from = this.#values.get(sessionId);
    this.#values.set(sessionId, to);
    // The first that is told of a chart is where it stands, not a fact.
    if (from === undefined || event.type.startsWith("xstate.")) return;
    const operation =
      "operation" in event && typeof event["operation"] === "string" ? event["operation"] : undefined;
    const seen = { key: ++this.#lastKey, time: this.#now(), fact: event.type, operation, from, to };
    this.#keep(sessionId, seen);
  }

  #keep(sessionId: string, seen: FactSeen): void {
    this.#facts.set(sessionId, [...this.of(sessionId), seen].slice(-maxKept));
    for (const oldest of this.#facts.keys()) {
      if (this.#facts.size <= maxActors) break;
      this.#facts.delete(oldest);
      this.#values.delete(oldest);
    }
    this.setLazily(() => new Map(this.#facts));
  }
}

function valueOf(snapshot: object): StateValue | undefined {
  return "value" in snapshot ? (snapshot.value as StateValue) : undefined;
}

/** Did the fact lead to another state? */
export function ledAway({ from, to }: FactSeen): boolean {
  return JSON.stringify(from) !== JSON.stringify(to);
}
