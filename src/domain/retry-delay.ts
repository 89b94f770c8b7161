import type { Random } from "./random.ts";

const first = 500;
const longest = 30_000;
const maxRetryAfter = 300_000;

/**
 * How long to wait before trying again: full jitter, so that a thousand desks whose server restarts do not come back
 * in step. Milliseconds.
 *
 * @param failures - failures in a row, from 1.
 * @param retryAfter - what the server asked for, in milliseconds; it is obeyed up to five minutes.
 */
export function retryDelay(random: Random, failures: number, retryAfter = 0): number {
  const ceiling = Math.min(longest, first * 2 ** Math.min(failures - 1, 10));
  return Math.min(retryAfter, maxRetryAfter) + random() * ceiling;
}
