import { expect, test } from "vitest";
import type { InteractionOutcome } from "../../src/index.ts";
import {
  noPendingOperations,
  ended,
  reduceOperation,
  reduceAfterEnd,
  type Ending,
  type OperationFact,
} from "../../src/domain/pending-operations.ts";

const sent = (key: number, operation: string, endsAs: InteractionOutcome | null): OperationFact => ({
  type: "OperationSent",
  key,
  operation,
  confirmedBy: endsAs === null ? { by: "data", shows: "echo" } : { by: "ending" },
  endsAs,
  supersedes: [],
});
const transfer = sent(1, "SingleStepTransfer", "Transferred");
const reject = sent(1, "Reject", "Rejected");
const send = sent(2, "Send", null);
const answered = { type: "OperationAcknowledged", key: 1 } as const;
const refused = { type: "OperationRefused", key: 1 } as const;
const lost = { type: "OperationUnanswered", key: 1 } as const;

/** Returns the results of the facts before the ending, the server's word for it, and the facts after it. */
function lived(
  before: readonly OperationFact[],
  ending: InteractionOutcome,
  ...after: readonly OperationFact[]
) {
  const end = ended(before.reduce(reduceOperation, noPendingOperations), ending);
  const books = [end];
  for (const fact of after) books.push(reduceAfterEnd(books.at(-1)!, ending, fact));
  return {
    outcomes: books.map(({ outcome }) => outcome),
    settled: books.flatMap(({ settled }) => settled.map(({ key, outcome }) => `${key}: ${outcome}`)),
    pending: books.at(-1)!.pending.map(({ operation }) => operation),
  };
}

test("an interaction that ends without the agent's doing has the server's outcome", () => {
  for (const ending of ["Revoked", "Completed", "Gone"] as const) {
    expect(lived([], ending)).toEqual({ outcomes: [ending], settled: [], pending: [] });
  }
});

test("an ending that follows an acknowledged operation is that operation's doing", () => {
  for (const ending of ["Completed", "Gone", "Revoked"] as const) {
    expect(lived([transfer, answered], ending)).toEqual({
      outcomes: ["Transferred"],
      settled: ["1: Done"],
      pending: [],
    });
  }
});

test("an ending whose answer was lost is the operation's doing, unless it is a revoke, which comes by itself", () => {
  expect(lived([transfer, lost], "Gone")).toMatchObject({ outcomes: ["Transferred"], settled: ["1: Done"] });
  expect(lived([reject, lost], "Revoked")).toMatchObject({ outcomes: ["Revoked"], settled: ["1: Revoked"] });
});

test("an ending in the operation's own word needs no answer", () => {
  const stop = sent(1, "StopProcessing", "Completed");
  expect(lived([stop], "Completed")).toMatchObject({ outcomes: ["Completed"], settled: ["1: Done"] });
});

test("while the answer is on its way the outcome has no name; the answer gives it one", () => {
  expect(lived([reject], "Revoked", answered)).toEqual({
    outcomes: [null, "Rejected"],
    settled: ["1: Done"],
    pending: [],
  });
  expect(lived([reject], "Revoked", refused)).toEqual({
    outcomes: [null, "Revoked"],
    settled: ["1: Revoked"],
    pending: [],
  });
  expect(lived([transfer], "Gone", lost)).toEqual({
    outcomes: [null, "Transferred"],
    settled: ["1: Done"],
    pending: [],
  });
});

test("an operation that ends nothing settles immediately with how the interaction ended", () => {
  expect(lived([send], "Revoked")).toMatchObject({ settled: ["2: Revoked"], pending: [] });
  expect(lived([send], "Completed")).toMatchObject({ settled: ["2: Ended"], pending: [] });
  expect(lived([reject, send], "Revoked")).toMatchObject({ settled: ["2: Revoked"], pending: ["Reject"] });
});

test("time that runs out, or the end of the desk, settles what still waits for its answer", () => {
  const expired = (outcome: "TimedOut" | "Stopped"): OperationFact => ({
    type: "OperationExpired",
    key: 1,
    outcome,
  });
  expect(lived([reject], "Revoked", expired("TimedOut"))).toMatchObject({
    outcomes: [null, "Revoked"],
    settled: ["1: Revoked"],
  });
  expect(lived([reject], "Completed", expired("TimedOut"))).toMatchObject({ settled: ["1: Ended"] });
  expect(lived([reject], "Revoked", expired("Stopped"))).toMatchObject({ settled: ["1: Stopped"] });
});

test("the outcome is named once: later answers do not change it, and settle nothing twice", () => {
  const after = lived([transfer, answered], "Completed", answered, refused, {
    type: "OperationConfirmed",
    key: 1,
  });
  expect(new Set(after.outcomes)).toEqual(new Set(["Transferred"]));
  expect(after.settled).toEqual(["1: Done"]);
});

test("of two operations that may have ended it, each is settled by its own answer", () => {
  const second = { ...transfer, key: 3 } as OperationFact;
  const book: Ending = ended([reject, second].reduce(reduceOperation, noPendingOperations), "Gone");
  expect([book.outcome, book.pending.length]).toEqual([null, 2]);
  const first = reduceAfterEnd(book, "Gone", refused);
  expect([first.outcome, first.settled]).toEqual([null, [{ key: 1, outcome: "Ended" }]]);
  const last = reduceAfterEnd(first, "Gone", { type: "OperationAcknowledged", key: 3 });
  expect([last.outcome, last.settled]).toEqual(["Transferred", [{ key: 3, outcome: "Done" }]]);
});

test("once one operation is known to have ended it, another whose answer is on its way loses its interaction", () => {
  const second = { ...reject, key: 3 } as OperationFact;
  expect(lived([transfer, answered, second], "Gone")).toEqual({
    outcomes: ["Transferred"],
    settled: ["1: Done", "3: Ended"],
    pending: [],
  });
});

test("an outcome in the server's own word stands, whatever is answered to another operation later", () => {
  const stop = sent(3, "StopProcessing", "Completed");
  expect(lived([reject, stop], "Completed", answered)).toEqual({
    outcomes: ["Completed", "Completed"],
    settled: ["3: Done", "1: Done"],
    pending: [],
  });
});
