import type { LossReason } from "../../domain/connection.ts";

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
