import type { Clock } from "../index.ts";
import type { BotEvent, BotEventDetails, BotFailure, BotTally } from "./bot-event.ts";
import { botFailure } from "./script-call.ts";

const maxFailures = 100;

/** The count that each event of a type raises. */
const countOf: Partial<Record<BotEvent["type"], Exclude<keyof BotTally, "failures">>> = {
  offered: "offered",
  accepted: "accepted",
  settled: "operations",
  "work-ended": "handled",
  reconnected: "reconnects",
  anomaly: "anomalies",
};

/** Counts the events of a bot and passes them to its listener; nothing after `stopped`. */
export class BotEmitter {
  readonly #bot: string;
  readonly #clock: Clock;
  readonly #onEvent: ((event: BotEvent) => unknown) | undefined;
  readonly #counts = {
    offered: 0,
    accepted: 0,
    revoked: 0,
    rejected: 0,
    handled: 0,
    operations: 0,
    notDone: 0,
    anomalies: 0,
    reconnects: 0,
    failed: 0,
  };
  #failures: readonly BotFailure[] = [];
  #hasStopped = false;

  constructor(bot: string, clock: Clock, onEvent: ((event: BotEvent) => unknown) | undefined) {
    this.#bot = bot;
    this.#clock = clock;
    this.#onEvent = onEvent;
  }

  emit(details: BotEventDetails): void {
    if (this.#hasStopped) return;
    this.#hasStopped = details.type === "stopped";
    this.#count(details);
    try {
      const result = this.#onEvent?.({ ...details, bot: this.#bot, at: this.#clock.now() });
      if (result instanceof Promise) result.catch(this.#listenerFailed);
    } catch (error) {
      this.#listenerFailed(error);
    }
  }

  readonly tally = (): BotTally => ({ ...this.#counts, failures: this.#failures });

  // Counted, not emitted, because the listener is what failed.
  readonly #listenerFailed = (error: unknown): void =>
    this.#addFailure(botFailure("onEvent", undefined, error));

  #addFailure(failure: BotFailure): void {
    this.#counts.failed++;
    this.#failures = [...this.#failures, failure].slice(-maxFailures);
  }

  #count(details: BotEventDetails): void {
    const counts = this.#counts;
    const count = countOf[details.type];
    if (count !== undefined) counts[count]++;
    if (details.type === "settled" && details.outcome !== "Done") counts.notDone++;
    if (details.type === "ended") {
      if (details.from === "Invited" && details.outcome === "Revoked") counts.revoked++;
      if (details.outcome === "Rejected") counts.rejected++;
    }
    if (details.type !== "failed") return;
    const { type: _, ...failure } = details;
    this.#addFailure(failure);
  }
}
