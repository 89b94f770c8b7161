import type { Random } from "../index.ts";
import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import { maxTime } from "./time-limit.ts";

/** How long somebody takes, in milliseconds: draws one time from a distribution. Any function of this shape will do. */
export type ThinkTime = (random: Random) => number;

/** Always the same time, in milliseconds. @throws BotError `invalid-argument` */
export function constant(ms: number): ThinkTime {
  checkTime("constant", "ms", ms, 0);
  return () => ms;
}

/** Any time between two, all alike. In milliseconds. @throws BotError `invalid-argument` */
export function uniform(from: number, to: number): ThinkTime {
  checkTime("uniform", "from", from, 0);
  checkTime("uniform", "to", to, from);
  return (random) => from + random() * (to - from);
}

/** Times as between events that know nothing of each other, with this mean in milliseconds. @throws BotError `invalid-argument` */
export function exponential(mean: number): ThinkTime {
  checkTime("exponential", "mean", mean, 0);
  return (random) => -Math.log(1 - random()) * mean;
}

/**
 * The bell curve around a mean, cut off at both ends. In milliseconds.
 *
 * @param bounds `least`, default 0, and `most`, default none; the mean must lie between them.
 * @throws BotError `invalid-argument`
 */
export function normal(
  mean: number,
  deviation: number,
  bounds: { readonly least?: number; readonly most?: number } = {},
): ThinkTime {
  const { least = 0, most = maxTime } = bounds;
  checkTime("normal", "least", least, 0);
  checkTime("normal", "most", most, least);
  checkTime("normal", "mean", mean, least, most);
  checkTime("normal", "deviation", deviation, 0);
  return (random) => {
    // What is cut off is drawTime again, or it would pile up at the ends; bounds that leave almost nothing are met at last.
    for (let attempt = 0; attempt < 32; attempt++) {
      const time = mean + deviation * bell(random);
      if (time >= least && time <= most) return time;
    }
    return mean;
  };
}

/**
 * Mostly short and now and then long, as times of people are: half of them below the median, in milliseconds.
 *
 * @param spread the standard deviation of the logarithm; 0.5 gives one in twenty above 2.3 times the median.
 * @throws BotError `invalid-argument`
 */
export function lognormal(median: number, spread: number): ThinkTime {
  checkTime("lognormal", "median", median, 0);
  if (!(spread >= 0 && spread <= 5)) throw wrong("lognormal", 'a "spread" from 0 to 5', spread);
  return (random) => median * Math.exp(spread * bell(random));
}

/** Draws a time. @throws BotError `invalid-argument` when it is none. */
export function drawTime(call: string, time: number | ThinkTime, random: Random): number {
  const ms: unknown = typeof time === "function" ? time(random) : time;
  if (typeof ms !== "number" || !(ms >= 0)) {
    throw wrong(call, "a time in milliseconds from 0, or a function that gives one", ms);
  }
  return Math.min(ms, maxTime);
}

/** The standard normal distribution (Box and Muller). */
function bell(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function checkTime(call: string, name: string, value: unknown, least: number, most = maxTime): void {
  if (typeof value === "number" && value >= least && value <= most) return;
  throw wrong(call, `"${name}" in milliseconds from ${least} to ${most}`, value);
}

function wrong(call: string, expected: string, got: unknown): BotError {
  return new BotError("invalid-argument", errorText.wrongArgument(call, expected, describeValue(got)));
}
