import { expect, test } from "vitest";
import { findWords } from "../../scripts/words/find-words.ts";

const wordsIn = (text: string, file = "planted.ts") => findWords(file, text).map(({ words }) => words);

test.for([
  ["/** What a log needs. */ const a = 1;", "/ What"],
  ["/** Has it ended? */ const a = 1;", "ended?"],
  ["// The link tells the desk.", "tells"],
  ["const text = 'Nobody is signed in.';", "Nobody"],
  ["const toldFacts = [];", "told"],
  ["function hasHeard() {}", "Heard"],
  ["class A { mostBytes = 1; }", "most"],
  ["class A { #patience = 1; }", "patience"],
  ["function say() {}", "say"],
  ["test('a chat is so already', run);", "is so already"],
  ["const a = <p>It was odd.</p>;", "odd"],
  ["// Sent at once.", "at once"],
  ["// The agent and his desk.", "his"],
] as const)("%s has a word of the list", ([code, words]) => {
  expect(wordsIn(code, code.includes("<p>") ? "planted.tsx" : "planted.ts")).toContain(words);
});

test.for([
  "/** Whether the interaction ended. */ const hasEnded = true;",
  "// At most ten, at least one; instead of the oldest.",
  "const foretold = almost + modders;",
  'import { x } from "./told.ts";',
  "fail('Wrong password.');",
])("%s has none", (code) => {
  expect(wordsIn(code)).toEqual([]);
});

test("pages and components are read whole, and a finding names its line", () => {
  expect(findWords("page.md", "# Desk\n\nIt is told.")).toEqual([
    { line: 3, words: "told", advice: expect.any(String) as string },
  ]);
});
