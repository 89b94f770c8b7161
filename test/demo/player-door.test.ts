import { expect, test, vi } from "vitest";
import { PlayerDoor } from "../../demo/recording/player-door.ts";
import { readFile } from "../../demo/recording/read-file.ts";
import { someRecording } from "./some-recording.ts";

const file = (text: string, name = "desk.jsonl") => new File([text], name);
const whyNot = async (one: Parameters<typeof readFile>[0]) => {
  const read = await readFile(one);
  return read.isRead ? undefined : read.message;
};

test("a file that is no recording is refused with what is wrong with it, and where", async () => {
  const [header = "", first = ""] = (await someRecording()).split("\n");
  expect(await whyNot(file(""))).toBe("desk.jsonl cannot be opened. It is empty.");
  expect(await whyNot(file("hello\n"))).toBe(
    "desk.jsonl cannot be opened. Line 1 is not the header of a recording.",
  );
  expect(await whyNot(file(`${header.replace('"version":1', '"version":2')}\n${first}\n`))).toMatch(
    /Line 1 names a version of recordings that this library does not know\.$/,
  );
  expect(await whyNot(file(`${header}\n`))).toMatch(/Nothing was recorded in it\.$/);
  expect(await whyNot(file(`${header}\n{}\n${first}\n`))).toMatch(
    /Line 2 is not an entry of a recording\. Nothing is before it\.$/,
  );
  expect(await whyNot(new File([new Uint8Array([0x89, 0x50, 0, 0xff])], "picture.png"))).toMatch(
    /^picture\.png cannot be opened\. Line 1 /,
  );
});

test("a file that is too large is not even read, and one that cannot be read is told", async () => {
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

test("what cannot be opened changes nothing of what is shown", async () => {
  const door = new PlayerDoor();
  await door.open(file("hello"));
  expect(door.getSnapshot()).toMatchObject({ player: undefined, reading: undefined, count: 0 });
  expect(door.getSnapshot().failure).toContain("Line 1");
  await door.open(file(await someRecording()));
  const { player } = door.getSnapshot();
  expect(door.getSnapshot()).toMatchObject({ failure: undefined, count: 1 });
  await door.open(file("hello"));
  expect(door.getSnapshot().player).toBe(player);
  expect(player?.getSnapshot().run.isClosed).toBe(false);
  door.forget();
  expect(door.getSnapshot().failure).toBeUndefined();
});

test("a recording takes the place of the one before, which is ended; so is the last one when it is left", async () => {
  const door = new PlayerDoor();
  await door.open(file(await someRecording(), "one.jsonl"));
  const one = door.getSnapshot().player;
  await door.open(file(await someRecording(), "two.jsonl"));
  const two = door.getSnapshot().player;
  expect([one?.name, two?.name]).toEqual(["one.jsonl", "two.jsonl"]);
  expect(one?.getSnapshot().run.isClosed).toBe(true);
  door.leave();
  expect(door.getSnapshot().player).toBeUndefined();
  expect(two?.getSnapshot().run.isClosed).toBe(true);
});

test("of several files that are opened at once the last one counts; whoever leaves meanwhile has left", async () => {
  const door = new PlayerDoor();
  const text = await someRecording();
  await Promise.all([door.open(file(text, "one.jsonl")), door.open(file(text, "two.jsonl"))]);
  expect(door.getSnapshot()).toMatchObject({ count: 1, player: { name: "two.jsonl" } });
  const opening = door.open(file(text, "three.jsonl"));
  expect(door.getSnapshot().reading).toBe("three.jsonl");
  door.leave();
  await opening;
  expect(door.getSnapshot()).toMatchObject({ player: undefined, reading: undefined });
});
