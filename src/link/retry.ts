import type { LossReason } from "../domain/connection.ts";
import type { Random } from "../domain/random.ts";

const first = 500;
const longest = 30_000;
const longestRetryAfter = 300_000;

/**
 * How long to wait before trying again: full jitter, so that a thousand desks whose server restarts do not come back
 * in step. Milliseconds.
 *
 * @param failures - failures in a row, from 1.
 * @param retryAfter - what the server asked for, in milliseconds; it is obeyed up to five minutes.
 */
export function retryDelay(random: Random, failures: number, retryAfter = 0): number {
  const ceiling = Math.min(longest, first * 2 ** Math.min(failures - 1, 10));
  return Math.min(retryAfter, longestRetryAfter) + random() * ceiling;
}

/** Did it fail for want of a network? Then a network that is back is reason to try again at once. */
export function isOfNetwork(why: LossReason): boolean {
  return why === "network" || why === "timeout";
}

/** Reads a Retry-After header: seconds, or a date. Milliseconds; 0 when there is none that makes sense. */
export function readRetryAfter(value: string | null, now: number): number {
  if (value === null) return 0;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
