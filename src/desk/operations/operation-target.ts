import type { Effects } from "../../domain/effects.ts";
import type { OperationRule, OperationTable } from "../../domain/operation.ts";
import type { Unavailability } from "../../domain/outcome.ts";
import type { Parameters } from "../../domain/parameters.ts";
import type { OperationFact } from "../../domain/pending-operations.ts";
import type { OperationRequest } from "../../domain/request.ts";

/** A channel or an interaction on which operations are performed. */
export interface OperationTarget {
  readonly rules: OperationTable;
  /** Returns what a request needs to know of it. */
  readonly target: () => OperationRequest["target"];
  /** Returns why this operation cannot be performed now; `undefined` when it can. */
  readonly unavailability: (rule: OperationRule) => Unavailability | undefined;
  /** Marks an operation as pending. */
  readonly begin: (operation: PendingRequest) => Effects;
  /** Applies a fact about an operation; the chart decides what is settled by it. */
  readonly applyOperation: (fact: OperationFact) => Effects;
}

/** An operation that a target is asked for. */
export interface PendingRequest {
  /** Unique in the desk. */
  readonly key: number;
  readonly rule: OperationRule;
  readonly parameters: Parameters;
}

/** Returns the fact that an operation is pending from now on. */
export function operationSent({ key, rule }: PendingRequest): OperationFact {
  const { operation, confirmedBy, endsAs, supersedes } = rule;
  return { type: "OperationSent", key, operation, confirmedBy, endsAs, supersedes };
}
