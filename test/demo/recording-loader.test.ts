import { expect, test, vi } from "vitest";
import { readFile, RecordingLoader } from "../../demo/recording/recording-loader.ts";
import { isClosed } from "./some-replay.ts";
import { someRecording } from "./some-recording.ts";

const file = (text: string, name = "desk.jsonl") => new File([text], name);
const whyNot = async (one: Parameters<typeof readFile>[0]) => {
  const read = await readFile(one);
  return typeof read === "string" ? read : undefined;
};

test("a file that is no recording is refused with the problem and its line", async () => {
  const [header = "", first = ""] = (await someRecording()).split("\n");
  expect(await whyNot(file(""))).toBe("desk.jsonl cannot be opened. It is empty.");
  expect(await whyNot(file("hello\n"))).toBe(
    "desk.jsonl cannot be opened. Line 1 is not the header of a recording.",
  );
  expect(await whyNot(file(`${header.replace('"version":2', '"version":3')}\n${first}\n`))).toMatch(
    /Line 1 names a version of recordings that this library does not know\.$/,
  );
  expect(await whyNot(file(`${header}\n`))).toMatch(/It has no entries\.$/);
  expect(await whyNot(file(`${header}\n{}\n${first}\n`))).toMatch(
    /Line 2 is not an entry of a recording.*There is nothing before it\.$/,
  );
  expect(await whyNot(new File([new Uint8Array([0x89, 0x50, 0, 0xff])], "picture.png"))).toMatch(
    /^picture\.png cannot be opened\. Line 1 /,
  );
});

test("a file that is too large is not read, and a file that cannot be read is reported", async () => {
  const text = vi.fn<() => Promise<string>>().mockRejectedValue(new Error("gone"));
  expect(await whyNot({ name: "huge.jsonl", size: 640_000_000, text })).toBe(
    "huge.jsonl cannot be opened. It has 640 MB; this page reads up to 100 MB.",
  );
  expect(text).not.toHaveBeenCalled();
  expect(await whyNot({ name: "gone.jsonl", size: 10, text })).toBe(
    "gone.jsonl cannot be opened. The browser cannot read it.",
  );
});

test("a name of a file that would reorder what stands beside it does not", async () => {
  expect(await whyNot(file("", "a\u202eb.txt"))).toBe("ab.txt cannot be opened. It is empty.");
});

test("a file that cannot be opened leaves the page unchanged", async () => {
  const loader = new RecordingLoader();
  await loader.open(file("hello"));
  expect(loader.getSnapshot()).toMatchObject({ replay: undefined, reading: undefined, count: 0 });
  expect(loader.getSnapshot().failure).toContain("Line 1");
  await loader.open(file(await someRecording()));
  const { replay } = loader.getSnapshot();
  expect(loader.getSnapshot()).toMatchObject({ failure: undefined, count: 1 });
  await loader.open(file("hello"));
  expect(loader.getSnapshot().replay).toBe(replay);
  expect(await isClosed(replay!.getSnapshot().run)).toBe(false);
  loader.dismissFailure();
  expect(loader.getSnapshot().failure).toBeUndefined();
});

test("a recording takes the place of the one before, which is ended; so is the last one when it is left", async () => {
  const loader = new RecordingLoader();
  await loader.open(file(await someRecording(), "one.jsonl"));
  const one = loader.getSnapshot().replay;
  await loader.open(file(await someRecording(), "two.jsonl"));
  const two = loader.getSnapshot().replay;
  expect([one?.name, two?.name]).toEqual(["one.jsonl", "two.jsonl"]);
  expect(await isClosed(one!.getSnapshot().run)).toBe(true);
  loader.leave();
  expect(loader.getSnapshot().replay).toBeUndefined();
  expect(await isClosed(two!.getSnapshot().run)).toBe(true);
});

test("of several files that are opened concurrently the last one counts; leaving cancels the opening", async () => {
  const loader = new RecordingLoader();
  const text = await someRecording();
  await Promise.all([loader.open(file(text, "one.jsonl")), loader.open(file(text, "two.jsonl"))]);
  expect(loader.getSnapshot()).toMatchObject({ count: 1, replay: { name: "two.jsonl" } });
  const opening = loader.open(file(text, "three.jsonl"));
  expect(loader.getSnapshot().reading).toBe("three.jsonl");
  loader.leave();
  await opening;
  expect(loader.getSnapshot()).toMatchObject({ replay: undefined, reading: undefined });
});
