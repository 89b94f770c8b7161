import { BotError, describeValue } from "../bot-error.ts";
import * as errorText from "../error-text.ts";
import type { CustomerLine } from "./customer-lines.ts";

/** Which line to wait for: a text that it contains, in upper or lower case; a pattern; or a function. */
export type LineMatcher = string | RegExp | ((line: CustomerLine) => boolean);

/** The answer to a line; without a text there is none. */
export type AnswerText = string | ((line: CustomerLine) => string | undefined | Promise<string | undefined>);

/** The answers to lines: of the first rule whose matcher fits, or of a function. */
export type AnswerRules =
  | readonly (readonly [LineMatcher, AnswerText])[]
  | ((line: CustomerLine) => string | undefined | Promise<string | undefined>);

/** Returns a matcher as a function. @throws BotError `invalid-argument` */
export function checkMatcher(call: string, matcher: unknown): (line: CustomerLine) => boolean {
  if (matcher === undefined) return () => true;
  if (typeof matcher === "function")
    return (line) => Boolean((matcher as (line: CustomerLine) => unknown)(line));
  // Not test(), which continues in a global pattern where it ended before.
  if (matcher instanceof RegExp) return ({ text }) => text.search(matcher) >= 0;
  if (typeof matcher !== "string") throw invalid(call, "a text, a pattern or a function", matcher);
  const wanted = matcher.toLowerCase();
  return ({ text }) => text.toLowerCase().includes(wanted);
}

/** Returns a matcher as the script wrote it, for the errors. */
export function matcherText(matcher: LineMatcher | undefined): string {
  if (matcher === undefined) return "";
  if (typeof matcher === "function") return matcher.name === "" ? "a function" : matcher.name;
  return typeof matcher === "string" ? JSON.stringify(matcher) : String(matcher);
}

/** Returns rules as a function. @throws BotError `invalid-argument` */
export function checkRules(rules: unknown): (line: CustomerLine) => Promise<string | undefined> {
  if (isAnswerFunction(rules)) return async (line) => rules(line);
  if (!Array.isArray(rules)) throw invalidRules(rules);
  const checked = rules.map((rule: unknown) => {
    if (!Array.isArray(rule) || rule.length !== 2) throw invalidRules(rule);
    const [matcher, answer] = rule as unknown[];
    if (typeof answer !== "string" && !isAnswerFunction(answer)) throw invalidRules(rule);
    return { matches: checkMatcher("answer", matcher), answer };
  });
  return async (line) => {
    const answer = checked.find(({ matches }) => matches(line))?.answer;
    return typeof answer === "function" ? answer(line) : answer;
  };
}

function isAnswerFunction(value: unknown): value is Extract<AnswerText, (...line: never) => unknown> {
  return typeof value === "function";
}

function invalidRules(got: unknown): BotError {
  return invalid("answer", 'a function, or a list of rules such as [/refund/, "It is on its way."]', got);
}

function invalid(call: string, expected: string, got: unknown): BotError {
  return new BotError("invalid-argument", errorText.invalidBotArgument(call, expected, describeValue(got)));
}
