import type { Agent } from "./agent.ts";
import { BotError, describeValue } from "./bot-error.ts";
import type { Chat } from "./chat.ts";
import type { Email } from "./email.ts";
import * as errorText from "./error-text.ts";
import type { HandBack } from "./hand-back.ts";
import { decisions, type Decision, type Offer } from "./offer.ts";
import type { ThinkTime } from "./think-time.ts";
import { isTimeLimit, maxTime, timeLimitText } from "./time-limit.ts";

/** What a bot does. Every function may be async; what it throws is reported, and ends that piece of work alone. */
export interface Script {
  /** The channels that it works on; default those that it has a function for. */
  readonly channels?: readonly string[];
  /** What customers see as the agent's name; default the name of the bot. */
  readonly nickname?: string;
  /** What to do with an offer: always the same, or a rule; default Accept. A rule that fails ignores the offer. */
  // Async only: of a function that may be either, TypeScript widens the words that it returns to string.
  readonly offered?: Decision | ((offer: Offer, agent: Agent) => Promise<Decision>);
  /** Works on an accepted chat. What it leaves unfinished by returning stays with the agent. */
  readonly chat?: (chat: Chat, agent: Agent) => void | Promise<void>;
  /** Works on an accepted email. What it leaves unfinished by returning stays with the agent. */
  readonly email?: (email: Email, agent: Agent) => void | Promise<void>;
  /** The agent's day, once the desk is Live; the bot stops after it. Default: Ready until it is stopped. */
  readonly shift?: (agent: Agent) => void | Promise<void>;
  /** When to stop: after a time, after so many interactions, or when a function says so, asked after each happening. */
  readonly until?: Until | ((agent: Agent) => boolean);
  /** The deadline of each wait in milliseconds, at most 2,147,483,647; `Infinity` is none; default 30,000. */
  readonly deadline?: number;
  /** How long the agent types, in milliseconds per character; default 50. */
  readonly typing?: number | ThinkTime;
  /** How long the agent reads an email, in milliseconds per character; default 10. */
  readonly reading?: number | ThinkTime;
  /** Where interactions go that the bot cannot finish; default the queue that they came from. */
  readonly handBack?: HandBack;
}

/** When a bot stops, whichever comes first. */
export interface Until {
  /** Milliseconds since its start, at most 2,147,483,647; `Infinity` is never. */
  readonly elapsed?: number;
  /** Interactions that the script is through with. */
  readonly handled?: number;
}

interface Rule {
  readonly expected: string;
  readonly isRight: (value: unknown) => boolean;
}

const aFunction: Rule = { expected: "a function", isRight: (value) => typeof value === "function" };
const time: Rule = {
  expected: `milliseconds from 0 to ${maxTime}, or a function such as uniform(20, 80)`,
  isRight: (value) =>
    typeof value === "function" || (typeof value === "number" && value >= 0 && value <= maxTime),
};
const rules: Readonly<Record<keyof Script, Rule>> = {
  channels: {
    expected: "a list of at least one channel name",
    isRight: (value) => Array.isArray(value) && value.length > 0 && value.every(isName),
  },
  nickname: { expected: "a text", isRight: isName },
  offered: {
    expected: `"Accept", "Reject", "Ignore" or a function`,
    isRight: (value) => typeof value === "function" || decisions.includes(value),
  },
  chat: aFunction,
  email: aFunction,
  shift: aFunction,
  until: {
    expected: `a function, or an object with elapsed, ${timeLimitText()}, or handled, a number above 0`,
    isRight: (value) =>
      typeof value === "function" ||
      isObjectOf(value, { elapsed: (elapsed) => isTimeLimit(elapsed), handled: isAboveZero }),
  },
  deadline: { expected: timeLimitText(), isRight: (value) => isTimeLimit(value) },
  typing: time,
  reading: time,
  handBack: {
    expected: `"LeaveOpen", or an object with one of workbinId, queueName and targetUri`,
    isRight: (value) =>
      value === "LeaveOpen" ||
      (isObjectOf(value, { workbinId: isName, queueName: isName, targetUri: isName }) &&
        Object.keys(value as object).length === 1),
  },
};

const checked = new WeakSet<object>();

/**
 * Checks a script and freezes it. Types emit most mistakes before; this tells them also of a script that was loaded.
 *
 * @throws BotError `invalid-script`, naming what is wrong and what is allowed
 */
export function defineBot(script: Script): Script {
  const given: unknown = script;
  // A thousand bots share what was checked once.
  if (checked.has(script)) return script;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new BotError("invalid-script", errorText.notAScript(describeValue(given)));
  }
  const known = Object.keys(rules);
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(rules, key)) {
      throw new BotError("invalid-script", errorText.unknownKey("A script", key, known));
    }
    const { isRight, expected } = rules[key as keyof Script];
    if (value !== undefined && !isRight(value)) {
      throw new BotError("invalid-script", errorText.wrongKey("a script", key, expected, described(value)));
    }
  }
  if (channelsOf(script).length === 0) throw new BotError("invalid-script", errorText.noWork());
  const own = Object.freeze({ ...script });
  checked.add(own);
  return own;
}

/** The channels that a script works on. */
export function channelsOf({ channels, chat, email }: Script): readonly string[] {
  return channels ?? [...(email === undefined ? [] : ["email"]), ...(chat === undefined ? [] : ["chat"])];
}

/** A script is not customer data, so what it says may be quoted. */
function described(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return describeValue(value);
  return JSON.stringify(value) ?? describeValue(value);
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isAboveZero(value: unknown): boolean {
  return typeof value === "number" && value > 0;
}

function isObjectOf(value: unknown, checks: Readonly<Record<string, Rule["isRight"]>>): boolean {
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([key, one]) => Object.hasOwn(checks, key) && checks[key]!(one));
}
