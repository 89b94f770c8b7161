import { replay, type Entry, type EntryShapes } from "deskstate/recording";
import { expect, test } from "vitest";
import { clockText } from "../../demo/clock-text.ts";
import { entryWords, stepWords } from "../../demo/recording/entry-words.ts";
import { stepsOf } from "../../demo/recording/steps.ts";
import { timeText } from "../../demo/recording/time-text.ts";
import { readSome } from "./some-recording.ts";

test("each step is said in words, by what is known of the desk by then", async () => {
  const recording = await readSome();
  const { desk, step } = replay(recording);
  const words: string[] = [];
  for (const one of stepsOf(recording.entries)) {
    await step();
    words.push(stepWords(one, recording, desk));
  }
  expect(words).toEqual([
    "The desk was started with email and chat",
    "The link is connected",
    "The server’s list was read",
    "Email “zoe@mail.example: A puncture”: invited",
    "Accept asked for: Email “zoe@mail.example: A puncture”",
    "Accept: the server has passed it on",
    "Email “zoe@mail.example: A puncture”: accepted · Accept: done",
    "Something odd: No rule reads this message.",
    "Chat “Help”: invited",
    "Chat “Mia: Help”: accepted",
    "Chat “Mia: Help”: properties changed",
    "Email “zoe@mail.example: A puncture”: completed",
  ]);
});

test("an entry of any type has words", () => {
  const desk = { interaction: () => undefined };
  const words = (
    entry: { [Type in keyof EntryShapes]: { type: Type } & Partial<EntryShapes[Type]> }[keyof EntryShapes],
  ) => entryWords({ seq: 1, t: 0, ...entry } as Entry, { desk, entries: [] });
  const outcome = { operation: "Send", outcome: "Refused", code: 4 } as const;
  expect([
    words({ type: "stop" }),
    words({ type: "dismiss", id: "e" }),
    words({ type: "channel", name: "chat" }),
    words({ type: "disconnected", lossReason: "silence" }),
    words({ type: "stopped", reason: "authentication-failed" }),
    words({ type: "anomaly", anomaly: { code: "watchdog", message: "It went silent." } }),
    words({ type: "list", failed: true }),
    words({ type: "perform", on: { channel: "chat" }, operation: "Ready", notAllowed: "not-live" }),
    words({ type: "answer", of: 7, answer: { kind: "unanswered" } }),
    words({ type: "timer", name: "retry" }),
    words({ type: "timer", name: "timeout", of: 7 }),
    words({ type: "listenerFailed" }),
    words({ type: "outcome", of: 7, outcome }),
    words({ type: "checkpoint" }),
    words({ type: "facts", facts: [], anomalies: [] }),
  ]).toEqual([
    "The desk was stopped",
    "Interaction e was dismissed",
    "The desk was asked for its channel chat",
    "The connection was lost: the connection went silent",
    "The link stopped: authentication-failed",
    "Something odd: It went silent.",
    "The server’s list could not be read",
    "Ready asked for: Chat, which is not possible: the desk is not live",
    "An operation from before: the server did not answer",
    "The server’s list is to be read again",
    "An operation from before was not confirmed in time",
    "An observer of the desk threw",
    "Send: refused by the server (code 4)",
    "The desk as it stood when this recording begins",
    "A message that tells of nothing",
  ]);
});

test("an answer is said with the operation that it answers, also in a recording that lost its beginning", async () => {
  const { entries } = await readSome();
  const moved = entries.map((entry) => ({
    ...entry,
    seq: entry.seq + 40,
    ...("of" in entry && entry.of !== undefined && { of: entry.of + 40 }),
  }));
  const answer = moved.find(({ type }) => type === "answer");
  const desk = { interaction: () => undefined };
  expect(entryWords(answer!, { desk, entries: moved })).toBe("Accept: the server has passed it on");
});

test("a time that a file names and that is none is not shown", () => {
  expect([1e300, Number.NaN].map(clockText)).toEqual(["", ""]);
  expect(clockText(0)).toMatch(/^\d\d:\d\d:\d\d$/);
});

test("times since the beginning are said in tenths of a second", () => {
  expect([0, 99, 7_340, 62_000, 3_727_300].map(timeText)).toEqual([
    "0:00.0",
    "0:00.0",
    "0:07.3",
    "1:02.0",
    "1:02:07.3",
  ]);
});
