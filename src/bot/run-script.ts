import { DeskError } from "../index.ts";
import { BotError, describeValue } from "./bot-error.ts";
import type { BotFailure, WorkEnding } from "./bot-event.ts";
import * as errorText from "./error-text.ts";
import type { WaitScope } from "./wait-scope.ts";

/** How a run of a script ended; with the error if it failed. */
export type ScriptEnding =
  { readonly ending: Exclude<WorkEnding, "failed"> } | { readonly ending: "failed"; readonly error: unknown };

/** Runs a function of a script. Resolves when it has ended, in whatever way; never rejects. */
export async function runScript(scope: WaitScope, script: () => unknown): Promise<ScriptEnding> {
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
export function failure(part: BotFailure["part"], scope: WaitScope | undefined, error: unknown): BotFailure {
  const { id, step, about = part } = scope?.call ?? {};
  return {
    part,
    ...(id === undefined ? {} : { id }),
    ...(step === undefined ? {} : { step }),
    code: error instanceof BotError ? error.code : "threw",
    message:
      error instanceof BotError || error instanceof DeskError
        ? error.message
        : errorText.threw(about, error instanceof Error ? error.name : describeValue(error), step),
    error,
  };
}
