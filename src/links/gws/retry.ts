import type { Clock } from "../../domain/clock.ts";
import type { LossReason } from "../../domain/connection.ts";

/** Why a request failed. */
export interface Failure {
  readonly kind: "failed";
  readonly reason: LossReason;
  /** The milliseconds that the server asked the client to wait before it retries; 0 when it did not ask. */
  readonly retryAfter: number;
}

/** A timer of {@link Timers}. */
export interface Timer {
  id: unknown;
  readonly run: () => void;
  readonly retryOnWakeUp: boolean;
}

/** Timers that are cancelled together. A wake-up cuts some of them short. */
export class Timers {
  readonly #clock: Clock;
  readonly #timers = new Set<Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  schedule(run: () => void, delayMs: number, retryOnWakeUp = false): Timer {
    const runOnce = () => {
      this.#timers.delete(timer);
      run();
    };
    const timer = { id: this.#clock.setTimeout(runOnce, delayMs), run: runOnce, retryOnWakeUp };
    this.#timers.add(timer);
    return timer;
  }

  cancel(timer: Timer): void {
    this.#timers.delete(timer);
    this.#clock.clearTimeout(timer.id);
  }

  cancelAll(): void {
    for (const timer of this.#timers) this.cancel(timer);
  }

  /** Cuts short the waits that may be. Returns whether there were any; then the back-off starts from the beginning. */
  hasten(): boolean {
    const waits = [...this.#timers].filter(({ retryOnWakeUp }) => retryOnWakeUp);
    for (const timer of waits) {
      this.#clock.clearTimeout(timer.id);
      timer.id = this.#clock.setTimeout(timer.run, 0);
    }
    return waits.length > 0;
  }
}

/** Whether the network failed. Then a network that is back is reason to retry immediately. */
export function isOfNetwork(reason: LossReason): boolean {
  return reason === "network" || reason === "timeout";
}

/**
 * Reads a Retry-After header: seconds, or a date. Returns milliseconds, and 0 when the header is missing or malformed.
 */
export function readRetryAfter(value: string | null, now: number): number {
  if (value === null) return 0;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
