import { expect, test } from "vitest";
import {
  noPendingOperations,
  reduceOperation,
  clearSettled,
  confirmByState,
  type OperationFact,
  type PendingOperations,
} from "../../src/domain/pending-operations.ts";

const sent = (key: number, operation: string, changes: object = {}): OperationFact => ({
  type: "OperationSent",
  key,
  operation,
  confirmedBy: { by: "data", shows: "record" },
  endsAs: null,
  supersedes: [],
  ...changes,
});
const facts = (...all: OperationFact[]): PendingOperations =>
  all.reduce(reduceOperation, noPendingOperations);
const short = ({ pending, settled }: PendingOperations) => ({
  pending: pending.map(({ operation, phase }) => `${operation}: ${phase}`),
  settled: settled.map(({ key, outcome }) => `${key}: ${outcome}`),
});

test("an operation is pending from the moment it is sent", () => {
  expect(short(facts(sent(1, "Send")))).toEqual({ pending: ["Send: sent"], settled: [] });
});

test("that the server passed it on settles nothing, unless nothing else follows", () => {
  const acknowledged = { type: "OperationAcknowledged", key: 1 } as const;
  expect(short(facts(sent(1, "Send"), acknowledged))).toEqual({
    pending: ["Send: acknowledged"],
    settled: [],
  });
  const typing = sent(1, "SendNotification", { confirmedBy: { by: "answer" } });
  expect(short(facts(typing, acknowledged))).toEqual({ pending: [], settled: ["1: Done"] });
});

test("an answer that was lost settles nothing: it may or may not have been taken", () => {
  expect(short(facts(sent(1, "Send"), { type: "OperationUnanswered", key: 1 }))).toEqual({
    pending: ["Send: unanswered"],
    settled: [],
  });
});

test.each<[OperationFact, string]>([
  [{ type: "OperationRefused", key: 1 }, "Refused"],
  [{ type: "OperationConfirmed", key: 1 }, "Done"],
  [{ type: "OperationExpired", key: 1, outcome: "TimedOut" }, "TimedOut"],
  [{ type: "OperationExpired", key: 1, outcome: "LinkLost" }, "LinkLost"],
  [{ type: "OperationExpired", key: 1, outcome: "Stopped" }, "Stopped"],
])("%j settles its own operation as %s, whatever was answered before, and no other", (fact, outcome) => {
  const begun = [sent(1, "Send"), sent(2, "Reply")];
  for (const before of ["OperationAcknowledged", "OperationUnanswered"] as const) {
    const book = facts(...begun, { type: before, key: 1 }, fact);
    expect(short(book)).toEqual({ pending: ["Reply: sent"], settled: [`1: ${outcome}`] });
  }
});

test("a settled operation is listed once", () => {
  const book = facts(sent(1, "Send"), { type: "OperationConfirmed", key: 1 });
  expect(short(clearSettled(book)).settled).toEqual([]);
  expect(short(reduceOperation(book, sent(2, "Send"))).settled).toEqual([]);
  expect(short(reduceOperation(book, { type: "OperationConfirmed", key: 1 }))).toEqual({
    pending: [],
    settled: [],
  });
  expect(
    short(reduceOperation(book, { type: "OperationExpired", key: 1, outcome: "TimedOut" })).settled,
  ).toEqual([]);
});

test("a fact about an operation that is not pending changes nothing", () => {
  const book = facts(sent(1, "Send"));
  for (const type of [
    "OperationAcknowledged",
    "OperationRefused",
    "OperationConfirmed",
    "OperationUnanswered",
  ] as const) {
    expect(short(reduceOperation(book, { type, key: 99 }))).toEqual(short(book));
  }
});

test("a state that the server reports confirms exactly the operations that wait for it", () => {
  const book = facts(
    sent(1, "Accept", { confirmedBy: { by: "state", state: "Accepted" } }),
    sent(2, "Send"),
    sent(3, "Ready", { confirmedBy: { by: "state", state: "Ready" } }),
  );
  expect(short(confirmByState(book, "Accepted"))).toEqual({
    pending: ["Send: sent", "Ready: sent"],
    settled: ["1: Done"],
  });
  expect(short(confirmByState(book, "Invited"))).toEqual(short(book));
});

test("a later choice of readiness takes the place of the earlier ones it names, and of no other", () => {
  const book = facts(
    sent(1, "Ready"),
    sent(2, "Other"),
    sent(3, "NotReady", { supersedes: ["Ready", "NotReady"] }),
  );
  expect(short(book)).toEqual({ pending: ["Other: sent", "NotReady: sent"], settled: ["1: Superseded"] });
});

test("a fact that settles nothing leaves the operations the same object", () => {
  expect(clearSettled(noPendingOperations)).toBe(noPendingOperations);
  const book = facts(sent(1, "Send"));
  expect(clearSettled(book)).toBe(book);
  expect(confirmByState(book, "Accepted")).toBe(book);
});
