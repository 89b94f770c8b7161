import { InvalidArgumentError } from "commander";

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const longest = 24 * 3_600_000;

/**
 * Reads a duration such as `20s`, `500ms`, `1.5m` or `2h`.
 *
 * @param least - the shortest that makes sense, in milliseconds.
 * @returns whole milliseconds, at most 24 hours.
 * @throws InvalidArgumentError, which commander reports as a mistake in the usage.
 */
function parseDuration(text: string, least = 1): number {
  const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new InvalidArgumentError("Expected a duration such as 20s, 500ms or 2m.");
  }
  const duration = Math.round(Number(amount) * (milliseconds[unit] ?? 1));
  if (duration < least) throw new InvalidArgumentError("Expected a duration above zero.");
  if (duration > longest) throw new InvalidArgumentError("Expected at most 24h.");
  return duration;
}

/** The commander way to say {@link parseDuration} of a positive duration. */
export const durationArgument = (text: string): number => parseDuration(text);

/** The same, where zero has a meaning of its own. */
export const durationOrZeroArgument = (text: string): number => parseDuration(text, 0);
