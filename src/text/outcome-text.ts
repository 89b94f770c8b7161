import type { OperationOutcome } from "../index.ts";
import type { DeskText, StandardOperation } from "./desk-text.ts";
import {
  interactionOutcomes,
  operationOutcomes,
  operations,
  statusCode,
  unavailabilities,
} from "./english.ts";
import { sanitizeLine } from "./sanitize-line.ts";
import { wordOf } from "./word-of.ts";

/** Returns how an operation ended, with the server's code and message or the reason why it was not allowed. */
export function outcomeText(
  { outcome, reason, code, message }: OperationOutcome,
  text: Pick<DeskText, "operationOutcomes" | "statusCode" | "unavailabilities"> = {
    operationOutcomes,
    statusCode,
    unavailabilities,
  },
): string {
  const isDone = outcome === "Done";
  return [
    text.operationOutcomes[outcome],
    isDone || code === undefined ? "" : ` (${text.statusCode(code)})`,
    isDone || message === undefined ? "" : `: ${sanitizeLine(message)}`,
    reason === undefined ? "" : `: ${text.unavailabilities[reason]}`,
  ].join("");
}

/** Returns how an interaction ended. */
export const interactionOutcomeText = wordOf("interactionOutcomes", interactionOutcomes);

/** Returns why an operation cannot be performed now. */
export const unavailabilityText = wordOf("unavailabilities", unavailabilities);

/** Returns the name of an operation. One that only a dialect has keeps the server's words, humanized. */
export function operationText(
  operation: string,
  text: Pick<DeskText, "operations"> = { operations },
): string {
  return Object.hasOwn(text.operations, operation)
    ? text.operations[operation as StandardOperation]
    : humanize(operation);
}

/** Returns a name of the server's as words: `StopProcessing` becomes `Stop processing`. */
export function humanize(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return sanitizeLine(words.charAt(0).toUpperCase() + words.slice(1));
}
