/** The longest time, in milliseconds: beyond it the timers of Node and browsers run at once. */
export const maxTime = 2 ** 31 - 1;

/** May something be limited to so many milliseconds? `Infinity` is no limit. */
export function isTimeLimit(ms: unknown, least = 1): ms is number {
  return ms === Infinity || (typeof ms === "number" && ms >= least && ms <= maxTime);
}

/** What {@link isTimeLimit} takes, in words. */
export function timeLimitText(least = 1): string {
  return `milliseconds from ${least} to ${maxTime}, or Infinity`;
}
