import { expect, test } from "vitest";
import { gws851 } from "../../src/links/gws/index.ts";
import { excludes, isKnownCapability } from "../../src/domain/operation.ts";

const chat = gws851.rules.interaction.get("chat")!;
const email = gws851.rules.interaction.get("email")!;

test("what ends an interaction keeps every other operation from being performed, but not itself", () => {
  const reject = chat.get("Reject")!;
  const others = [...chat.keys()].filter((operation) => operation !== "Reject");
  expect(others.filter((other) => !excludes(reject, other))).toEqual([]);
  expect(excludes(reject, "Reject")).toBe(false);
});

test("an operation that names what it excludes keeps from those alone", () => {
  const reply = email.get("Reply")!;
  expect([...email.keys()].filter((other) => excludes(reply, other))).toEqual(["ReplyAll"]);
  const send = chat.get("Send")!;
  expect([...chat.keys()].filter((other) => excludes(send, other))).toEqual([]);
});

test("a capability is known when an operation needs it, whatever that operation is called", () => {
  expect(["Send", "Reject", "LeaveChat"].map((capability) => isKnownCapability(chat, capability))).toEqual([
    true,
    true,
    true,
  ]);
  expect(
    ["SendNotification", "Reply", "constructor", ""].map((name) => isKnownCapability(chat, name)),
  ).toEqual([false, false, false, false]);
});
