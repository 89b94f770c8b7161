import { BotError, describe } from "./bot-error.ts";
import { choose } from "./choice.ts";
import * as errorText from "./error-text.ts";
import type { Stint } from "./stint.ts";
import { drawn, type ThinkTime } from "./think-time.ts";

/** Time and chance, as an agent takes them. */
export interface Pacing {
  /** Lets time pass: so many milliseconds, or a time drawn from a distribution. */
  readonly pause: (time: number | ThinkTime) => Promise<void>;
  /** A number in [0, 1) from a stream of its own, so that the same seed gives the same choices in whatever order things happen. */
  readonly random: () => number;
  /** Chooses a word by weights, such as `{ Accept: 95, Reject: 5 }`. */
  readonly choose: <Word extends string>(weights: Readonly<Record<Word, number>>) => Word;
}

export function pacing({ scope, random }: Stint): Pacing {
  return {
    pause: (time) => scope.run.call("pause", async () => scope.pause(drawn("pause", time, random))),
    random,
    choose: (weights) => choose(random, weights),
  };
}

const longest = 2 ** 31 - 1;

/** A deadline in milliseconds. @throws BotError `invalid-argument` */
export function deadline(call: string, ms: unknown): number {
  if (ms === Infinity || (typeof ms === "number" && ms >= 1 && ms <= longest)) return ms as number;
  const expected = "milliseconds from 1, or Infinity for no deadline";
  throw new BotError("invalid-argument", errorText.wrongArgument(call, expected, describe(ms)));
}

/** @throws BotError `invalid-argument` when there is nothing to write */
export function checkText(call: string, text: unknown): asserts text is string {
  if (typeof text === "string" && text !== "") return;
  const got = text === "" ? "an empty one" : describe(text);
  throw new BotError("invalid-argument", errorText.wrongArgument(call, "a text", got));
}
