import type { InteractionOutcome, OperationOutcomeName } from "./outcome.ts";
import { arraysEqual } from "./arrays.ts";
import type { Confirmation } from "./operation.ts";

/**
 * The pending operations in the context of a chart. Pure: each function takes them and a fact and returns the next ones.
 * They hold names and keys only, no customer data.
 */
export interface PendingOperations {
  readonly pending: readonly PendingOperation[];
  /** The operations that the last fact settled, whose promises the desk resolves. Replaced by every fact. */
  readonly settled: readonly SettledOperation[];
}

/** One operation that was sent and is not settled yet. */
export interface PendingOperation {
  /** Unique in the desk. */
  readonly key: number;
  readonly operation: string;
  /** The rule of its confirmation. A chart sees answers and states itself; all else is seen in the data. */
  readonly confirmedBy: Confirmation;
  /** The outcome of an interaction that ends because of it; `null` when it does not end the interaction. */
  readonly endsAs: InteractionOutcome | null;
  /**
   * `sent`: no answer yet. `acknowledged`: the server passed it on, which is all that HTTP 200 means.
   * `unanswered`: the answer was lost, so it may or may not have taken effect.
   */
  readonly phase: "sent" | "acknowledged" | "unanswered";
}

/** One operation that was settled. */
export interface SettledOperation {
  readonly key: number;
  readonly outcome: OperationOutcomeName;
}

/** The facts about operations, which every chart that performs some receives. */
export type OperationFact =
  | {
      readonly type: "OperationSent";
      readonly key: number;
      readonly operation: string;
      readonly confirmedBy: Confirmation;
      readonly endsAs: InteractionOutcome | null;
      /** Operations that this one replaces. */
      readonly supersedes: readonly string[];
    }
  | {
      readonly type:
        "OperationAcknowledged" | "OperationRefused" | "OperationUnanswered" | "OperationConfirmed";
      readonly key: number;
    }
  | {
      readonly type: "OperationExpired";
      readonly key: number;
      readonly outcome: "TimedOut" | "LinkLost" | "Stopped";
    };

const none: readonly never[] = Object.freeze([]);

export const noPendingOperations: PendingOperations = Object.freeze({ pending: none, settled: none });

/** Returns the names of the pending operations; the held list when it is equal. */
export function operationsOf(
  { pending }: PendingOperations,
  held: readonly string[] | undefined,
): readonly string[] {
  const names = pending.map(({ operation }) => operation);
  return held !== undefined && arraysEqual(held, names) ? held : names;
}

/** Returns the operations after a fact that settles none. */
export function clearSettled(operations: PendingOperations): PendingOperations {
  return operations.settled.length === 0 ? operations : { pending: operations.pending, settled: none };
}

/** Returns the operations after a fact about one of them, while the interaction or channel is live. */
export function reduceOperation(operations: PendingOperations, fact: OperationFact): PendingOperations {
  const { key } = fact;
  switch (fact.type) {
    case "OperationSent": {
      const { operation, confirmedBy, endsAs, supersedes } = fact;
      const { pending, settled } = settle(
        operations,
        (entry) => supersedes.includes(entry.operation) && "Superseded",
      );
      return { pending: [...pending, { key, operation, confirmedBy, endsAs, phase: "sent" }], settled };
    }
    case "OperationAcknowledged":
      return settle(
        withPhase(operations, key, "acknowledged"),
        (entry) => entry.key === key && entry.confirmedBy.by === "answer" && "Done",
      );
    case "OperationUnanswered":
      return withPhase(operations, key, "unanswered");
    case "OperationRefused":
      return settleKey(operations, key, "Refused");
    case "OperationConfirmed":
      return settleKey(operations, key, "Done");
    case "OperationExpired":
      return settleKey(operations, key, fact.outcome);
  }
}

/** Returns the operations after the server reported a state: those that wait for exactly this state are done. */
export function confirmByState(operations: PendingOperations, state: string): PendingOperations {
  return settle(
    operations,
    ({ confirmedBy }) => confirmedBy.by === "state" && confirmedBy.state === state && "Done",
  );
}

/** The operations after the interaction ended, with its outcome; `null` while that is not known. */
export interface Ending extends PendingOperations {
  readonly outcome: InteractionOutcome | null;
}

/**
 * Returns the operations after the server ended the interaction, in its own word `ending`.
 *
 * An operation that ends interactions may have caused it. It did if the server acknowledged it or used the operation's
 * own word. While its answer is pending, the server's ending and the agent's operation race on two sockets: the state
 * changes immediately, but the outcome stays `null` until the answer arrives. Every other operation lost its interaction.
 */
export function ended(operations: PendingOperations, ending: InteractionOutcome): Ending {
  const cause = operations.pending.find((entry) => didCause(entry, ending));
  const namesake = operations.pending.find(({ endsAs }) => endsAs === ending);
  const settled = settle(operations, (entry) => {
    if (entry === cause || entry === namesake) return "Done";
    return (cause !== undefined || entry.endsAs === null || entry.phase !== "sent") && overtaken(ending);
  });
  const outcome = (namesake ?? cause)?.endsAs ?? (settled.pending.length > 0 ? null : ending);
  return { ...settled, outcome };
}

/** Returns the operations after a fact about one whose interaction has ended, in the server's word `ending`. */
export function reduceAfterEnd(operations: Ending, ending: InteractionOutcome, fact: OperationFact): Ending {
  const { outcome } = operations;
  const entry =
    fact.type === "OperationSent" ? undefined : operations.pending.find(({ key }) => key === fact.key);
  if (entry === undefined) return { ...clearSettled(operations), outcome };
  const caused =
    fact.type === "OperationAcknowledged" ||
    (fact.type === "OperationUnanswered" && didCause({ ...entry, phase: "unanswered" }, ending));
  const isStopped = fact.type === "OperationExpired" && fact.outcome === "Stopped";
  const settled = settleKey(
    operations,
    entry.key,
    caused ? "Done" : isStopped ? "Stopped" : overtaken(ending),
  );
  const known = caused ? (entry.endsAs ?? ending) : settled.pending.length > 0 ? null : ending;
  return { ...settled, outcome: outcome ?? known };
}

/**
 * Whether this operation caused this ending. An operation whose answer was lost counts as the cause of every ending
 * but a revoke, which the server sends by itself as well.
 */
function didCause({ endsAs, phase }: PendingOperation, ending: InteractionOutcome): boolean {
  return endsAs !== null && (phase === "acknowledged" || (phase === "unanswered" && ending !== "Revoked"));
}

function overtaken(ending: InteractionOutcome): OperationOutcomeName {
  return ending === "Revoked" ? "Revoked" : "Ended";
}

function withPhase(
  { pending }: PendingOperations,
  key: number,
  phase: PendingOperation["phase"],
): PendingOperations {
  return {
    pending: pending.map((entry) => (entry.key === key ? { ...entry, phase } : entry)),
    settled: none,
  };
}

function settleKey(
  operations: PendingOperations,
  key: number,
  outcome: OperationOutcomeName,
): PendingOperations {
  return settle(operations, (entry) => entry.key === key && outcome);
}

function settle(
  operations: PendingOperations,
  outcomeOf: (entry: PendingOperation) => OperationOutcomeName | false,
): PendingOperations {
  const settled = operations.pending.flatMap((entry) => {
    const outcome = outcomeOf(entry);
    return outcome ? [{ key: entry.key, outcome }] : [];
  });
  if (settled.length === 0) return clearSettled(operations);
  const pending = operations.pending.filter(({ key }) => !settled.some((one) => one.key === key));
  return { pending, settled };
}
