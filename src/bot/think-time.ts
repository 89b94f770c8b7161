import type { Random } from "../index.ts";
import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";

/** Draws a time in milliseconds from a distribution. Any function of this shape will do. */
export type ThinkTime = (random: Random) => number;

/** The longest time in milliseconds; with a longer one the timers of Node and browsers run immediately. */
export const maxTime = 2 ** 31 - 1;

/** Whether something can be limited to so many milliseconds; `Infinity` is no limit. */
export function isTimeLimit(ms: unknown, min = 1): ms is number {
  return ms === Infinity || isTime(ms, min);
}

/** Returns what {@link isTimeLimit} accepts, in words. */
export function timeLimitText(min = 1): string {
  return `milliseconds from ${min} to ${maxTime}, or Infinity`;
}

/** Whether something is a time in milliseconds that a timer can wait for. */
export function isTime(ms: unknown, min = 0, max = maxTime): ms is number {
  return typeof ms === "number" && ms >= min && ms <= max;
}

/** Returns the same time always. @param ms - milliseconds from 0 @throws BotError `invalid-argument` */
export function constant(ms: number): ThinkTime {
  checkTime("constant", "ms", ms);
  return () => ms;
}

/** Returns any time between two with the same likelihood, in milliseconds. @throws BotError `invalid-argument` */
export function uniform(from: number, to: number): ThinkTime {
  checkTime("uniform", "from", from);
  checkTime("uniform", "to", to, from);
  return (random) => from + random() * (to - from);
}

/** Returns times as between independent events, with this mean in milliseconds. @throws BotError `invalid-argument` */
export function exponential(mean: number): ThinkTime {
  checkTime("exponential", "mean", mean);
  return (random) => -Math.log(1 - random()) * mean;
}

/**
 * Returns normally distributed times, cut off at both ends, in milliseconds.
 *
 * @param bounds - `min`, default 0, and `max`, default none; the mean must lie between them
 * @throws BotError `invalid-argument`
 */
export function normal(
  mean: number,
  deviation: number,
  bounds: { readonly min?: number; readonly max?: number } = {},
): ThinkTime {
  const { min = 0, max = maxTime } = bounds;
  checkTime("normal", "min", min);
  checkTime("normal", "max", max, min);
  checkTime("normal", "mean", mean, min, max);
  checkTime("normal", "deviation", deviation);
  return (random) => {
    // A time that is cut off is drawn again, otherwise such times would pile up at the ends. Bounds that leave almost
    // nothing give the mean in the end.
    for (let attempt = 0; attempt < 32; attempt++) {
      const time = mean + deviation * standardNormal(random);
      if (time >= min && time <= max) return time;
    }
    return mean;
  };
}

/**
 * Returns mostly short and sometimes long times, as those of people are.
 *
 * @param median - half of the times are below it, in milliseconds
 * @param spread - the standard deviation of the logarithm, from 0 to 5; 0.5 gives one in twenty above 2.3 times the median
 * @throws BotError `invalid-argument`
 */
export function lognormal(median: number, spread: number): ThinkTime {
  checkTime("lognormal", "median", median);
  if (!(spread >= 0 && spread <= 5)) throw invalid("lognormal", 'a "spread" from 0 to 5', spread);
  return (random) => median * Math.exp(spread * standardNormal(random));
}

/** Returns a time in milliseconds. @throws BotError `invalid-argument` */
export function drawTime(call: string, time: number | ThinkTime, random: Random): number {
  const ms: unknown = typeof time === "function" ? time(random) : time;
  if (typeof ms !== "number" || !(ms >= 0)) {
    throw invalid(call, "a time in milliseconds from 0, or a function that gives one", ms);
  }
  return Math.min(ms, maxTime);
}

/** Box and Muller. */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function checkTime(call: string, name: string, value: unknown, min = 0, max = maxTime): void {
  if (!isTime(value, min, max)) throw invalid(call, `"${name}" in milliseconds from ${min} to ${max}`, value);
}

function invalid(call: string, expected: string, got: unknown): BotError {
  return new BotError("invalid-argument", errorText.invalidBotArgument(call, expected, describeValue(got)));
}
