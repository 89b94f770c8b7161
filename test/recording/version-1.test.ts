import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { readRecording, record, replay } from "deskstate/recording";
import { digestOfState } from "./digest.ts";
import { pictureOf } from "./version-1-picture.ts";

const folder = new URL("./version-1/", import.meta.url);
const names = readdirSync(folder).flatMap((file) => /^(.*)\.jsonl$/.exec(file)?.[1] ?? []);
const textOf = (file: string): string => readFileSync(new URL(file, folder), "utf8");

test("there are recordings of version 1 of every kind of redaction, with and without a checkpoint", () => {
  const recordings = names.map((name) => readRecording(textOf(`${name}.jsonl`)));
  expect(new Set(recordings.map(({ header }) => header?.redaction))).toEqual(
    new Set(["clear", "masked", "pseudonyms"]),
  );
  const entries = recordings.flatMap((recording) => recording.entries);
  for (const type of ["checkpoint", "frame", "facts", "list", "listenerFailed", "dismiss", "stop", "timer"])
    expect(entries.some((entry) => entry.type === type)).toBe(true);
  expect(
    entries.filter((entry) => entry.type === "perform" && entry.in !== undefined).length,
  ).toBeGreaterThan(100);
});

test.each(names)(
  "the recording %s of version 1 replays to the states, records, transcripts and outcomes of its time",
  async (name) => {
    const replayed = replay(textOf(`${name}.jsonl`));
    expect(replayed.recording.problem).toBeUndefined();
    await replayed.end();
    expect(replayed.isAtEnd).toBe(true);
    expect(replayed.differences).toEqual([]);
    // What is undefined is left out, as it is in the file.
    expect(JSON.parse(JSON.stringify(pictureOf(replayed)))).toEqual(JSON.parse(textOf(`${name}.json`)));
  },
);

// docs/recording.md names these cases. A change that makes one exact moves its files to the folder above.
test.each([
  ["random-208-clear", ["connection"], []],
  ["random-216-clear", ["outcomes"], [47, 49]],
  ["random-250-clear", [], [43]],
  ["random-220-clear", ["channels"], []],
  [
    "random-110-clear",
    ["invitations", "interactions", "outcomes", "anomalies"],
    [13, 17, 18, 20, 24, 28, 29],
  ],
])(
  "the replay of %s, whose listeners acted within lists or stopped the desk, differs in %j",
  async (name, parts, seqs) => {
    const replayed = replay(textOf(`inexact/${name}.jsonl`));
    await replayed.end();
    expect(replayed.isAtEnd).toBe(true);
    const recorded = JSON.parse(textOf(`inexact/${name}.json`)) as Readonly<Record<string, unknown>>;
    const shown = JSON.parse(JSON.stringify(pictureOf(replayed))) as Readonly<Record<string, unknown>>;
    const differing = Object.keys(recorded).filter((part) => !isDeepStrictEqual(recorded[part], shown[part]));
    expect([differing, replayed.differences.map(({ seq }) => seq)]).toEqual([parts, seqs]);
  },
);

test("a replay of version 1 that is recorded becomes a recording of today's version", async () => {
  const replayed = replay(textOf("simulator-ana.jsonl"));
  const recorder = record(replayed.desk, { includeCustomerData: true });
  await replayed.end();
  const again = replay(recorder.text);
  await again.end();
  expect(again.recording.header?.version).toBe(2);
  expect(again.differences).toEqual([]);
  expect(digestOfState(again.desk)).toBe(digestOfState(replayed.desk));
});
