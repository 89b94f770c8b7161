import type { OperationOutcome } from "../index.ts";

/**
 * Why a call of a script failed, or why a bot could not be created. A closed list.
 *
 * - `invalid-script`, `invalid-options`, `invalid-argument`: the input is invalid; the message names what is expected.
 * - `deadline`: the awaited value did not come in time.
 * - `ended`: the interaction ended first, or an offer was taken away.
 * - `customer-left`: the customer has left, so the awaited line cannot come.
 * - `stopped`: the bot or its desk was stopped during the wait or the work.
 * - `not-done`: an operation had another outcome than `Done`, which is in `outcome`.
 * - `runaway`: the script made 10,000 calls in a row without waiting for anything.
 * - `stuck`: the script did not return after the interaction had ended or the bot was stopped.
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

/** The details of a {@link BotError}, as far as they apply. */
export interface BotErrorDetails {
  /** The interaction concerned. */
  readonly id?: string | undefined;
  /** The value or event that was awaited. */
  readonly awaited?: string | undefined;
  /** The time of the wait in milliseconds. */
  readonly waited?: number | undefined;
  /** The events that came instead, oldest first: states, outcomes, changes of the connection. */
  readonly instead?: readonly string[] | undefined;
  /** The outcome of the operation; with `not-done`. */
  readonly outcome?: OperationOutcome | undefined;
}

/** An error of a call of a script. Its message holds names and codes, never what a customer wrote. */
export class BotError extends Error implements BotErrorDetails {
  override readonly name = "BotError";
  readonly code: BotErrorCode;
  readonly id: string | undefined;
  readonly awaited: string | undefined;
  readonly waited: number | undefined;
  readonly instead: readonly string[];
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

/** Returns a description of an unexpected value that quotes nothing of it. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return "text";
  return typeof value === "object" ? "an object" : typeof value === "function" ? "a function" : typeof value;
}
