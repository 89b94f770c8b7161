import { BotError, describeValue } from "./bot-error.ts";
import { choose } from "./choice.ts";
import * as errorText from "./error-text.ts";
import type { ScriptContext } from "./script-context.ts";
import { drawTime, type ThinkTime } from "./think-time.ts";
import { isTimeLimit, timeLimitText } from "./time-limit.ts";

/** Time and chance, as an agent takes them. */
export interface Pacing {
  /** Lets time pass: so many milliseconds, or a time drawTime from a distribution. */
  readonly pause: (time: number | ThinkTime) => Promise<void>;
  /** A number in [0, 1) from a stream of its own, so that the same seed gives the same choices in whatever order things happen. */
  readonly random: () => number;
  /** Chooses a word by weights, such as `{ Accept: 95, Reject: 5 }`. */
  readonly choose: <Word extends string>(weights: Readonly<Record<Word, number>>) => Word;
}

export function pacing({ scope, random }: ScriptContext): Pacing {
  return {
    pause: (time) => scope.run.call("pause", async () => scope.pause(drawTime("pause", time, random))),
    random,
    choose: (weights) => choose(random, weights),
  };
}

/** A deadline in milliseconds. @throws BotError `invalid-argument` */
export function deadline(call: string, ms: unknown): number {
  if (isTimeLimit(ms)) return ms;
  throw new BotError("invalid-argument", errorText.wrongArgument(call, timeLimitText(), describeValue(ms)));
}

/** @throws BotError `invalid-argument` when there is nothing to write */
export function checkText(call: string, text: unknown): asserts text is string {
  if (typeof text === "string" && text !== "") return;
  const got = text === "" ? "an empty one" : describeValue(text);
  throw new BotError("invalid-argument", errorText.wrongArgument(call, "a text", got));
}
