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
    const { at, bot } = event;
    switch (event.type) {
      case "connected":
        this.#setLive(bot, at);
        return this.durations.connect.add(event.duration);
      case "reconnected":
        this.#setLive(bot, at);
        this.durations.reconnect.add(event.duration);
        return this.#count("reconnects", at);
      case "lost":
        this.#setNotLive(bot, at);
        return this.#count("losses", at);
      case "offered":
        return this.#count("offers", at);
      case "accepted":
        this.#time("offer_accept", at, event.duration);
        return this.#count("accepted", at);
      case "ended":
        if (event.outcome === "Rejected") this.#count("rejected", at);
        if (event.from === "Invited" && event.outcome === "Revoked") this.#count("revoked", at);
        return;
      case "settled":
        this.#count("operations", at);
        if (event.outcome !== "Done") this.#count("not_done", at);
        else if (event.operation === "Accept") this.durations.accept.add(event.duration);
        return;
      case "echoed":
        return this.#time("send_echo", at, event.duration);
      case "work-ended":
        return this.#count("handled", at);
      case "left-open":
        this.leftOpen.set(bot, (this.leftOpen.get(bot) ?? new Set()).add(event.id));
        return this.#count("left_open", at);
      case "anomaly":
        increase(this.anomalies, event.code);
        return this.#count("anomalies", at);
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
    const count = (group?.count ?? 0) + 1;
    this.#failures.set(key, {
      part,
      code,
      ...(step === undefined ? {} : { step }),
      message: group?.message ?? message,
      count,
    });
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

  #setLive(bot: string, at: number): void {
    this.#live.add(bot);
    this.counts.live_most = Math.max(this.counts.live_most, this.live);
    this.series.setLive(at, this.live);
  }

  #setNotLive(bot: string, at: number): void {
    if (this.#live.delete(bot)) this.series.setLive(at, this.live);
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
