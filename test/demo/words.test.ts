import { expect, test } from "vitest";
import { endingWords, inWords, outcomeWords } from "../../demo/desk/words.ts";

test("a refusal tells the server's code and words", () => {
  const refused = { operation: "Send", outcome: "Refused", code: 4, message: "Not you." } as const;
  expect(outcomeWords(refused)).toEqual({ text: "refused by the server (code 4): Not you.", tone: "bad" });
});

test("what was not allowed tells why", () => {
  const notAllowed = { operation: "Send", outcome: "NotAllowed", reason: "not-live" } as const;
  expect(outcomeWords(notAllowed).text).toBe("not possible: the desk is not live");
});

test("what is done needs no details", () => {
  expect(outcomeWords({ operation: "Send", outcome: "Done", code: 0, message: "OK" }).text).toBe("done");
});

test("only what the agent did not end is told as an ending", () => {
  expect(endingWords("Revoked")).toContain("took it away");
  expect(endingWords("Gone")).toContain("no more");
  expect(endingWords("Completed")).toBeUndefined();
});

test("names of the server become words", () => {
  expect(inWords("StopProcessing")).toBe("Stop processing");
  expect(inWords("NotReady")).toBe("Not ready");
  expect(inWords("email")).toBe("Email");
});
