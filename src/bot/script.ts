import type { Agent } from "./agent.ts";
import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import type { HandBack } from "./hand-back.ts";
import type { InteractionApi } from "./interaction-api.ts";
import { standardBotKinds, type StandardApis } from "./kinds/index.ts";
import { isDecision, type Decision, type Offer } from "./offer.ts";
import type { AnyInteraction, BotKind } from "./script-context.ts";
import { isTime, isTimeLimit, maxTime, timeLimitText, type ThinkTime } from "./think-time.ts";

/**
 * The work of a bot: settings, and a handler for each kind of interaction that it works on, under the name of the kind. Each
 * function may be async. What it throws is reported, and ends that piece of work only.
 *
 * @typeParam Kinds - by name of the kind: the type of its interactions, whose handler is given an {@link InteractionApi}, or
 *   the api that a {@link BotKind} creates
 */
export type Script<Kinds extends object = StandardApis> = ScriptSettings & {
  readonly [Name in keyof Kinds]?: (work: WorkOn<Kinds[Name]>, agent: Agent) => void | Promise<void>;
};

/** The api that the handler of a kind is given. */
export type WorkOn<Kind> = Kind extends AnyInteraction ? InteractionApi<Kind> : Kind;

/** The settings of a script besides its handlers. */
export interface ScriptSettings {
  /** The kinds that it has handlers for besides the standard ones: kinds of the desk, or {@link BotKind} values. */
  readonly kinds?: readonly BotKind[];
  /** The channels that it works on; default those of the kinds that it has a handler for. */
  readonly channels?: readonly string[];
  /** The name of the agent that customers see; default the name of the bot. */
  readonly nickname?: string;
  /** A decision for all offers, or a rule; default Accept. An offer whose rule fails is ignored. */
  // Async only: of a function that may be either, TypeScript widens the words that it returns to string.
  readonly offered?: Decision | ((offer: Offer, agent: Agent) => Promise<Decision>);
  /** The agent's day, once the desk is Live; the bot stops after it. Default: Ready until the bot is stopped. */
  readonly shift?: (agent: Agent) => void | Promise<void>;
  /** When to stop: after a time, after a number of interactions, or when a function returns true, which is called after each event. */
  readonly until?: Until | ((agent: Agent) => boolean);
  /** The deadline of each wait in milliseconds, from 1 to 2,147,483,647; `Infinity` is none; default 30,000. */
  readonly deadline?: number;
  /** The time that the agent types, in milliseconds per character; default 50. */
  readonly typing?: number | ThinkTime;
  /** The time that the agent reads, in milliseconds per character; default 10. */
  readonly reading?: number | ThinkTime;
  /** Where interactions go that the bot cannot finish; default the queue that they came from. */
  readonly handBack?: HandBack;
}

/** When a bot stops, whichever comes first. */
export interface Until {
  /** Milliseconds since its start, from 1 to 2,147,483,647; `Infinity` is never. */
  readonly elapsed?: number;
  /** Interactions that the script is through with; above 0. */
  readonly handled?: number;
}

/** A handler, when its kind is not known to the compiler. */
export type WorkHandler = (work: unknown, agent: Agent) => unknown;

interface Rule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const functionRule: Rule = { expected: "a function", accepts: (value) => typeof value === "function" };
const timeRule: Rule = {
  expected: `milliseconds from 0 to ${maxTime}, or a function such as uniform(20, 80)`,
  accepts: (value) => typeof value === "function" || isTime(value),
};
const rules: Readonly<Record<keyof ScriptSettings, Rule>> = {
  kinds: {
    expected: "a list of kinds, each with a name of its own and channels",
    accepts: (value) => Array.isArray(value) && value.every(isKind),
  },
  channels: { expected: "a list of at least one channel name", accepts: isListOfNames },
  nickname: { expected: "a text", accepts: isName },
  offered: {
    expected: `"Accept", "Reject", "Ignore" or a function`,
    accepts: (value) => typeof value === "function" || isDecision(value),
  },
  shift: functionRule,
  until: {
    expected: `a function, or an object with elapsed, ${timeLimitText()}, or handled, a number above 0`,
    accepts: (value) =>
      typeof value === "function" ||
      isObjectOf(value, { elapsed: (elapsed) => isTimeLimit(elapsed), handled: isAboveZero }),
  },
  deadline: { expected: timeLimitText(), accepts: (value) => isTimeLimit(value) },
  typing: timeRule,
  reading: timeRule,
  handBack: {
    expected: `"LeaveOpen", or an object with one of workbinId, queueName and targetUri`,
    accepts: (value) =>
      value === "LeaveOpen" ||
      (isObjectOf(value, { workbinId: isName, queueName: isName, targetUri: isName }) &&
        Object.keys(value as object).length === 1),
  },
};

// Not enumerable, so that a copy with changes is checked again.
const isChecked = Symbol("isChecked");

/**
 * Checks a script and returns a frozen copy; a script that was checked before is returned as it is.
 *
 * @throws BotError `invalid-script`, naming what is invalid and what is allowed
 */
export function defineBot(script: Script): Script;
export function defineBot<Kinds extends object>(script: Script<NoInfer<Kinds>>): Script<Kinds>;
export function defineBot(script: ScriptSettings): ScriptSettings {
  const given: unknown = script;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new BotError("invalid-script", errorText.notAScript(describeValue(given)));
  }
  // A thousand bots share a script that was checked once.
  if (isChecked in given) return script;
  checkSettings(script);
  const kinds = kindsOf(script).map(({ name }) => name);
  for (const [key, value] of Object.entries(given)) {
    if (Object.hasOwn(rules, key)) continue;
    if (!kinds.includes(key)) {
      const known = [...Object.keys(rules), ...kinds];
      throw new BotError("invalid-script", errorText.unknownKey("A script", key, known));
    }
    if (value !== undefined) check(key, value, functionRule);
  }
  if (channelsOf(script).length === 0) throw new BotError("invalid-script", errorText.noWork(kinds));
  return Object.freeze(Object.defineProperty({ ...script }, isChecked, { value: true }));
}

/** Returns the kinds that a script may have handlers for; its own come first and may replace others. */
export function kindsOf({ kinds = [] }: ScriptSettings): readonly BotKind[] {
  if (kinds.length === 0) return standardBotKinds;
  return [...kinds, ...standardBotKinds.filter(({ name }) => !kinds.some((own) => own.name === name))];
}

/** Returns the channels that a script works on. */
export function channelsOf(script: ScriptSettings): readonly string[] {
  const handled = kindsOf(script).filter((kind) => handlerOf(script, kind) !== undefined);
  return script.channels ?? [...new Set(handled.flatMap(({ channels }) => channels))];
}

/** Returns the handler that a script has for a kind. */
export function handlerOf(script: ScriptSettings, { name }: BotKind): WorkHandler | undefined {
  return Reflect.get(script, name) as WorkHandler | undefined;
}

function checkSettings(script: ScriptSettings): void {
  for (const [key, rule] of Object.entries(rules)) {
    const value: unknown = script[key as keyof ScriptSettings];
    if (value !== undefined) check(key, value, rule);
  }
}

function check(key: string, value: unknown, { accepts, expected }: Rule): void {
  if (accepts(value)) return;
  throw new BotError("invalid-script", errorText.invalidKey("a script", key, expected, quote(value)));
}

/** A script is not customer data, so its values may be quoted. */
function quote(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return describeValue(value);
  return JSON.stringify(value) ?? describeValue(value);
}

function isKind(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("name" in value && "channels" in value)) return false;
  return isName(value.name) && !Object.hasOwn(rules, String(value.name)) && isListOfNames(value.channels);
}

function isListOfNames(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isName);
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isAboveZero(value: unknown): boolean {
  return typeof value === "number" && value > 0;
}

function isObjectOf(value: unknown, checks: Readonly<Record<string, Rule["accepts"]>>): boolean {
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([key, one]) => Object.hasOwn(checks, key) && checks[key]!(one));
}
