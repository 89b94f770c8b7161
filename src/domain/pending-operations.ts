import type { InteractionOutcome, OperationOutcomeName } from "./outcome.ts";
import { arraysEqual } from "./arrays.ts";
import type { Confirmation } from "./operation.ts";

/**
 * The book of operations under way, kept in the context of a chart. Pure: each function takes the book and a
 * fact and gives the next book. It holds names and keys only, never what was said or by whom.
 */
export interface PendingOperations {
  readonly pending: readonly PendingOperation[];
  /** What the last fact settled; the store resolves the promises from it. Replaced by every fact. */
  readonly settled: readonly SettledOperation[];
}

/** One operation that was sent and is not settled yet. */
export interface PendingOperation {
  /** Unique in the desk. */
  readonly key: number;
  readonly operation: string;
  /** What confirms it. A chart sees answers and states itself; all else is seen in the data, and arrives as a fact. */
  readonly confirmedBy: Confirmation;
  /** The outcome of an interaction that ends because of it; `null` when it does not end the interaction. */
  readonly endsAs: InteractionOutcome | null;
  /**
   * `sent`: no answer yet. `acknowledged`: the server passed it on, which is all that HTTP 200 says.
   * `unanswered`: the answer was lost, so it may or may not have been taken.
   */
  readonly phase: "sent" | "acknowledged" | "unanswered";
}

/** One operation that was settled, and how. */
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
      /** Operations that this one takes the place of. */
      readonly supersedes: readonly string[];
    }
  | { readonly type: "OperationAcknowledged"; readonly key: number }
  | { readonly type: "OperationRefused"; readonly key: number }
  | { readonly type: "OperationUnanswered"; readonly key: number }
  | { readonly type: "OperationConfirmed"; readonly key: number }
  | {
      readonly type: "OperationExpired";
      readonly key: number;
      readonly outcome: "TimedOut" | "LinkLost" | "Stopped";
    };

const none: readonly never[] = Object.freeze([]);

/** A book with nothing in it. */
export const noPendingOperations: PendingOperations = Object.freeze({ pending: none, settled: none });

/** The names of the operations under way; the list that was held when it says the same. */
export function operationsOf(
  { pending }: PendingOperations,
  held: readonly string[] | undefined,
): readonly string[] {
  const names = pending.map(({ operation }) => operation);
  return held !== undefined && arraysEqual(held, names) ? held : names;
}

/** The book after a fact that is not about an operation and settles none. */
export function clearSettled(book: PendingOperations): PendingOperations {
  return book.settled.length === 0 ? book : { pending: book.pending, settled: none };
}

/** The book after a fact about an operation, while the interaction or channel lives. */
export function reduceOperation(book: PendingOperations, fact: OperationFact): PendingOperations {
  switch (fact.type) {
    case "OperationSent": {
      const { key, operation, confirmedBy, endsAs } = fact;
      const replaced = settle(book, (entry) =>
        fact.supersedes.includes(entry.operation) ? "Superseded" : undefined,
      );
      const entry: PendingOperation = { key, operation, confirmedBy, endsAs, phase: "sent" };
      return { pending: [...replaced.pending, entry], settled: replaced.settled };
    }
    case "OperationAcknowledged": {
      const waiting = phase(book, fact.key, "acknowledged");
      return settle(waiting, (entry) =>
        entry.key === fact.key && entry.confirmedBy.by === "answer" ? "Done" : undefined,
      );
    }
    case "OperationUnanswered":
      return phase(book, fact.key, "unanswered");
    case "OperationRefused":
      return settleKey(book, fact.key, "Refused");
    case "OperationConfirmed":
      return settleKey(book, fact.key, "Done");
    case "OperationExpired":
      return settleKey(book, fact.key, fact.outcome);
  }
}

/** The book after the server reported a state: the operations that wait for exactly this state are done. */
export function confirmByState(book: PendingOperations, state: string): PendingOperations {
  return settle(book, ({ confirmedBy }) =>
    confirmedBy.by === "state" && confirmedBy.state === state ? "Done" : undefined,
  );
}

/** The book after the interaction ended, with the outcome of the interaction; `null` while it is not known. */
export interface Ending extends PendingOperations {
  readonly outcome: InteractionOutcome | null;
}

/**
 * The server ended the interaction, as `ending` says in its own word.
 *
 * An operation that ends interactions may have caused it. It did if the server acknowledged it or used the
 * operation's own word. While its answer is still on its way, the server's ending and the agent's wish race on
 * two sockets: the state does not wait, but the name of the outcome does (`null` until the answer is there).
 * Every other operation lost its interaction.
 */
export function ended(book: PendingOperations, ending: InteractionOutcome): Ending {
  const cause = book.pending.find((entry) => didCause(entry, ending));
  const namesake = book.pending.find((entry) => entry.endsAs === ending);
  const settled = settle(book, (entry) => {
    if (entry === cause || entry === namesake) return "Done";
    if (cause === undefined && entry.endsAs !== null && entry.phase === "sent") return undefined;
    return overtaken(ending);
  });
  const outcome = (namesake ?? cause)?.endsAs ?? (settled.pending.length > 0 ? null : ending);
  return { ...settled, outcome };
}

/** A fact about an operation whose interaction has ended as `ending`, in the server's word. */
export function reduceAfterEnd(book: Ending, ending: InteractionOutcome, fact: OperationFact): Ending {
  const entry = fact.type === "OperationSent" ? undefined : book.pending.find(({ key }) => key === fact.key);
  if (entry === undefined) return { ...clearSettled(book), outcome: book.outcome };
  const caused =
    fact.type === "OperationAcknowledged" ||
    (fact.type === "OperationUnanswered" && didCause({ ...entry, phase: "unanswered" }, ending));
  const stopped = fact.type === "OperationExpired" && fact.outcome === "Stopped";
  const settled = settleKey(book, entry.key, caused ? "Done" : stopped ? "Stopped" : overtaken(ending));
  if (book.outcome !== null) return { ...settled, outcome: book.outcome };
  if (caused) return { ...settled, outcome: entry.endsAs ?? ending };
  return { ...settled, outcome: settled.pending.length > 0 ? null : ending };
}

/**
 * Did this operation cause this ending? An operation whose answer was lost is taken to have caused every ending
 * but a revoke, which comes by itself as well.
 */
function didCause(entry: PendingOperation, ending: InteractionOutcome): boolean {
  if (entry.endsAs === null) return false;
  return entry.phase === "acknowledged" || (entry.phase === "unanswered" && ending !== "Revoked");
}

function overtaken(ending: InteractionOutcome): OperationOutcomeName {
  return ending === "Revoked" ? "Revoked" : "Ended";
}

function phase(book: PendingOperations, key: number, next: PendingOperation["phase"]): PendingOperations {
  const pending = book.pending.map((entry) => (entry.key === key ? { ...entry, phase: next } : entry));
  return { pending, settled: none };
}

function settleKey(book: PendingOperations, key: number, outcome: OperationOutcomeName): PendingOperations {
  return settle(book, (entry) => (entry.key === key ? outcome : undefined));
}

function settle(
  book: PendingOperations,
  judge: (entry: PendingOperation) => OperationOutcomeName | undefined,
): PendingOperations {
  if (book.pending.length === 0) return clearSettled(book);
  const pending: PendingOperation[] = [];
  const settled: SettledOperation[] = [];
  for (const entry of book.pending) {
    const outcome = judge(entry);
    if (outcome === undefined) pending.push(entry);
    else settled.push({ key: entry.key, outcome });
  }
  return settled.length === 0 ? clearSettled(book) : { pending, settled };
}
