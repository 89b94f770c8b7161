import { expect, test } from "vitest";
import { record, replay, type Recorder, type RecordOptions, type Replay } from "deskstate/recording";
import { digest, digestOfState, patternOf } from "./digest.ts";
import { RandomRun, type RandomRunOptions } from "./random-run.ts";

// DESKSTATE_RUNS=5000 runs more of them, DESKSTATE_SEED=7 runs one of them again.
const { DESKSTATE_RUNS: count = "20", DESKSTATE_SEED: only } = process.env;
const seeds =
  only === undefined ? Array.from({ length: Number(count) }, (_, index) => index + 1) : [Number(only)];
const limit = { timeout: 30_000 + seeds.length * 2000 };

/** Checks one seed after the other; a failure names the seed with which it can be run again. */
async function forEach(some: readonly number[], check: (seed: number) => Promise<void>): Promise<void> {
  for (const seed of some) {
    try {
      await check(seed);
    } catch (error) {
      if (error instanceof Error) error.message = `DESKSTATE_SEED=${seed}: ${error.message}`;
      throw error;
    }
  }
}

interface Recorded {
  readonly run: RandomRun;
  readonly recorder: Recorder;
  /** The digest of the desk before each event, and at the end. */
  readonly seen: readonly string[];
}

async function recordRun(
  options: RandomRunOptions,
  recording: RecordOptions,
  see: (run: RandomRun) => string,
): Promise<Recorded> {
  const run = new RandomRun(options);
  const seen: string[] = [];
  run.desk.journal.subscribe(({ nesting: depth }) => {
    if (depth === 0) seen.push(see(run));
  });
  const recorder = record(run.desk, recording);
  await run.run();
  seen.push(see(run));
  expect({ seed: options.seed, failure: recorder.failure }).toEqual({
    seed: options.seed,
    failure: undefined,
  });
  return { run, recorder, seen };
}

/** Replays step by step; what can be seen must be the same before each. @returns the replay at its end. */
async function expectSame(
  text: string,
  seen: readonly string[],
  see: (replay: Replay) => string,
  seed: number,
) {
  const replayed = replay(text);
  expect(replayed.recording.problem).toBeUndefined();
  for (const before of seen) {
    const { seq } = replayed.position;
    const name = `DESKSTATE_SEED=${seed}, after entry ${seq}`;
    expect(`${name} ${see(replayed)}`).toBe(`${name} ${before}`);
    await replayed.step();
  }
  expect(replayed.isAtEnd).toBe(true);
  expect(replayed.differences).toEqual([]);
  return replayed;
}

test("whatever happens to a desk, its recording replays to the same at every step", limit, async () => {
  let [steps, nested, operations, anomalies] = [0, 0, 0, 0];
  await forEach(seeds, async (seed) => {
    const { run, recorder, seen } = await recordRun({ seed }, { includeCustomerData: true }, ({ desk }) =>
      digest(desk),
    );
    const replayed = await expectSame(recorder.text, seen, ({ desk }) => digest(desk), seed);
    const settled = replayed.outcomes.filter(({ outcome }) => outcome !== "NotAllowed");
    const recorded = replayed.recording.entries.flatMap((entry) =>
      entry.type === "outcome" ? [{ of: entry.of, ...entry.outcome }] : [],
    );
    expect({ seed, settled }).toEqual({ seed, settled: recorded });
    // An application receives them when it has its turn, and together those that an edit of user data needed.
    const outcomes = replayed.outcomes.map((outcome) => JSON.stringify({ ...outcome, of: undefined }));
    expect(outcomes).toEqual(expect.arrayContaining(run.outcomes.map((outcome) => JSON.stringify(outcome))));
    steps += seen.length;
    nested += run.nested;
    operations += run.outcomes.length;
    anomalies += run.desk.anomalies.total();
  });
  // Where nothing happens nothing is proved.
  if (only !== undefined) return;
  expect(steps).toBeGreaterThan(seeds.length * 60);
  expect(nested).toBeGreaterThan(seeds.length * 2);
  expect(operations).toBeGreaterThan(seeds.length * 2);
  expect(anomalies).toBeGreaterThan(seeds.length * 5);
});

test("a redacted recording replays to the same states at every step, without the texts", limit, async () => {
  await forEach(seeds.slice(0, seeds.length / 3 + 1), async (seed) => {
    const recording = seed % 2 === 0 ? {} : { pseudonyms: "a secret" };
    const { recorder, seen } = await recordRun({ seed }, recording, ({ desk }) => patternOf(desk));
    expect(recorder.text).not.toMatch(/Hello|b\.example|Mia|Subject/);
    await expectSame(recorder.text, seen, ({ desk }) => patternOf(desk), seed);
  });
});

test("a buffer that dropped its beginning replays to the same end", limit, async () => {
  let [dropped, exact] = [0, 0];
  await forEach(seeds, async (seed) => {
    const recording = { maxCharacters: 20_000, includeCustomerData: seed % 2 === 0 };
    const see = seed % 2 === 0 ? digestOfState : () => "";
    const { run, recorder, seen } = await recordRun({ seed, isPlain: true }, recording, ({ desk }) =>
      see(desk),
    );
    const { text } = recorder;
    expect(text.length).toBeLessThan(60_000);
    const replayed = replay(text);
    await replayed.end();
    expect(replayed.recording.problem).toBeUndefined();
    const [first] = replayed.recording.entries;
    if (first?.type === "checkpoint") dropped++;
    // When the bound was reached while a list was read.
    if (first?.type === "checkpoint" && !first.isQuiet) return;
    exact++;
    expect({ seed, differences: replayed.differences }).toEqual({ seed, differences: [] });
    expect(`DESKSTATE_SEED=${seed} ${see(replayed.desk)}`).toBe(`DESKSTATE_SEED=${seed} ${seen.at(-1)}`);
    expect(replayed.desk.connection.state).toBe(run.desk.connection.state);
  });
  if (only !== undefined) return;
  expect(dropped).toBeGreaterThan(seeds.length / 4);
  expect(exact).toBeGreaterThan(seeds.length * 0.7);
});

test("a recorder that comes late records the desk as it stands, and all from then on", limit, async () => {
  let begun = 0;
  await forEach(seeds, async (seed) => {
    const run = new RandomRun({ seed, isPlain: true });
    let recorder: Recorder | undefined;
    await run.run((step) => {
      if (step === 5 + (seed % 60)) recorder = record(run.desk, { includeCustomerData: true });
    });
    const replayed = replay(recorder!.text);
    if (replayed.isAtEnd) return;
    begun++;
    await replayed.end();
    expect(`DESKSTATE_SEED=${seed} ${digestOfState(replayed.desk)}`).toBe(
      `DESKSTATE_SEED=${seed} ${digestOfState(run.desk)}`,
    );
  });
  if (only === undefined) expect(begun).toBeGreaterThan(seeds.length * 0.8);
});

test("a checkpoint at any moment is restored to the desk as it stood", limit, async () => {
  await forEach(seeds.slice(0, seeds.length / 4 + 1), async (seed) => {
    const run = new RandomRun({ seed });
    const taken: [text: string, seen: string][] = [];
    await run.run((step) => {
      if (step % 4 !== seed % 4) return;
      const recorder = record(run.desk, { includeCustomerData: true });
      void recorder.stop();
      if (recorder.text.includes("checkpoint")) taken.push([recorder.text, digestOfState(run.desk)]);
    });
    for (const [text, seen] of taken) {
      const replayed = replay(text);
      await replayed.step();
      expect(`DESKSTATE_SEED=${seed} ${digestOfState(replayed.desk)}`).toBe(`DESKSTATE_SEED=${seed} ${seen}`);
      expect(replayed.anomalies).toEqual([]);
    }
  });
});

test("an entry that is missing shows", limit, async () => {
  let noticed = 0;
  const some = seeds.slice(0, 10);
  await forEach(some, async (seed) => {
    const { recorder, seen } = await recordRun({ seed }, { includeCustomerData: true }, ({ desk }) =>
      digest(desk),
    );
    const lines = recorder.text.trimEnd().split("\n");
    const entries = lines.slice(1).map((line) => JSON.parse(line) as { seq: number; type: string });
    const causes = entries.filter(({ type }) => type === "frame" || type === "facts" || type === "list");
    const missing = causes[Math.floor(causes.length / 2)]!.seq;
    const { header, entries: all } = replay(recorder.text).recording;
    const replayed = replay({
      header,
      entries: all.filter(({ seq }) => seq !== missing),
      problem: undefined,
    });
    await replayed.end();
    if (digest(replayed.desk) !== seen.at(-1) || replayed.differences.length > 0) noticed++;
  });
  // Some entries repeat an earlier one.
  expect(noticed).toBeGreaterThan(only === undefined ? some.length / 2 : -1);
});
