import type { Desk } from "deskstate";
import type { InspectionEvent, StateValue } from "xstate";
import { ObservableValue } from "../observable-value.ts";

/** One fact that a statechart received. */
export interface FactSeen {
  readonly key: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly fact: string;
  /** The operation that the fact is about, where it names one. */
  readonly operation: string | undefined;
  readonly from: StateValue;
  readonly to: StateValue;
}

const maxFacts = 50;
const maxActors = 300;
const none: readonly FactSeen[] = [];

/** The last facts of every chart, newest last, by the session id of its actor. */
export class FactLog extends ObservableValue<ReadonlyMap<string, readonly FactSeen[]>> {
  readonly #desk: Pick<Desk, "inspect" | "journal">;
  readonly #facts = new Map<string, readonly FactSeen[]>();
  readonly #values = new Map<string, StateValue>();
  #lastKey = 0;

  constructor(desk: Pick<Desk, "inspect" | "journal">) {
    super(new Map());
    this.#desk = desk;
  }

  /** Starts to inspect the desk. @returns stops it */
  follow(): () => void {
    return this.#desk.inspect((event) => this.#receive(event));
  }

  of(sessionId: string | undefined): readonly FactSeen[] {
    return (sessionId === undefined ? undefined : this.#facts.get(sessionId)) ?? none;
  }

  #receive(inspected: InspectionEvent): void {
    if (inspected.type !== "@xstate.snapshot") return;
    const { event, snapshot, actorRef } = inspected;
    const to = valueOf(snapshot);
    if (to === undefined) return;
    const { sessionId } = actorRef;
    const from = this.#values.get(sessionId);
    this.#values.set(sessionId, to);
    // The first event of a chart announces its state and is not a fact.
    if (from === undefined || event.type.startsWith("xstate.")) return;
    const operation =
      "operation" in event && typeof event["operation"] === "string" ? event["operation"] : undefined;
    const time = this.#desk.journal.now();
    this.#append(sessionId, { key: ++this.#lastKey, time, fact: event.type, operation, from, to });
  }

  #append(sessionId: string, seen: FactSeen): void {
    this.#facts.set(sessionId, [...this.of(sessionId), seen].slice(-maxFacts));
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

/** Returns whether a fact led to another state. */
export function ledAway({ from, to }: FactSeen): boolean {
  return JSON.stringify(from) !== JSON.stringify(to);
}

/** Returns the tab of the chart whose state changed last, and the key of the fact. */
export function lastChanged(
  running: Readonly<Record<string, { readonly actor: { readonly sessionId: string } } | undefined>>,
  facts: ReadonlyMap<string, readonly FactSeen[]>,
): { readonly tab: string; readonly key: number } | undefined {
  let latest: { tab: string; key: number } | undefined;
  for (const [tab, chart] of Object.entries(running)) {
    const step = chart && facts.get(chart.actor.sessionId)?.findLast(ledAway);
    if (step !== undefined && step.key > (latest?.key ?? 0)) latest = { tab, key: step.key };
  }
  return latest;
}
