import type { PartKind } from "./parsed-text.ts";

interface WordRule {
  readonly pattern: RegExp;
  readonly advice: string;
  readonly where: readonly PartKind[];
}

const prose: readonly PartKind[] = ["docstring", "prose", "string"];

/** A pattern for whole words, and for words inside of names in camel case. */
const words = (list: string) => new RegExp(`(?<![a-zA-Z])(?:${list})(?![a-zA-Z])`, "gi");
const inNames = (list: string) => {
  const capitals = list.replaceAll(
    /(^|\|)([a-z])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
  return new RegExp(`(?<![a-zA-Z])(?:${list})(?![a-z])|(?<=[a-z0-9])(?:${capitals})(?![a-z])`, "g");
};
const both = (list: string, advice: string): WordRule[] => [
  { pattern: words(list), advice, where: prose },
  { pattern: inNames(list), advice, where: ["name"] },
];

/**
 * The words that this repository does not use, and what it says in their place. `who`, `people`, `one`, `another`, `take` and
 * `note` are allowed in sentences, because they are also plain words for persons, numbers, parameters and remarks.
 */
export const rules: readonly WordRule[] = [
  // A docstring begins with a verb in the third person, with "Whether", or with a noun.
  {
    pattern: /^\/\*\*[\s*]*(?:What|Gives?|Has|Have|How|Takes leave)\b/g,
    advice: 'begin with a verb ("Returns", "Resolves when") or "Whether"',
    where: ["docstring"],
  },
  { pattern: /\w+\?(?=\s|$)/g, advice: 'no questions: "Whether …"', where: ["docstring"] },

  ...both("tell|tells|told|telling|teller", "notify, report, pass, inform, log"),
  ...both("hear|hears|heard|hearing", "receive"),
  { pattern: words("say|says|said|saying"), advice: "state, report, send, contain", where: prose },
  { pattern: /^#?(?:say|take|note)$/g, advice: "a verb of the field", where: ["name"] },

  ...both("patience", "timeout"),
  { pattern: inNames("most|least|longest|shortest|few|fewest"), advice: "max, min, limit", where: ["name"] },

  { pattern: words("at once"), advice: "immediately, synchronously, concurrently", where: prose },

  ...both("odd|oddity|oddities|oddly|strange|wrong", "unexpected, invalid, malformed"),

  { pattern: words("under way"), advice: "pending, in flight", where: prose },
  { pattern: words("(?:made )?anew|afresh"), advice: "again, recreated", where: prose },
  {
    pattern: words("(?:is|are|was|were|be) (?:already )?so(?: already)?(?! \\w+ (?:that|as))"),
    advice: "holds, already in that state",
    where: prose,
  },
  { pattern: inNames("isSo"), advice: "predicate, condition", where: ["name"] },

  ...both(
    "whoever|whomever|somebody|someone|nobody|anybody|anyone|everybody",
    "name the actor: caller, listener, script, agent, server",
  ),

  {
    pattern: words("he|him|his|himself|she|her|hers"),
    advice: "agents and customers are they",
    where: prose,
  },

  { pattern: words("seldom"), advice: "rarely", where: prose },
  { pattern: words("stead"), advice: "instead of, for", where: prose },
];

/** Where a word of the list is right, each with its reason. */
export const exceptions: readonly {
  readonly pattern: RegExp;
  readonly reason: string;
  /** The only file in which it is right; default: every file. */
  readonly only?: string;
}[] = [
  { pattern: /wrong password/gi, reason: "what everybody calls it" },
  { pattern: /is anybody there/gi, reason: "what a customer writes" },
  {
    pattern: /oddity|oddities|odd/g,
    reason: "the names that recordings of version 1 have on file",
    only: "src/recording/upgrade.ts",
  },
];
