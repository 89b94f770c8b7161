import type { CustomerLine } from "./customer-lines.ts";
import { matching, type Matcher } from "./matcher.ts";
import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";

/** What to say to a line; nothing when there is no text. */
export type AnswerText = string | ((line: CustomerLine) => string | undefined | Promise<string | undefined>);

/** What to answer: the first rule whose matcher fits, or a function. */
export type AnswerRules =
  | readonly (readonly [Matcher, AnswerText])[]
  | ((line: CustomerLine) => string | undefined | Promise<string | undefined>);

/** AnswerRules as a function. @throws BotError `invalid-argument` */
export function answering(answers: unknown): (line: CustomerLine) => Promise<string | undefined> {
  if (typeof answers === "function") {
    return async (line) => (answers as (line: CustomerLine) => string | undefined)(line);
  }
  if (!Array.isArray(answers)) throw wrong(answers);
  const rules = answers.map((rule: unknown) => {
    if (!Array.isArray(rule) || rule.length !== 2 || !isAnswer(rule[1])) throw wrong(rule);
    return { matches: matching("answer", rule[0]), answer: rule[1] };
  });
  return async (line) => {
    const answer = rules.find(({ matches }) => matches(line))?.answer;
    return typeof answer === "function" ? answer(line) : answer;
  };
}

function isAnswer(value: unknown): value is AnswerText {
  return typeof value === "string" || typeof value === "function";
}

function wrong(got: unknown): BotError {
  const expected = 'a function, or a list of rules such as [/refund/, "It is on its way."]';
  return new BotError("invalid-argument", errorText.wrongArgument("answer", expected, describeValue(got)));
}
