import { InvalidArgumentError, Option } from "commander";

/*
 * Parsers for commander, which reports an InvalidArgumentError as a usage error.
 */

/** Returns an option with a default, which the help shows as it is written on the command line. */
export function withDefault(
  flags: string,
  description: string,
  parse: (text: string) => unknown,
  value: string,
): Option {
  return new Option(flags, description).argParser(parse).default(parse(value), value);
}

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const maxDuration = 24 * 3_600_000;

function parseDuration(text: string, min: number): number {
  const [, amount, unit = ""] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text) ?? [];
  if (amount === undefined) throw new InvalidArgumentError("Expected a duration such as 20s, 500ms or 2m.");
  const duration = Math.round(Number(amount) * milliseconds[unit]!);
  if (duration < min) throw new InvalidArgumentError("Expected a duration above zero.");
  if (duration > maxDuration) throw new InvalidArgumentError("Expected at most 24h.");
  return duration;
}

/** Parses a duration such as `20s`, `500ms`, `1.5m` or `2h` into whole milliseconds; at most 24 hours. */
export const durationArgument = (text: string): number => parseDuration(text, 1);

/** Parses a duration that may be zero. */
export const durationOrZeroArgument = (text: string): number => parseDuration(text, 0);

/** Returns a parser of whole numbers from `min` to `max`. */
export function wholeNumberArgument(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}

/** Parses the seed of random choices. */
export const seedArgument = wholeNumberArgument(0, 4_294_967_295);

/** Parses a number of customers per minute. */
export function rateArgument(text: string): number {
  const rate = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (rate >= 0 && rate <= 6000) return rate;
  throw new InvalidArgumentError("Expected a number from 0 to 6000.");
}

/** Returns a parser of names of channels, separated by commas. @param example - for the error */
export function namesArgument(example: string): (text: string) => string[] {
  return (text) => {
    const names = [...new Set(text.split(",").map((name) => name.trim()))];
    if (names.every((name) => /^[\w-]{1,64}$/.test(name))) return names;
    throw new InvalidArgumentError(`Expected names of channels, separated by commas, such as ${example}.`);
  };
}
