import type { InteractionState } from "../index.ts";
import type { BotEventDetails, BotEnding, BotFailure } from "./bot-event.ts";

/** How much happened to a bot so far. */
export interface BotTally {
  /** Offers that were seen, those that were made again included. */
  readonly offered: number;
  /** Offers that became Accepted. */
  readonly accepted: number;
  /** Offers that the server took away. */
  readonly revoked: number;
  readonly rejected: number;
  /** Interactions that the script is through with, in whatever way. */
  readonly handled: number;
  /** Operations that settled. */
  readonly operations: number;
  /** Operations that settled in another way than `Done`. */
  readonly notDone: number;
  readonly anomalies: number;
  readonly reconnects: number;
  /** What went wrong, the latest 100 of it; `failed` is how much it was. */
  readonly failures: readonly BotFailure[];
  readonly failed: number;
}

/** What became of a bot. */
export interface BotSummary extends BotTally {
  readonly bot: string;
  readonly ending: BotEnding;
  /** When it was started and when it had stopped; milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** The interactions that it left as they were. */
  readonly leftOpen: readonly {
    readonly id: string;
    readonly channel: string;
    readonly state: InteractionState;
  }[];
}

const maxFailures = 100;

/** Counts what happens to a bot. */
export class Counter {
  readonly #count = {
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
  #failures: BotFailure[] = [];

  add(about: BotEventDetails): void {
    const count = this.#count;
    switch (about.type) {
      case "offered":
      case "accepted":
        count[about.type]++;
        return;
      case "ended":
        if (about.from === "Invited" && about.outcome === "Revoked") count.revoked++;
        if (about.outcome === "Rejected") count.rejected++;
        return;
      case "settled":
        count.operations++;
        if (about.outcome !== "Done") count.notDone++;
        return;
      case "work-ended":
        count.handled++;
        return;
      case "reconnected":
        count.reconnects++;
        return;
      case "anomaly":
        count.anomalies++;
        return;
      case "failed": {
        count.failed++;
        const { type: _, ...failure } = about;
        this.#failures = [...this.#failures, failure].slice(-maxFailures);
        return;
      }
      default:
    }
  }

  get handled(): number {
    return this.#count.handled;
  }

  read(): BotTally {
    return { ...this.#count, failures: this.#failures };
  }
}
