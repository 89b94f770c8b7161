import type { Random } from "./random.ts";

const minDelay = 500;
const maxDelay = 30_000;
const maxRetryAfter = 300_000;

/**
 * Returns the delay before the next retry in milliseconds, with full jitter, so that a thousand desks do not reconnect in
 * step after a server restart.
 *
 * @param failures - failures in a row, from 1.
 * @param retryAfter - the delay that the server requests, in milliseconds; at most five minutes count.
 */
export function retryDelay(random: Random, failures: number, retryAfter = 0): number {
  const ceiling = Math.min(maxDelay, minDelay * 2 ** Math.min(failures - 1, 10));
  return Math.min(retryAfter, maxRetryAfter) + random() * ceiling;
}
