import type { Clock } from "../index.ts";
import type { BotEvent, BotEventDetails, BotFailure, BotTally, Emit } from "./bot-event.ts";
import { failure } from "./run-script.ts";

/** What an emitter needs of its bot. */
export interface BotEmitterSetup {
  readonly name: string;
  readonly clock: Clock;
  readonly onEvent: ((event: BotEvent) => unknown) | undefined;
  /** Called after each event. */
  readonly emitted: () => void;
}

const maxFailures = 100;

/** Counts the events of a bot and passes them to its listener; nothing after `stopped`. */
export class BotEmitter {
  readonly #setup: BotEmitterSetup;
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

  constructor(setup: BotEmitterSetup) {
    this.#setup = setup;
  }

  readonly emit: Emit = (details) => {
    if (this.#hasStopped) return;
    this.#hasStopped = details.type === "stopped";
    const { name, clock, onEvent, emitted } = this.#setup;
    this.#count(details);
    try {
      const result = onEvent?.({ ...details, bot: name, at: clock.now() });
      if (result instanceof Promise) result.catch(this.#listenerFailed);
    } catch (error) {
      this.#listenerFailed(error);
    }
    emitted();
  };

  get handled(): number {
    return this.#counts.handled;
  }

  readonly tally = (): BotTally => ({ ...this.#counts, failures: this.#failures });

  // Counted, not emitted, because the listener is what failed.
  readonly #listenerFailed = (error: unknown): void => this.#addFailure(failure("onEvent", undefined, error));

  #addFailure(one: BotFailure): void {
    this.#counts.failed++;
    this.#failures = [...this.#failures, one].slice(-maxFailures);
  }

  #count(details: BotEventDetails): void {
    const counts = this.#counts;
    switch (details.type) {
      case "offered":
      case "accepted":
        counts[details.type]++;
        return;
      case "ended":
        if (details.from === "Invited" && details.outcome === "Revoked") counts.revoked++;
        if (details.outcome === "Rejected") counts.rejected++;
        return;
      case "settled":
        counts.operations++;
        if (details.outcome !== "Done") counts.notDone++;
        return;
      case "work-ended":
        counts.handled++;
        return;
      case "reconnected":
        counts.reconnects++;
        return;
      case "anomaly":
        counts.anomalies++;
        return;
      case "failed": {
        const { type: _, ...one } = details;
        return this.#addFailure(one);
      }
      default:
    }
  }
}
