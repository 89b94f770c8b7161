import type { OperationOutcome } from "../index.ts";

/** What became of an operation in a replay. */
export interface ReplayedOutcome extends OperationOutcome {
  /** The `seq` of the entry with which it was performed. */
  readonly of: number;
}

/** Something that did not come out as it was recorded. */
export interface Difference {
  readonly seq: number;
  readonly message: string;
}
