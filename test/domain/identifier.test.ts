import fc from "fast-check";
import { expect, test } from "vitest";
import { isSafeId } from "../../src/domain/identifier.ts";
import { recordedInteraction, recordedNames } from "../recorded/read.ts";

test.each(recordedNames)("the id of %s is safe", (name) => {
  expect(isSafeId(recordedInteraction(name)["id"] as string)).toBe(true);
});

test.each([
  "a",
  "0",
  "__proto__",
  "constructor",
  "...",
  "a?b",
  "a#b",
  "%2e%2e",
  "a b",
  "é",
  "😀",
  "a".repeat(256),
])("%j can be a segment of an address", (id) => {
  expect(isSafeId(id)).toBe(true);
});

test.each([
  "",
  ".",
  "..",
  "/",
  "a/b",
  "../../admin",
  "..\\..\\admin",
  "a\\b",
  "a\tb",
  "a\nb",
  "a\r\nHost: evil.example",
  "\u0000",
  "a\u001f",
  "\u007f",
  "\u0080",
  "\u009f",
  "\ud800",
  "a\ud800b",
  "\udc00",
  "\udc00\ud800",
  "😀\ud83d",
  "a".repeat(257),
])("%j cannot be a segment of an address", (id) => {
  expect(isSafeId(id)).toBe(false);
});

test("every safe id survives the way into a URL and back; no other one is let through", () => {
  const ids = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc
      .array(fc.constantFrom("/", "\\", ".", "%", "%2e", "?", "#", "\n", "\ud83d", "\ude00", "a"))
      .map((all) => all.join("")),
  );
  fc.assert(
    fc.property(ids, (id) => {
      if (!isSafeId(id)) return;
      const { pathname } = new URL(`https://gws.example/me/interactions/${encodeURIComponent(id)}`);
      const segments = pathname.split("/");
      expect(segments).toHaveLength(4);
      expect(decodeURIComponent(segments[3]!)).toBe(id);
    }),
    { numRuns: 5000 },
  );
});

test.each(["a", ".", "/", "\u0000", "\ud800", "%2e", "😀", " "])(
  "a hundred kilobytes of %j are refused without a search",
  (part) => {
    expect(isSafeId(part.repeat(100_000))).toBe(false);
  },
);
