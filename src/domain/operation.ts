import type { ParameterRules } from "./parameters.ts";
import type { InteractionOutcome } from "./outcome.ts";

/**
 * What confirms an operation, beyond HTTP 200, which only says that it was passed on.
 *
 * - `answer`: nothing follows; the HTTP answer is all there is.
 * - `Accepted`, `Ready`, `NotReady`: the server reports this state.
 * - `ending`: the interaction ends.
 * - `user-data`: the user data holds what was asked for.
 * - `echo`: the transcript shows the text from somebody who is not the customer.
 * - `reply`: an interaction appears that answers this one.
 * - `transcript`: a message with the transcript arrives.
 * - `party`: another agent joins the transcript.
 * - `withdrawn`: the capability is no longer granted, or the interaction ends.
 */
export type Confirmation =
  | "answer"
  | "Accepted"
  | "Ready"
  | "NotReady"
  | "ending"
  | "user-data"
  | "echo"
  | "reply"
  | "transcript"
  | "party"
  | "withdrawn";

/** How one operation behaves. A dialect has a table of these. */
export interface OperationRule {
  readonly operation: string;
  /** The capability that grants it; `null` on a channel, which has no capabilities. */
  readonly capability: string | null;
  /** `operationName` on the wire, unless a parameter is the name (NotReady with a reason). */
  readonly operationName: string;
  readonly parameters: ParameterRules;
  readonly confirmedBy: Confirmation;
  /** How the interaction ends by it; `null` when it does not end. */
  readonly endsAs: InteractionOutcome | null;
  /** Operations that cannot be performed while this one is under way; `all` means every other. */
  readonly excludes: "all" | readonly string[];
  /** Operations under way that this one takes the place of. */
  readonly supersedes: readonly string[];
  /** Does performing it twice do no harm, so that it may be sent again when its answer was lost? */
  readonly isRepeatable: boolean;
}

/** The rules of one channel, or of channels themselves, by operation. */
export type OperationTable = ReadonlyMap<string, OperationRule>;

/** The rules of a dialect. */
export interface OperationRules {
  /** By the interaction's channel. A channel without an entry has no operations. */
  readonly interaction: ReadonlyMap<string, OperationTable>;
  readonly channel: OperationTable;
}

/** Is there an operation that this capability grants? */
export function isKnownCapability(table: OperationTable, capability: string): boolean {
  for (const rule of table.values()) if (rule.capability === capability) return true;
  return false;
}

/** How operations under way keep this one from being performed; `undefined` when they do not. */
export function conflictWith(
  { operation, supersedes }: OperationRule,
  pending: readonly { readonly operation: string }[],
  table: OperationTable,
): "pending" | "excluded" | undefined {
  for (const underWay of pending) {
    // Choosing another reason for not being ready takes the place of the choice before.
    if (underWay.operation === operation && !supersedes.includes(operation)) return "pending";
    const other = table.get(underWay.operation);
    if (other !== undefined && excludes(other, operation)) return "excluded";
  }
  return undefined;
}

/** Does an operation under way, with this rule, keep the other from being performed? */
export function excludes(rule: OperationRule, other: string): boolean {
  return rule.excludes === "all" ? rule.operation !== other : rule.excludes.includes(other);
}
