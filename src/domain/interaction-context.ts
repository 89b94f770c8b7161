import type { LifecycleChange } from "./lifecycle.ts";
import type { InteractionOutcome } from "./outcome.ts";
import {
  ended,
  noPendingOperations,
  reduceOperation,
  reduceAfterEnd,
  clearSettled,
  confirmByState,
  type OperationFact,
  type PendingOperations,
} from "./pending-operations.ts";

/** The context of the chart of an interaction: names only, no customer data. */
export interface InteractionContext extends PendingOperations {
  /** The capabilities that the server grants now, in its own words. */
  readonly capabilities: readonly string[];
  /** The ending in the server's word; `null` while the interaction is live. */
  readonly ending: InteractionOutcome | null;
  /**
   * The outcome of the interaction. Set once. `null` while it is live, and after its end until the answer to an operation
   * that may have ended it arrives.
   */
  readonly outcome: InteractionOutcome | null;
}

/** A fact about the life of an interaction. */
export interface LifecycleFact {
  readonly type: LifecycleChange;
  /** Absent means unchanged. */
  readonly capabilities?: readonly string[];
}

/** The events of the chart of an interaction. */
export type InteractionEvent = LifecycleFact | OperationFact;

/** The context before the first fact. */
export const newInteraction: InteractionContext = Object.freeze({
  ...noPendingOperations,
  capabilities: Object.freeze([]),
  ending: null,
  outcome: null,
});

/** Returns the context after an update that keeps the state. */
export function afterUpdate(context: InteractionContext, fact: LifecycleFact): Partial<InteractionContext> {
  return { ...clearSettled(context), capabilities: fact.capabilities ?? context.capabilities };
}

/** Returns the context after the server reported a state of a live interaction. */
export function afterState(context: InteractionContext, fact: LifecycleFact): Partial<InteractionContext> {
  return { ...confirmByState(context, fact.type), capabilities: fact.capabilities ?? context.capabilities };
}

/** Returns the context after the server ended the interaction. */
export function afterEnding(
  context: InteractionContext,
  ending: InteractionOutcome,
): Partial<InteractionContext> {
  return { ...ended(context, ending), capabilities: [], ending };
}

/** Returns the context after a fact about an operation. */
export function afterOperation(
  context: InteractionContext,
  fact: OperationFact,
): Partial<InteractionContext> {
  return context.ending === null
    ? reduceOperation(context, fact)
    : reduceAfterEnd(context, context.ending, fact);
}
