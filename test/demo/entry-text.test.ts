import { replay, type Entry, type EntryShapes } from "deskstate/recording";
import { expect, test } from "vitest";
import { clockText } from "../../demo/time-text.ts";
import { entryText, stepText } from "../../demo/recording/entry-text.ts";
import { stepsOf } from "../../demo/recording/replay-run.ts";
import { durationText } from "../../demo/time-text.ts";
import { readSome } from "./some-recording.ts";

test("each step has a text, with the names that the desk knows by then", async () => {
  const recording = await readSome();
  const { desk, step } = replay(recording);
  const words: string[] = [];
  for (const one of stepsOf(recording.entries)) {
    await step();
    words.push(stepText(one, recording, desk));
  }
  expect(words).toEqual([
    "The desk was started with email and chat",
    "The link is connected",
    "The server’s list was read",
    "Email “zoe@mail.example: A puncture”: invited",
    "Accept requested: Email “zoe@mail.example: A puncture”",
    "Accept: the server has passed it on",
    "Email “zoe@mail.example: A puncture”: accepted · Accept: done",
    "Anomaly: No rule reads this message.",
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
  ) => entryText({ seq: 1, t: 0, ...entry } as Entry, { desk, entries: [] });
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
    "The application read the channel chat",
    "The connection was lost: the connection went silent",
    "The link stopped: authentication-failed",
    "Anomaly: It went silent.",
    "The server’s list could not be read",
    "Ready requested: Chat, which is not possible: the desk is not live",
    "An earlier operation: the server did not answer",
    "The server’s list is to be read again",
    "An earlier operation was not confirmed in time",
    "A listener of the desk threw an error",
    "Send: refused by the server (code 4)",
    "The state of the desk when this recording begins",
    "A message without facts",
  ]);
});

test("the text of an answer names its operation, also in a recording that lost its beginning", async () => {
  const { entries } = await readSome();
  const moved = entries.map((entry) => ({
    ...entry,
    seq: entry.seq + 40,
    ...("of" in entry && entry.of !== undefined && { of: entry.of + 40 }),
  }));
  const answer = moved.find(({ type }) => type === "answer");
  const desk = { interaction: () => undefined };
  expect(entryText(answer!, { desk, entries: moved })).toBe("Accept: the server has passed it on");
});

test("a time that a file names and that is none is not shown", () => {
  expect([1e300, Number.NaN].map(clockText)).toEqual(["", ""]);
  expect(clockText(0)).toMatch(/^\d\d:\d\d:\d\d$/);
});

test("times since the beginning are shown in tenths of a second", () => {
  expect([0, 99, 7_340, 62_000, 3_727_300].map(durationText)).toEqual([
    "0:00.0",
    "0:00.0",
    "0:07.3",
    "1:02.0",
    "1:02:07.3",
  ]);
});
