import { expect, test } from "vitest";
import { assumptions } from "../../src/dialects/gws-8.5.1/assumptions.ts";
import type { OperationRule } from "../../src/index.ts";
import { gws851 } from "../../src/links/gws/index.ts";
import { recordedInteraction, recordedNames } from "../recorded/read.ts";

const { interaction: byChannel, channel: ofChannels } = gws851.rules;
const everyRule = [
  ...[...byChannel.values()].flatMap((table) => [...table.values()]),
  ...ofChannels.values(),
];

/** Returns what confirms an operation, in one word. */
function wordOf(confirmation: OperationRule["confirmedBy"]): string {
  if (confirmation.by === "state") return confirmation.state;
  return confirmation.by === "data" ? confirmation.shows : confirmation.by;
}

/** Operation: capability, operationName, what confirms it, what it ends as, what it excludes, may it be repeated. */
type Line = readonly [string | null, string, string, string | null, "all" | readonly string[], boolean];

const userData = {
  AttachUserData: ["AttachUserData", "AttachUserData", "user-data", null, [], true],
  UpdateUserData: ["UpdateUserData", "UpdateUserData", "user-data", null, [], true],
  DeleteUserData: ["DeleteUserData", "DeleteUserData", "user-data", null, [], true],
} satisfies Record<string, Line>;

const shared = {
  Accept: ["Accept", "Accept", "Accepted", null, ["Reject"], false],
  Reject: ["Reject", "Reject", "ending", "Rejected", "all", false],
  SingleStepTransfer: ["SingleStepTransfer", "Transfer", "ending", "Transferred", "all", false],
  PlaceInWorkbin: ["PlaceInWorkbin", "PlaceInWorkbin", "ending", "PlacedInWorkbin", "all", false],
  ...userData,
} satisfies Record<string, Line>;

const expected: Record<string, Record<string, Line>> = {
  email: {
    ...shared,
    StopProcessing: ["StopProcessing", "Complete", "ending", "Completed", "all", false],
    Reply: ["Reply", "Reply", "creation", null, ["ReplyAll"], false],
    ReplyAll: ["ReplyAll", "ReplyAll", "creation", null, ["Reply"], false],
    Send: ["Send", "Send", "ending", "Sent", "all", false],
    Cancel: ["Cancel", "Cancel", "ending", "Canceled", "all", false],
  },
  chat: {
    ...shared,
    StopProcessing: ["StopProcessing", "StopProcessing", "ending", "Completed", "all", false],
    Send: ["Send", "SendMessage", "echo", null, [], false],
    SendNotification: ["Send", "SendNotification", "answer", null, [], true],
    LeaveChat: ["LeaveChat", "LeaveChat", "withdrawal", "Left", "all", false],
    EndChatSession: ["EndChatSession", "EndChatSession", "withdrawal", "Completed", "all", false],
    SingleStepConference: ["SingleStepConference", "SingleStepConference", "party", null, [], false],
    RequestChatHistory: ["RequestChatHistory", "RequestChatHistory", "transcript", null, [], true],
  },
};

test.each(["email", "chat"])(
  "the table of %s lists how each operation is granted, confirmed and guarded",
  (channel) => {
    const table = byChannel.get(channel)!;
    expect([...table.keys()].toSorted()).toEqual(Object.keys(expected[channel]!).toSorted());
    for (const [operation, line] of Object.entries(expected[channel]!)) {
      const rule = table.get(operation)!;
      const { capability, operationName, confirmedBy, endsAs, excludes, isRepeatable } = rule;
      const confirmation = wordOf(confirmedBy);
      expect([operation, capability, operationName, confirmation, endsAs, excludes, isRepeatable]).toEqual([
        operation,
        ...line,
      ]);
    }
  },
);

test("a channel has two operations, of which the later choice takes the place of the earlier", () => {
  expect([...ofChannels.values()]).toMatchObject([
    {
      operation: "Ready",
      capability: null,
      confirmedBy: { by: "state", state: "Ready" },
      supersedes: ["NotReady"],
      isRepeatable: true,
    },
    {
      operation: "NotReady",
      capability: null,
      confirmedBy: { by: "state", state: "NotReady" },
      supersedes: ["Ready", "NotReady"],
      isRepeatable: true,
    },
  ]);
});

test.each(recordedNames)("each capability that %s grants has an operation of the same name", (name) => {
  const { channel, capabilities = [] } = recordedInteraction(name);
  for (const capability of capabilities as string[]) {
    expect(byChannel.get(channel as string)?.get(capability)).toMatchObject({
      operation: capability,
      capability,
    });
  }
});

test("a rule stands under its own name", () => {
  for (const table of [...byChannel.values(), ofChannels]) {
    for (const [operation, rule] of table) expect(rule.operation).toBe(operation);
  }
});

test("what is excluded, or superseded, is an operation of the same table", () => {
  for (const table of [...byChannel.values(), ofChannels]) {
    for (const { excludes, supersedes } of table.values()) {
      for (const other of [...(excludes === "all" ? [] : excludes), ...supersedes]) {
        expect(table.has(other)).toBe(true);
      }
    }
  }
});

test("what was assumed is about an operation of the table, in sentences", () => {
  for (const [channel, assumed] of Object.entries(assumptions)) {
    for (const [operation, text] of Object.entries(assumed)) {
      expect(byChannel.get(channel)!.has(operation)).toBe(true);
      expect(text).toMatch(/^[A-Z].*\.$/);
      expect(text.split(" ").length).toBeGreaterThan(4);
    }
  }
});

test("only what pages or recorded messages show stands without an assumption", () => {
  const certain = [...byChannel, ["channel", ofChannels] as const].flatMap(([channel, table]) =>
    [...table.keys()].filter((operation) => assumptions[channel]?.[operation] === undefined),
  );
  expect([...new Set(certain)]).toEqual(["Accept", "RequestChatHistory", "Ready", "NotReady"]);
});

test("whatever ends an interaction, or speaks to a customer, is never sent twice", () => {
  const once = everyRule.filter(
    ({ confirmedBy, endsAs }) =>
      endsAs !== null || ["echo", "creation", "party"].includes(wordOf(confirmedBy)),
  );
  expect(once.filter(({ isRepeatable }) => isRepeatable)).toEqual([]);
  expect(once.length).toBeGreaterThan(10);
});
