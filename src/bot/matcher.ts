import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import type { CustomerLine } from "./customer-lines.ts";

/** What to listen for: text that is part of the line, in capitals or not; a pattern; or a function. */
export type Matcher = string | RegExp | ((line: CustomerLine) => boolean);

/** A matcher as a function. @throws BotError `invalid-argument` */
export function matching(call: string, matcher: unknown): (line: CustomerLine) => boolean {
  if (matcher === undefined) return () => true;
  if (typeof matcher === "function")
    return (line) => Boolean((matcher as (line: CustomerLine) => unknown)(line));
  // Not test(), which remembers in a global pattern where it was.
  if (matcher instanceof RegExp) return ({ text }) => text.search(matcher) >= 0;
  if (typeof matcher === "string") {
    const wanted = matcher.toLowerCase();
    return ({ text }) => text.toLowerCase().includes(wanted);
  }
  const expected = "a text, a pattern or a function";
  throw new BotError("invalid-argument", errorText.wrongArgument(call, expected, describeValue(matcher)));
}

/** A matcher as an error shows it: what the script wrote. */
export function shown(matcher: Matcher | undefined): string {
  if (matcher === undefined) return "";
  if (typeof matcher === "function") return matcher.name === "" ? "a function" : matcher.name;
  return typeof matcher === "string" ? JSON.stringify(matcher) : String(matcher);
}
