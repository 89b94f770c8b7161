import { gws851 } from "deskstate/gws";
import { expect, test } from "vitest";
import { fieldsOf, needsNothing, parametersFrom } from "../../demo/desk/operation-fields.ts";

function parametersOf(channel: string, operation: string) {
  const rule = gws851.rules.interaction.get(channel)?.get(operation);
  if (rule === undefined) throw new Error(`There is no ${operation}.`);
  return rule.parameters;
}

test("parameters of which exactly one counts share a field", () => {
  expect(fieldsOf(parametersOf("email", "SingleStepTransfer"))).toEqual([
    { names: ["targetUri", "queueName"], isRequired: true, words: undefined },
  ]);
});

test("a parameter with a closed list of words offers them", () => {
  expect(fieldsOf(parametersOf("chat", "SendNotification"))).toEqual([
    { names: ["noticeType"], isRequired: true, words: ["TypingStarted", "TypingStopped"] },
  ]);
});

test("an operation whose parameters may all be left out needs no form", () => {
  expect(needsNothing(parametersOf("email", "Reply"))).toBe(true);
  expect(needsNothing(parametersOf("email", "StopProcessing"))).toBe(true);
  expect(needsNothing(parametersOf("email", "PlaceInWorkbin"))).toBe(false);
  expect(needsNothing(parametersOf("email", "SingleStepTransfer"))).toBe(false);
});

test("empty fields are omitted, and names are separated by commas", () => {
  const send = parametersOf("email", "Send");
  const values = [
    { name: "text", text: " Hello " },
    { name: "cc", text: "  " },
  ];
  expect(parametersFrom(send, values)).toEqual({ text: "Hello" });
  expect(
    parametersFrom(parametersOf("email", "DeleteUserData"), [{ name: "keys", text: "a, b,, " }]),
  ).toEqual({ keys: ["a", "b"] });
});
