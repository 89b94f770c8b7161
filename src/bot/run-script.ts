import { DeskError } from "../index.ts";
import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import type { BotFailure, WorkEnding } from "./bot-event.ts";
import type { WaitScope } from "./wait-scope.ts";

/** How a run of a script came to its end; with what it failed. */
export type ScriptEnding =
  { readonly ending: Exclude<WorkEnding, "failed"> } | { readonly ending: "failed"; readonly error: unknown };

/** Runs a function of a script to its end, whatever that is. Never rejects. */
export async function runScript(scope: WaitScope, script: () => unknown): Promise<ScriptEnding> {
  try {
    await scope.run.contain(script);
    return { ending: "finished" };
  } catch (error) {
    if (!(error instanceof BotError)) return { ending: "failed", error };
    switch (error.code) {
      case "ended":
      case "customer-left":
      case "stopped":
        return { ending: error.code };
      case "not-done":
        // What could not be done because it was over is the end of it, not a failure.
        return scope.over === undefined ? { ending: "failed", error } : { ending: scope.over };
      default:
        return { ending: "failed", error };
    }
  }
}

/** A failure as it is told. */
export function failure(part: BotFailure["part"], scope: WaitScope | undefined, error: unknown): BotFailure {
  const { id, step } = scope?.run ?? {};
  const about = scope === undefined ? part : scope.run.about;
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
