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

/** What the chart of an interaction remembers: names only, nothing that a customer said or is. */
export interface InteractionContext extends PendingOperations {
  /** What the server allows now, in its own words. */
  readonly capabilities: readonly string[];
  /** How the interaction ended in the server's word; `null` while it lives. */
  readonly ending: InteractionOutcome | null;
  /**
   * How the interaction ended, for its people. Set once. `null` while it lives, and after its end until the answer
   * to an operation that may have ended it is there.
   */
  readonly outcome: InteractionOutcome | null;
}

/** What the server says about the life of an interaction. */
export interface LifecycleFact {
  readonly type: LifecycleChange;
  /** Absent means unchanged. */
  readonly capabilities?: readonly string[];
}

/** Everything that the chart of an interaction receives. */
export type InteractionEvent = LifecycleFact | OperationFact;

/** The context of an interaction of which nothing was heard. */
export const newInteraction: InteractionContext = Object.freeze({
  ...noPendingOperations,
  capabilities: Object.freeze([]),
  ending: null,
  outcome: null,
});

/** After an update that keeps the state. */
export function afterUpdate(context: InteractionContext, fact: LifecycleFact): Partial<InteractionContext> {
  return { ...clearSettled(context), capabilities: fact.capabilities ?? context.capabilities };
}

/** After the server reported a state of a living interaction. */
export function afterState(context: InteractionContext, fact: LifecycleFact): Partial<InteractionContext> {
  return { ...confirmByState(context, fact.type), capabilities: fact.capabilities ?? context.capabilities };
}

/** After the server ended the interaction. */
export function afterEnding(
  context: InteractionContext,
  ending: InteractionOutcome,
): Partial<InteractionContext> {
  return { ...ended(context, ending), capabilities: [], ending };
}

/** After a fact about an operation. */
export function afterOperation(
  context: InteractionContext,
  fact: OperationFact,
): Partial<InteractionContext> {
  return context.ending === null
    ? reduceOperation(context, fact)
    : reduceAfterEnd(context, context.ending, fact);
}
