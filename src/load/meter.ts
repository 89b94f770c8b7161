import type { BotEnding, BotFailure, BotEvent } from "../bot/index.ts";
import { Histogram } from "./histogram.ts";
import { countNames, durationNames, forEach, type Count, type Duration } from "./measures.ts";
import { isFlow, Series, type Timing } from "./series.ts";

/** Failures of one kind: names and codes, but never an error itself, because its text may quote a customer. */
export interface FailureGroup {
  readonly part: BotFailure["part"] | "outside";
  readonly code: BotFailure["code"];
  readonly step?: string;
  /** Describes the first of them; safe to show. */
  readonly message: string;
  readonly count: number;
}

/** The kinds of failures that are kept apart; the rest is only counted. */
const maxGroups = 50;

/** The count that each event of a type raises. */
const countOf: Partial<Record<BotEvent["type"], Count>> = {
  reconnected: "reconnects",
  lost: "losses",
  offered: "offers",
  accepted: "accepted",
  settled: "operations",
  "work-ended": "handled",
  "left-open": "left_open",
  anomaly: "anomalies",
};

/** Measures the events of many bots. */
export class Meter {
  readonly counts: Record<Count, number> = forEach(countNames, () => 0);
  readonly durations: Record<Duration, Histogram> = forEach(durationNames, () => new Histogram());
  readonly series = new Series();
  readonly endings = new Map<string, number>();
  readonly anomalies = new Map<string, number>();
  /** The interactions that each bot left open. */
  readonly leftOpen = new Map<string, Set<string>>();
  readonly #live = new Set<string>();
  readonly #failures = new Map<string, FailureGroup>();

  /** The number of bots that are Live now. */
  get live(): number {
    return this.#live.size;
  }

  /** The kinds of failures, most frequent first. */
  get failures(): readonly FailureGroup[] {
    return [...this.#failures.values()].sort((one, other) => other.count - one.count);
  }

  readonly onEvent = (event: BotEvent): void => {
    const { at, bot, type } = event;
    const count = countOf[type];
    if (count !== undefined) this.#count(count, at);
    switch (type) {
      case "connected":
      case "reconnected":
        this.durations[type === "connected" ? "connect" : "reconnect"].add(event.duration);
        this.#live.add(bot);
        this.counts.live_max = Math.max(this.counts.live_max, this.live);
        return this.tick(at);
      case "lost":
        return this.#setNotLive(bot, at);
      case "accepted":
        return this.#time("offer_accept", at, event.duration);
      case "ended":
        if (event.outcome === "Rejected") this.#count("rejected", at);
        if (event.from === "Invited" && event.outcome === "Revoked") this.#count("revoked", at);
        return;
      case "settled":
        if (event.outcome !== "Done") this.#count("not_done", at);
        else if (event.operation === "Accept") this.durations.accept.add(event.duration);
        return;
      case "echoed":
        return this.#time("send_echo", at, event.duration);
      case "left-open":
        this.leftOpen.set(bot, (this.leftOpen.get(bot) ?? new Set()).add(event.id));
        return;
      case "anomaly":
        return increase(this.anomalies, event.code);
      case "failed":
        return this.countFailure(event, at);
      case "stopped":
        this.#setNotLive(bot, at);
        return this.#countEnding(event.summary.ending, at);
      default:
    }
  };

  /** Counts a failure that was contained. */
  countFailure({ part, code, step, message }: Omit<FailureGroup, "count">, at: number): void {
    this.#count("failures", at);
    const key = JSON.stringify([part, code, step]);
    const group = this.#failures.get(key);
    if (group === undefined && this.#failures.size >= maxGroups) return;
    const named = { part, code, ...(step === undefined ? {} : { step }) };
    const count = (group?.count ?? 0) + 1;
    this.#failures.set(key, { ...named, message: group?.message ?? message, count });
  }

  /** Counts a bot that could not be created, and therefore emits no events. */
  countNotStarted(reason: Pick<FailureGroup, "code" | "message">, at: number): void {
    this.countFailure({ part: "start", ...reason }, at);
    this.#countEnding("not-started", at);
  }

  /** Records the bots that are Live; called every second, so that the series covers quiet times. */
  tick(at: number): void {
    this.series.setLive(at, this.live);
  }

  #setNotLive(bot: string, at: number): void {
    if (this.#live.delete(bot)) this.tick(at);
  }

  #countEnding(ending: BotEnding, at: number): void {
    increase(this.endings, ending);
    if (ending === "not-started") this.#count("not_started", at);
  }

  #count(count: Count, at: number): void {
    this.counts[count]++;
    if (isFlow(count)) this.series.add(at, count);
  }

  #time(timing: Timing, at: number, duration: number): void {
    this.durations[timing].add(duration);
    this.series.time(at, timing, duration);
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
