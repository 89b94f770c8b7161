import type { OperationOutcome } from "../index.ts";

/**
 * Why a call of a script failed, or why a bot could not be made. A closed list.
 *
 * - `invalid-script`, `invalid-options`, `invalid-argument`: what was given is wrong; the message says what is expected.
 * - `deadline`: what was waited for did not come in time.
 * - `ended`: the interaction ended first, or an offer was taken away.
 * - `customer-left`: the customer is gone and will not say what was waited for.
 * - `stopped`: the bot or its desk was stopped; what was waited for or worked on is cut short.
 * - `not-done`: an operation had another outcome than `Done`; `outcome` tells which.
 * - `runaway`: the script called on and on without ever waiting for anything.
 * - `stuck`: it was over, because the interaction had ended or the bot was stopped, and the script did not come back.
 */
export type BotErrorCode =
  | "invalid-script"
  | "invalid-options"
  | "invalid-argument"
  | "deadline"
  | "ended"
  | "customer-left"
  | "stopped"
  | "not-done"
  | "runaway"
  | "stuck";

/** What a {@link BotError} is about, as far as it applies. */
export interface BotErrorDetails {
  readonly id?: string | undefined;
  readonly awaited?: string | undefined;
  readonly waited?: number | undefined;
  readonly instead?: readonly string[] | undefined;
  readonly outcome?: OperationOutcome | undefined;
}

/** What the calls of a script fail with. Its message holds names and codes, never what a customer wrote. */
export class BotError extends Error {
  override readonly name = "BotError";
  readonly code: BotErrorCode;
  /** The interaction concerned. */
  readonly id: string | undefined;
  /** What was waited for. */
  readonly awaited: string | undefined;
  /** Milliseconds that were waited. */
  readonly waited: number | undefined;
  /** What came instead, oldest first: states, outcomes, changes of the connection. */
  readonly instead: readonly string[];
  /** How the operation ended; with `not-done`. */
  readonly outcome: OperationOutcome | undefined;

  constructor(code: BotErrorCode, message: string, details: BotErrorDetails = {}) {
    super(message);
    this.code = code;
    this.id = details.id;
    this.awaited = details.awaited;
    this.waited = details.waited;
    this.instead = details.instead ?? [];
    this.outcome = details.outcome;
  }
}

/** What an odd value is, in words that quote nothing of it. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return "text";
  return typeof value === "object" ? "an object" : typeof value === "function" ? "a function" : typeof value;
}
