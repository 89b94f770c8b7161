import type { Clock } from "../../domain/clock.ts";
import type { LossReason } from "../../domain/connection.ts";
import type { Random } from "../../domain/random.ts";
import { retryDelay } from "../../domain/retry-delay.ts";

/** Why a request failed. */
export interface Failure {
  readonly kind: "failed";
  readonly reason: LossReason;
  /** The milliseconds that the server asked the client to wait before it retries; 0 when it did not ask. */
  readonly retryAfter: number;
}

/** A timer of {@link Retries}. */
export interface RetryTimer {
  id: unknown;
  readonly run: () => void;
  readonly retryOnWakeUp: boolean;
}

/** Counts failures in a row, and keeps the timers of what is retried. A wake-up cuts some of them short. */
export class Retries {
  /** Failures in a row. */
  failures = 0;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #timers = new Set<RetryTimer>();

  constructor({ clock, random }: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Counts a failure and returns how many milliseconds to wait before the next attempt. */
  delayAfter(retryAfter: number): number {
    return retryDelay(this.#random, ++this.failures, retryAfter);
  }

  schedule(run: () => void, delayMs: number, retryOnWakeUp: boolean): RetryTimer {
    const runOnce = () => {
      this.#timers.delete(timer);
      run();
    };
    const timer = { id: this.#clock.setTimeout(runOnce, delayMs), run: runOnce, retryOnWakeUp };
    this.#timers.add(timer);
    return timer;
  }

  cancel(timer: RetryTimer): void {
    this.#timers.delete(timer);
    this.#clock.clearTimeout(timer.id);
  }

  cancelAll(): void {
    for (const timer of this.#timers) this.cancel(timer);
  }

  /** Cuts short the waits that may be, and then backs off from the beginning again. */
  retryNow(): void {
    for (const timer of this.#timers) {
      if (!timer.retryOnWakeUp) continue;
      this.failures = 0;
      this.#clock.clearTimeout(timer.id);
      timer.id = this.#clock.setTimeout(timer.run, 0);
    }
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
