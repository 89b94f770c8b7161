import type { OperationOutcome } from "../index.ts";
import type { Entry } from "./format.ts";

/** The outcome of an operation in a replay. */
export interface ReplayedOutcome extends OperationOutcome {
  /** The `seq` of the entry with which it was performed. */
  readonly of: number;
}

/** A result of a replay that differs from the recording. */
export interface Difference {
  readonly seq: number;
  readonly message: string;
}

/** An operation in the desk that is replayed. */
export interface RecordedOperation {
  readonly key: number;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The operations of a replay: which entry began which, how each settled, and what differs from the recording. */
export class ReplayedOperations {
  readonly outcomes: ReplayedOutcome[] = [];
  readonly differences: Difference[] = [];
  readonly #operations = new Map<number, RecordedOperation>();
  readonly #seqs = new Map<number, number>();
  /** Outcomes of the recording that were not compared yet. */
  #expected: Extract<Entry, { type: "outcome" }>[] = [];

  add(seq: number, operation: RecordedOperation): void {
    this.#operations.set(seq, operation);
    this.#seqs.set(operation.key, seq);
  }

  /** Returns the operation that an entry began. */
  get(seq: number): RecordedOperation | undefined {
    return this.#operations.get(seq);
  }

  /** Returns the entry that began an operation, by its key; below 0 when none did. */
  readonly seqOf = (key: number): number => this.#seqs.get(key) ?? -key;

  settle(key: number, outcome: OperationOutcome): void {
    const of = this.#seqs.get(key);
    if (of !== undefined) this.outcomes.push({ of, ...outcome });
  }

  /** Whether the operation that an entry began is settled. */
  isSettled(seq: number): boolean {
    return this.outcomes.some(({ of }) => of === seq);
  }

  expect(outcome: Extract<Entry, { type: "outcome" }>): void {
    this.#expected.push(outcome);
  }

  /** Compares the expected outcomes with those of the replay. */
  compare(): void {
    for (const { of, seq, outcome } of this.#expected.splice(0)) {
      const replayed = this.outcomes.findLast((one) => one.of === of);
      if (replayed === undefined) this.differ({ seq }, `${outcome.operation} was not settled.`);
      else if (replayed.outcome !== outcome.outcome || replayed.code !== outcome.code)
        this.differ({ seq }, `${outcome.operation} was ${outcome.outcome}, and is ${replayed.outcome}.`);
    }
  }

  differ({ seq }: { readonly seq: number }, message: string): void {
    this.differences.push({ seq, message });
  }
}
