import { DeskError } from "../index.ts";
import { BotError, describeValue } from "./bot-error.ts";
import type { BotFailure, WorkEnding } from "./bot-event.ts";
import * as errorText from "./error-text.ts";

/** A script that makes this many calls in a row without waiting would keep everything else from running. */
const maxCalls = 10_000;

/** One run of one function of a script: its progress, and the way out of it. */
export class ScriptCall {
  /** The subject of its work, such as `chat 0001`. */
  readonly about: string;
  /** The interaction concerned. */
  readonly id: string | undefined;
  /** The last call that it made. */
  step = "none";
  #calls = 0;
  #abandoned: BotError | undefined;
  #reject: (error: BotError) => void = () => {};

  constructor(about: string, id?: string) {
    this.about = about;
    this.id = id;
  }

  /** Resolves when the function returns. Rejects with its error, or with the one of `abandon`. */
  run(script: () => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#abandoned !== undefined) reject(this.#abandoned);
      (async () => script())().then(() => resolve(), reject);
    });
  }

  /** Continues without the function, which can no longer change how it ended. */
  abandon(code: "runaway" | "stopped" | "stuck", message: string): void {
    this.#abandoned ??= new BotError(code, message, { id: this.id });
    this.#reject(this.#abandoned);
  }

  /** Runs one call of the script; every call goes through here. */
  track<Result>(step: string, run: () => Promise<Result>): Promise<Result> {
    this.step = step;
    if (++this.#calls > maxCalls) {
      this.abandon("runaway", errorText.runaway(this.about, step, maxCalls));
      // Never settles: a script that loops and ignores failures comes to rest here.
      return new Promise(() => {});
    }
    const running = run();
    // A call that the script does not await must not end the process when it fails.
    running.catch(() => {});
    return running;
  }

  /** Called when the script waited, or the server did something: it does not run away. */
  resetCalls(): void {
    this.#calls = 0;
  }
}

/** The scope of a call, as far as its end depends on it. */
interface CallScope {
  readonly call: ScriptCall;
  readonly over: "ended" | "stopped" | undefined;
}

/** The end of a run of a script; with the error if it failed. */
export type ScriptEnding =
  { readonly ending: Exclude<WorkEnding, "failed"> } | { readonly ending: "failed"; readonly error: unknown };

/** Runs a function of a script. Resolves when it has ended, in whatever way; never rejects. */
export async function runScript(scope: CallScope, script: () => unknown): Promise<ScriptEnding> {
  try {
    await scope.call.run(script);
    return { ending: "finished" };
  } catch (error) {
    const code = error instanceof BotError ? error.code : undefined;
    if (code === "ended" || code === "customer-left" || code === "stopped") return { ending: code };
    // An operation that could not be done because its interaction was over is the end of the work, not a failure.
    if (code === "not-done" && scope.over !== undefined) return { ending: scope.over };
    return { ending: "failed", error };
  }
}

/** Returns the report of a failure. */
export function botFailure(
  part: BotFailure["part"],
  scope: CallScope | undefined,
  error: unknown,
): BotFailure {
  const { id, step, about = part } = scope?.call ?? {};
  const isKnown = error instanceof BotError || error instanceof DeskError;
  const thrown = error instanceof Error ? error.name : describeValue(error);
  return {
    part,
    ...(id === undefined ? {} : { id }),
    ...(step === undefined ? {} : { step }),
    code: error instanceof BotError ? error.code : "threw",
    message: isKnown ? error.message : errorText.threw(about, thrown, step),
    error,
  };
}
