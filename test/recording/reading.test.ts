import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRecording, readRecording, replay } from "deskstate/recording";
import { oneOf } from "../../src/recording/schema.ts";
import { chat, email, joined, said, transcript } from "../desk/hand-desk.ts";
import { recordedDesk } from "./recorded-desk.ts";

async function someRecording(): Promise<string[]> {
  const { desk, notify, acknowledge, clock, recorder } = await recordedDesk();
  notify(email("e", "Invited"), chat("c", "Invited"));
  clock.advance(1000);
  void desk.interaction("e")?.actions.Accept?.();
  await acknowledge();
  notify(email("e", "Accepted"), chat("c", "Accepted", transcript(3, ...joined, said(3, "c", "Hello"))));
  clock.advance(1000);
  notify({ state: "Invited" }, email("e", "Completed"));
  return recorder.text.trimEnd().split("\n");
}

const textOf = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

describe("a recording that is damaged", () => {
  test("in its last line, cut off, is read up to there and replays", async () => {
    const lines = await someRecording();
    const text = textOf(lines);
    const recording = readRecording(text.slice(0, -20));
    expect(recording.problem).toEqual({
      code: "truncated",
      line: lines.length,
      message: `Line ${lines.length}, the last one, is cut off.`,
    });
    expect(recording.entries).toHaveLength(lines.length - 2);
    const replayed = replay(recording);
    await replayed.end();
    expect(replayed.desk.interaction("e")?.state).toBe("Accepted");
  });

  test("in the middle is reported with its line, which is not quoted", async () => {
    const lines = await someRecording();
    const { problem, entries } = readRecording(textOf(lines.with(4, '{"seq":4,"secret')));
    expect(problem).toEqual({
      code: "corrupted",
      line: 5,
      message: "Line 5 is not an entry of a recording.",
    });
    expect(entries).toHaveLength(3);
  });

  test.each([
    ["a line that is missing", (lines: string[]) => lines.toSpliced(5, 1)],
    ["a line that is there twice", (lines: string[]) => lines.toSpliced(5, 0, lines[4]!)],
    ["lines in another order", (lines: string[]) => lines.with(5, lines[6]!).with(6, lines[5]!)],
  ])("by %s is out of order", async (_, damage) => {
    const { problem, entries } = readRecording(textOf(damage(await someRecording())));
    expect(problem).toMatchObject({ code: "out-of-order", line: 6 });
    expect(entries).toHaveLength(4);
  });

  test("by a beginning that is missing is out of order, unless it begins with a checkpoint", async () => {
    const lines = await someRecording();
    expect(readRecording(textOf(lines.toSpliced(1, 1))).problem).toMatchObject({
      code: "out-of-order",
      line: 2,
    });
  });

  test("keeps what was readable also when it ends without a newline", async () => {
    const lines = await someRecording();
    const recording = readRecording(lines.join("\n"));
    expect(recording.problem).toBeUndefined();
    expect(recording.entries).toHaveLength(lines.length - 1);
  });
});

test.each([
  ["", "not-a-recording"],
  ["\n", "not-a-recording"],
  ["[1, 2]", "not-a-recording"],
  ['{"format":"something else"}\n', "not-a-recording"],
  ["null\n", "not-a-recording"],
  ['{"format":"deskstate-recording","version":3,"dialect":"x"}\n', "unknown-version"],
  ['{"format":"deskstate-recording"}\n', "unknown-version"],
  ['{"format":"deskstate-recording","version":2}\n', "corrupted"],
])("%j is no recording that can be read", (text, code) => {
  const { header, entries, problem } = readRecording(text);
  expect({ header, entries, problem }).toMatchObject({
    header: undefined,
    entries: [],
    problem: { code, line: 1 },
  });
  expect(() => replay(text)).toThrow(problem?.message);
});

test("a recording is recognized by its first line, however the rest is damaged", async () => {
  const lines = await someRecording();
  expect(isRecording(textOf(lines))).toBe(true);
  expect(isRecording(`\uFEFF${lines[0]!.replace('"version":2', '"version":99')}`)).toBe(true);
  expect(isRecording('[{"data":{}}]')).toBe(false);
});

const header = {
  format: "deskstate-recording",
  version: 2,
  dialect: "gws-8.5.1",
  startedAt: 0,
  redaction: "clear",
  keepEnded: 10,
};

test.each([
  { type: "start" },
  { type: "start", channels: "email" },
  { type: "__proto__" },
  { type: "constructor" },
  { type: "perform", on: {}, operation: "Accept", parameters: {} },
  { type: "perform", on: { id: "x" }, operation: "Accept", parameters: [] },
  { type: "disconnected", lossReason: "because" },
  { type: "disconnected", lossReason: "constructor" },
  { type: "disconnected", lossReason: null },
  { type: "stopped", reason: "stop" },
  { type: "answer", of: "1", answer: { kind: "acknowledged" } },
  { type: "answer", of: 1, answer: { kind: "maybe" } },
  { type: "facts", facts: [{ about: "interaction", id: 7, change: "Invited", known: {} }], anomalies: [] },
  { type: "list" },
  { type: "frame" },
  { type: "checkpoint" },
  { type: "start", channels: [], in: [1] },
  { type: "start", channels: [], t: null },
  "text",
  null,
])("an entry such as %j is none", (entry) => {
  const stamped = typeof entry === "object" && entry !== null ? { seq: 1, t: 0, ...entry } : entry;
  const { problem } = readRecording(textOf([JSON.stringify(header), JSON.stringify(stamped)]));
  expect(problem).toMatchObject({ code: "corrupted", line: 2 });
});

test("a closed list that lacks a word, or has one that is none, does not compile", () => {
  const { fault } = oneOf<"a" | "b">()("a b");
  const words = ["a", "b", "c", "toString", null, undefined, ["a"]];
  expect(words.map((word) => fault(word) === undefined)).toEqual([
    true,
    true,
    ...Array<boolean>(5).fill(false),
  ]);
  // @ts-expect-error "b" is missing
  oneOf<"a" | "b">()("a");
  // @ts-expect-error "c" is none
  oneOf<"a" | "b">()("a b c");
});

test("entries that refer to nothing are reported as differences, and end nothing", async () => {
  const entries = [
    { type: "connected", isAcknowledging: true },
    { type: "answer", of: 77, answer: { kind: "acknowledged" } },
    { type: "timer", name: "timeout", of: 12 },
    { type: "timer", name: "__proto__" },
    { type: "perform", on: { id: "unknown" }, operation: "Accept", parameters: {} },
    { type: "perform", on: { channel: "__proto__" }, operation: "constructor", parameters: {} },
    { type: "dismiss", id: "unknown" },
    { type: "outcome", of: 99, outcome: { operation: "Send", outcome: "Done" } },
    { type: "list", bodies: ["x", null, 5] },
    { type: "checkpoint", ...emptyCheckpoint },
    { type: "stop", in: [4, 4] },
    {
      type: "frame",
      frame: JSON.parse('{"__proto__":{"polluted":1},"data":{"__proto__":[],"id":"x"}}') as unknown,
    },
    { type: "start", channels: ["email"] },
  ].map((entry, index) => ({ seq: index + 1, t: index, ...entry }));
  const replayed = replay(textOf([header, ...entries].map((line) => JSON.stringify(line))));
  expect(replayed.recording.problem).toBeUndefined();
  await replayed.end();
  expect(replayed.isAtEnd).toBe(true);
  expect(replayed.differences.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  expect(replayed.desk.connection.state).toBe("Connecting");
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

const emptyCheckpoint = {
  started: ["email"],
  isQuiet: true,
  lastRead: 0,
  connection: { state: "Live", lossReason: null, failures: 0, isAcknowledging: true, stopReason: null },
  facts: [],
  invited: [],
  endings: [],
  dismissed: [],
  pending: [],
};

test("a checkpoint that contradicts itself, or names what is not there, ends nothing", async () => {
  const checkpoint = {
    ...emptyCheckpoint,
    facts: [
      { about: "interaction", id: "a", channel: "email", change: "Missing", capabilities: [], known: {} },
      { about: "interaction", id: "a", channel: "chat", change: "Invited", known: {} },
      { about: "channel", change: "Ready", reason: null },
    ],
    invited: ["unknown", "a"],
    endings: [
      { id: "a", outcome: "Rejected" },
      { id: "b", outcome: "Nonsense" },
    ],
    dismissed: ["a", "z"],
    pending: [
      {
        of: 5,
        on: { id: "unknown" },
        operation: "Accept",
        parameters: {},
        phase: "acknowledged",
        sends: 1e9,
      },
      {
        of: 5,
        on: { channel: "email" },
        operation: "Ready",
        parameters: {},
        phase: "unanswered",
        sends: 1e9,
      },
    ].map((one) => ({ ...one, isToRepeat: true, isOverdue: true })),
  };
  const entries = [{ seq: 9, t: 5, type: "checkpoint", ...checkpoint }];
  const replayed = replay(textOf([header, ...entries].map((line) => JSON.stringify(line))));
  expect(replayed.recording.problem).toBeUndefined();
  await replayed.end();
  expect(replayed.desk.connection.state).toBe("Live");
});

test("whatever a recording is made into, reading and replaying it ends, and throws nothing", async () => {
  const lines = await someRecording();
  const anyLine = fc.nat({ max: lines.length - 2 }).map((index) => index + 1);
  const damage = fc.oneof(
    fc.record({ line: anyLine, with: fc.json() }),
    fc.record({ line: anyLine, at: fc.nat({ max: 400 }), with: fc.string({ maxLength: 3 }) }),
    fc.record({
      line: anyLine,
      key: fc.constantFrom("type", "of", "in", "on", "frame", "t"),
      value: fc.jsonValue(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
      const damaged = [...lines];
      for (const one of damages) {
        const line = damaged[one.line]!;
        if ("key" in one) {
          try {
            damaged[one.line] = JSON.stringify({ ...(JSON.parse(line) as object), [one.key]: one.value });
          } catch {
            // Damaged by another one before.
          }
        } else if ("at" in one) damaged[one.line] = line.slice(0, one.at) + one.with + line.slice(one.at + 1);
        else damaged[one.line] = one.with;
      }
      const recording = readRecording(textOf(damaged));
      const replayed = replay(recording);
      await replayed.end();
      expect(replayed.isAtEnd).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("a huge line and a deep one are a line like any other", async () => {
  const frame = { data: { id: "x".repeat(2_000_000), state: "Invited" } };
  const deep = `${'{"data":'.repeat(50_000)}1${"}".repeat(50_000)}`;
  const lines = [
    JSON.stringify(header),
    JSON.stringify({ seq: 1, t: 0, type: "start", channels: [] }),
    JSON.stringify({ seq: 2, t: 0, type: "frame", frame }),
    `{"seq":3,"t":0,"type":"frame","frame":${deep}}`,
  ];
  const recording = readRecording(textOf(lines));
  const replayed = replay(recording);
  await replayed.end();
  expect(replayed.isAtEnd).toBe(true);
  expect(replayed.anomalies.length).toBeGreaterThan(0);
});
