import { expect, test } from "vitest";
import { DeskError } from "../../src/index.ts";
import { checkParameters, type ParameterKind, type ParameterRules } from "../../src/domain/parameters.ts";

const of = (kind: ParameterKind, presence: "required" | "optional" = "required"): ParameterRules => ({
  it: { kind, presence },
});

function failure(rules: ParameterRules, given: unknown): string {
  let thrown: unknown;
  try {
    checkParameters("Send", rules, given);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(DeskError);
  expect(thrown).toMatchObject({ code: "invalid-arguments", operation: "Send", retryable: false });
  return (thrown as DeskError).message;
}

const long = "x".repeat(257);
const words = ["TypingStarted", "TypingStopped"] as const;

test.each<[ParameterKind, unknown]>([
  ["text", "a"],
  ["text", "\r\n\u0000 any text"],
  ["text", "x".repeat(100_000)],
  ["name", "a"],
  ["name", "PegAG?: 2>1"],
  ["name", "x".repeat(256)],
  ["names", ["a"]],
  ["names", ["__proto__", "constructor"]],
  ["entries", { a: "text", b: 1, c: true, d: null }],
  [words, "TypingStopped"],
])("%j takes %j", (kind, it) => {
  expect(checkParameters("Send", of(kind), { it })).toEqual({ it });
});

const expected = {
  text: "text that is not empty",
  name: "a text of 1 to 256 characters without control characters",
  names: "a list of at least one name",
  entries: "an object of text, numbers, booleans or null, with at least one key",
  words: "one of TypingStarted, TypingStopped",
};

test.each<[keyof typeof expected, unknown, string]>([
  ["text", "", "text"],
  ["text", 5, "a number"],
  ["text", null, "null"],
  ["text", undefined, "undefined"],
  ["name", "", "text"],
  ["name", long, "text"],
  ["name", "a\nb", "text"],
  ["name", ["a"], "a list"],
  ["names", [], "a list"],
  ["names", "a", '"a"'],
  ["names", ["a", ""], "a list"],
  ["names", ["a", 1], "a list"],
  ["names", { 0: "a", length: 1 }, "an object"],
  ["entries", {}, "an object"],
  ["entries", [], "a list"],
  ["entries", { a: undefined }, "an object"],
  ["entries", { a: {} }, "an object"],
  ["entries", { a: NaN }, "an object"],
  ["entries", { a: () => {} }, "an object"],
  ["entries", "a", '"a"'],
  ["entries", () => {}, "function"],
  ["words", "Typing", '"Typing"'],
  ["words", "typingstarted", '"typingstarted"'],
  ["words", 0, "a number"],
])("%s does not take %j: the message names what was expected", (kind, it, got) => {
  expect(failure(of(kind === "words" ? words : kind), { it })).toBe(
    `Send was not sent: "it" must be ${expected[kind]}, but it is ${got}.`,
  );
});

test.each([null, "text", 5, true, ["text"], Symbol("x"), () => {}])(
  "arguments must be one object, not %s",
  (given) => {
    expect(failure(of("text"), given)).toMatch(
      /^Send was not sent: its arguments must be one object, but they are .+\.$/,
    );
  },
);

test("an argument that the operation does not have is refused, and those it has are named", () => {
  expect(failure(of("text"), { it: "a", txt: "b" })).toBe(
    'Send was not sent: it has no argument "txt". It takes it.',
  );
  expect(failure({}, { text: "a" })).toBe('Send was not sent: it has no argument "text". It takes none.');
  for (const name of ["__proto__", "constructor", "toString"]) {
    const given = JSON.parse(`{"it":"a",${JSON.stringify(name)}:"b"}`) as object;
    expect(failure(of("text"), given)).toContain(`it has no argument "${name}"`);
  }
});

test("an optional argument may be absent or undefined, but not invalid", () => {
  const rules = of("name", "optional");
  for (const given of [undefined, {}, { it: undefined }]) {
    expect(Object.keys(checkParameters("Send", rules, given))).toEqual([]);
  }
  expect(failure(rules, { it: null })).toContain("must be a text of 1 to 256 characters");
});

test("of alternatives exactly one must be given", () => {
  const rules: ParameterRules = {
    targetUri: { kind: "name", presence: "one" },
    queueName: { kind: "name", presence: "one" },
  };
  expect(checkParameters("Send", rules, { queueName: "q" })).toEqual({ queueName: "q" });
  const message = "Send was not sent: give exactly one of targetUri, queueName.";
  expect(failure(rules, {})).toBe(message);
  expect(failure(rules, undefined)).toBe(message);
  expect(failure(rules, { targetUri: "a", queueName: "q" })).toBe(message);
});

test("the checked parameters are a copy that no caller can change", () => {
  const given = { userData: { a: "1" }, keys: ["a"] };
  const rules: ParameterRules = {
    userData: { kind: "entries", presence: "required" },
    keys: { kind: "names", presence: "required" },
  };
  const checked = checkParameters("Send", rules, given);
  given.userData.a = "2";
  given.keys.push("b");
  expect(checked).toEqual({ userData: { a: "1" }, keys: ["a"] });
  expect([checked, checked["userData"], checked["keys"]].every((part) => Object.isFrozen(part))).toBe(true);
  expect([Object.getPrototypeOf(checked), Object.getPrototypeOf(checked["userData"])]).toEqual([null, null]);
});

test("entries keep a key called __proto__ as a key", () => {
  const given = JSON.parse('{"it":{"__proto__":"x"}}') as object;
  const { it } = checkParameters("Send", of("entries"), given);
  expect(JSON.stringify(it)).toBe('{"__proto__":"x"}');
  expect(failure(of("entries"), JSON.parse('{"it":{"__proto__":{"polluted":1}}}'))).toContain('"it" must be');
  expect("polluted" in {}).toBe(false);
});

test("a message names the type of an invalid argument and quotes at most one short word", () => {
  expect(failure(of("name"), { it: "my secret\n" })).not.toContain("secret");
  expect(failure(of("entries"), { it: "card 4711 0815" })).not.toContain("4711");
  expect(failure(of(words), { it: "x".repeat(41) })).not.toContain("xxx");
});
