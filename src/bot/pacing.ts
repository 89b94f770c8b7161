import { seededRandom } from "../domain/random.ts";
import type { Random } from "../index.ts";
import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import type { ScriptContext } from "./script-context.ts";
import { drawTime, isTimeLimit, timeLimitText, type ThinkTime } from "./think-time.ts";

/** Pauses and random choices for a script. */
export interface Pacing {
  /** Waits for so many milliseconds, or for a time drawn from a distribution. @throws BotError `invalid-argument`, `ended`, `stopped` */
  readonly pause: (time: number | ThinkTime) => Promise<void>;
  /**
   * Returns a number in [0, 1) from a stream of its own, so that the same seed leads to the same choices in whatever
   * order things happen.
   */
  readonly random: () => number;
  /** Returns a word chosen by weights, such as `{ Accept: 95, Reject: 5 }`. @throws BotError `invalid-argument` */
  readonly choose: <Word extends string>(weights: Readonly<Record<Word, number>>) => Word;
}

export function createPacing({ scope, random }: ScriptContext): Pacing {
  return {
    pause: (time) => scope.call.track("pause", async () => scope.pause(drawTime("pause", time, random))),
    random,
    choose: (weights) => choose(random, weights),
  };
}

/**
 * Returns the stream of random numbers that belongs to these names. What one agent or one interaction draws does not
 * depend on what others drew before, so the order in which things happen changes no choice.
 */
export function stream(seed: number, ...names: readonly (string | number)[]): Random {
  let hash = 0x811c9dc5;
  for (const letter of JSON.stringify([seed, ...names])) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  }
  // Names that differ in their last letter only would give neighbouring numbers.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return seededRandom(hash ^ (hash >>> 16));
}

/** Returns a deadline in milliseconds. @throws BotError `invalid-argument` */
export function checkDeadline(call: string, ms: unknown): number {
  if (isTimeLimit(ms)) return ms;
  throw invalid(call, timeLimitText(), describeValue(ms));
}

/** Checks that there is something to write. @throws BotError `invalid-argument` */
export function checkText(call: string, text: unknown): asserts text is string {
  if (typeof text === "string" && text !== "") return;
  throw invalid(call, "a text", text === "" ? "an empty one" : describeValue(text));
}

function choose<Word extends string>(random: Random, weights: Readonly<Record<Word, number>>): Word {
  const entries = Object.entries<number>(weights) as [Word, number][];
  let sum = 0;
  for (const [word, weight] of entries) {
    if (!(typeof weight === "number" && weight >= 0 && weight < Infinity)) {
      throw invalid("choose", "weights from 0", `${describeValue(weight)} for ${word}`);
    }
    sum += weight;
  }
  const candidates = entries.filter(([, weight]) => weight > 0);
  const last = candidates.at(-1);
  if (last === undefined) throw invalid("choose", "a weight above 0", "none");
  let left = random() * sum;
  for (const [word, weight] of candidates) {
    left -= weight;
    if (left < 0) return word;
  }
  // Rounding may leave a little over.
  return last[0];
}

function invalid(call: string, expected: string, got: string): BotError {
  return new BotError("invalid-argument", errorText.invalidBotArgument(call, expected, got));
}
