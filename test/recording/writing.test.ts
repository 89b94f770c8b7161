import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { readRecording, record, type LineWriter, type WriteFailure } from "deskstate/recording";
import { chat, email, settle } from "../desk/hand-desk.ts";
import { recordedDesk, type RecordedDesk } from "./recorded-desk.ts";

/** Something happens that the desk shows. */
function work({ desk, notify }: RecordedDesk, id = "e"): void {
  notify(email(id, "Invited"), email(id, "Accepted"));
  expect(desk.interaction(id)?.state).toBe("Accepted");
}

function entriesOf(text: string): readonly string[] {
  const { entries, problem } = readRecording(text);
  expect(problem).toBeUndefined();
  return entries.map(({ type }) => type);
}

test("a recording is written to a file line by line, the header first", async () => {
  const folder = mkdtempSync(join(tmpdir(), "deskstate-recording-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = createWriteStream(join(folder, "a.jsonl"));
  const run = await recordedDesk({ to: file });
  work(run);
  await run.recorder.stop();
  await new Promise<void>((resolve) => file.end(resolve));
  const text = readFileSync(join(folder, "a.jsonl"), "utf8");
  expect(entriesOf(text)).toEqual(["start", "connected", "list", "frame", "frame"]);
  expect(text.endsWith("}\n")).toBe(true);
  expect(run.recorder.text).toBe("");
  expect(file.listenerCount("drain") + file.listenerCount("error") + file.listenerCount("close")).toBe(0);
});

test("the writer of a WritableStream takes one after the other, as fast as it can", async () => {
  const taken: string[] = [];
  let max = 0;
  let underWay = 0;
  const stream = new WritableStream<string>({
    write: async (text) => {
      max = Math.max(max, ++underWay);
      await settle();
      taken.push(text);
      underWay--;
    },
  });
  const run = await recordedDesk({ to: stream.getWriter() });
  for (let index = 0; index < 50; index++) work(run, `e${index}`);
  await run.recorder.stop();
  expect(entriesOf(taken.join(""))).toHaveLength(103);
  expect(max).toBe(1);
  // What came while it was busy came together.
  expect(taken.length).toBeLessThan(20);
});

test("nothing is written to a stream that asked to wait, until it has drained", async () => {
  const taken: string[] = [];
  const listeners = new Map<string, () => void>();
  const to = {
    write: (text: string) => {
      taken.push(text);
      return false;
    },
    on: (event: string, listener: () => void) => listeners.set(event, listener),
  };
  const run = await recordedDesk({ to });
  work(run);
  expect(taken).toHaveLength(1);
  listeners.get("drain")?.();
  expect(taken).toHaveLength(2);
  work(run, "f");
  expect(taken).toHaveLength(2);
  listeners.get("drain")?.();
  listeners.get("drain")?.();
  expect(taken).toHaveLength(3);
  expect(entriesOf(taken.join(""))).toHaveLength(7);
});

test("a full stream of Node gets everything in the end", async () => {
  const taken: string[] = [];
  const done: (() => void)[] = [];
  const full = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _, callback) => {
      taken.push(chunk.toString());
      done.push(() => callback());
    },
  });
  const run = await recordedDesk({ to: full });
  work(run);
  expect(taken).toHaveLength(1);
  const stopped = run.recorder.stop();
  for (let turn = 0; turn < 5; turn++) {
    done.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await stopped;
  expect(entriesOf(taken.join(""))).toHaveLength(5);
});

describe("a recording that cannot be written any more ends, and the desk goes on:", () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write '/private/path'"), {
    code: "ENOSPC",
  });
  const writers: Record<string, () => { to: LineWriter; fail?: () => void }> = {
    "the disk is full": () => ({
      to: new Writable({ write: (_chunk, _encoding, callback) => callback(full) }),
    }),
    "the disk becomes full": () => {
      let count = 0;
      return { to: new Writable({ write: (_chunk, _, callback) => callback(count++ < 2 ? null : full) }) };
    },
    "it is closed": () => {
      const to = new Writable({ write: (_chunk, _, callback) => callback() });
      return { to, fail: () => to.destroy() };
    },
    "it is ended": () => {
      const to = new Writable({ write: (_chunk, _, callback) => callback() });
      return { to, fail: () => to.end() };
    },
    "it throws": () => ({
      to: {
        write: () => {
          throw full;
        },
      },
    }),
    "it rejects": () => ({ to: { write: () => Promise.reject(full) } }),
    "its stream is aborted": () => {
      const stream = new WritableStream<string>();
      const to = stream.getWriter();
      return { to, fail: () => void to.abort(full) };
    },
  };

  test.each(Object.keys(writers))("%s", async (name) => {
    const failures: WriteFailure[] = [];
    const { to, fail } = writers[name]!();
    const run = await recordedDesk({
      to,
      onFailure: (failure) => {
        failures.push(failure);
        throw new Error("The listener failed too.");
      },
    });
    fail?.();
    for (let index = 0; index < 5; index++) {
      work(run, `e${index}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(failures).toEqual([run.recorder.failure]);
    expect(failures[0]).toMatchObject({ code: "write-failed" });
    expect(failures[0]?.message).not.toContain("private");
    expect(run.desk.anomalies.total()).toBe(0);
    await run.recorder.stop();
    work(run, "after");
  });

  test("it is too slow for what has to wait", async () => {
    const failures: WriteFailure[] = [];
    const never = new Promise<void>(() => {});
    const run = await recordedDesk({
      to: { write: () => never },
      maxCharacters: 5000,
      onFailure: (failure) => failures.push(failure),
    });
    for (let index = 0; index < 30; index++) work(run, `e${index}`);
    expect(failures).toMatchObject([{ code: "too-slow" }]);
    await run.recorder.stop();
  });
});

test("why a file could not be written names the system's code alone", async () => {
  const run = await recordedDesk({
    to: { write: () => Promise.reject(Object.assign(new Error("/private"), { code: "ENOSPC" })) },
  });
  await settle();
  expect(run.recorder.failure?.message).toBe("The writer failed (ENOSPC); nothing more is written.");
});

/** A notification that differs from the others by its number. */
function update(number: number): object {
  return email("e0", "PropertiesChanged", { userData: { Subject: `Number ${number}` } });
}

/** The lengths of the checkpoints, and how many characters everything else has. */
function measure(text: string): { checkpoints: number[]; others: number } {
  const lines = text.trimEnd().split("\n").slice(1);
  const isCheckpoint = (line: string) => line.includes('"type":"checkpoint"');
  const length = (line: string) => line.length;
  return {
    checkpoints: lines.filter(isCheckpoint).map(length),
    others: lines.filter((line) => !isCheckpoint(line)).reduce((sum, line) => sum + line.length, 0),
  };
}

describe("a buffer", () => {
  test("keeps the latest, bounded however long the desk works, and begins with a checkpoint", async () => {
    const run = await recordedDesk({ maxCharacters: 30_000 });
    for (let index = 0; index < 300; index++) {
      work(run, `e${index}`);
      run.notify(email(`e${index}`, "Completed"));
      run.desk.interaction(`e${index}`)?.dismiss();
      expect(run.recorder.text.length).toBeLessThan(60_000);
    }
    const { entries, problem } = readRecording(run.recorder.text);
    expect(problem).toBeUndefined();
    expect(entries[0]?.type).toBe("checkpoint");
    expect(entries[0]?.seq).toBeGreaterThan(500);
    expect(entries.at(-1)).toMatchObject({ type: "dismiss", id: "e299" });
  });

  test("begins again by the number of entries since, however long a checkpoint is", async () => {
    const run = await recordedDesk({ maxCharacters: 10_000 });
    for (let index = 0; index < 100; index++) run.notify(email(`e${index}`, "Accepted"));
    for (let index = 0; index < 300; index++) run.notify(update(index));
    const { checkpoints, others } = measure(run.recorder.text);
    expect(Math.min(...checkpoints)).toBeGreaterThan(10_000);
    expect(checkpoints).toHaveLength(2);
    expect(others).toBeGreaterThan(5000);
    expect(others).toBeLessThan(11_000);
    const last = readRecording(run.recorder.text).entries.at(-1);
    // What is no notification, and not what the desk began with, is a checkpoint.
    expect(last!.seq - 400 - 3).toBeLessThan(30);
  });

  test("keeps at max twice as much while a list cannot be read", async () => {
    const run = await recordedDesk({ maxCharacters: 10_000 });
    run.hand.sink?.onDisconnected("network");
    run.hand.sink?.onConnected({ isAcknowledging: true });
    run.notify(email("e0", "Accepted"));
    let max = 0;
    for (let index = 0; index < 300; index++) {
      run.notify(update(index));
      max = Math.max(max, measure(run.recorder.text).others);
    }
    expect(max).toBeGreaterThan(15_000);
    expect(max).toBeLessThan(22_000);
    expect(readRecording(run.recorder.text).entries[0]).toMatchObject({ type: "checkpoint", isQuiet: false });
  });

  test.each([0, -1, 999, Number.NaN, Infinity, "1000000"])("of %j characters is none", async (given) => {
    const { desk } = await recordedDesk();
    const maxCharacters = given as number;
    expect(() => record(desk, { maxCharacters })).toThrow(
      expect.objectContaining({
        code: "invalid-options",
        message: 'The option "maxCharacters" must be a number from 1000 to 200000000.',
      }),
    );
  });

  test("is empty of what came after the recording was stopped", async () => {
    const run = await recordedDesk();
    work(run);
    await run.recorder.stop();
    const { text } = run.recorder;
    work(run, "later");
    expect(run.recorder.text).toBe(text);
  });
});

test("two recorders of a desk do not know of each other, and leave nothing when they end", async () => {
  const run = await recordedDesk();
  const other = record(run.desk);
  work(run);
  await other.stop();
  run.notify(chat("c", "Invited"));
  expect(entriesOf(run.recorder.text)).toEqual(["start", "connected", "list", "frame", "frame", "frame"]);
  expect(entriesOf(other.text)).toEqual(["checkpoint", "frame", "frame"]);
});

test("a recorder changes nothing for a desk: neither its notifications nor its anomalies", async () => {
  const run = await recordedDesk();
  const changes: string[] = [];
  run.desk.changes.subscribe(({ about }) => changes.push(about));
  const observed = record(run.desk);
  work(run);
  await observed.stop();
  expect(changes).toEqual(["interaction", "interaction"]);
  expect(run.desk.anomalies.total()).toBe(0);
});
