import type { Random } from "../index.ts";
import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";

/** Chooses a word by weights, such as `{ Accept: 95, Reject: 5 }`. @throws BotError `invalid-argument` */
export function choose<Word extends string>(random: Random, weights: Readonly<Record<Word, number>>): Word {
  const entries = Object.entries(weights) as [Word, unknown][];
  let sum = 0;
  for (const [word, weight] of entries) {
    if (typeof weight !== "number" || !(weight >= 0 && weight < Infinity)) {
      const got = `${describeValue(weight)} for ${word}`;
      throw new BotError("invalid-argument", errorText.wrongArgument("choose", "weights from 0", got));
    }
    sum += weight;
  }
  if (sum === 0) {
    const got = "none";
    throw new BotError("invalid-argument", errorText.wrongArgument("choose", "a weight above 0", got));
  }
  let left = random() * sum;
  let chosen: Word | undefined;
  for (const [word, weight] of entries as [Word, number][]) {
    if (weight === 0) continue;
    chosen = word;
    left -= weight;
    if (left < 0) break;
  }
  return chosen!;
}
