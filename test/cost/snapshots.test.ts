import { afterEach, expect, test, vi } from "vitest";
import { chat } from "../desk/hand-desk.ts";
import { crowd } from "./crowd.ts";

afterEach(() => vi.restoreAllMocks());

/** Returns the number of snapshots of interactions that this creates; each is frozen once. */
function countSnapshots(run: () => void): number {
  const freeze = vi.spyOn(Object, "freeze");
  run();
  const made = freeze.mock.calls.filter(
    ([frozen]) => typeof frozen === "object" && frozen !== null && "actions" in frozen,
  );
  freeze.mockRestore();
  return made.length;
}

test("a snapshot is made when it is read, and not before", async () => {
  const desk = await crowd(10);
  const updates = [
    desk.update("chat1", 4),
    desk.update("chat1", 5, { currentQueue: "other" }),
    chat("chat2", "Completed"),
  ];
  expect(countSnapshots(() => desk.notify(...updates))).toBe(0);
  const look = () => {
    desk.chat("chat1").getSnapshot();
    void desk.chat("chat1").userData;
  };
  expect(countSnapshots(look)).toBe(1);
  expect(countSnapshots(look)).toBe(0);
});

test("for those who watch, one snapshot is made for each change, however many they are", async () => {
  const desk = await crowd(10);
  for (let count = 0; count < 50; count++) desk.chat("chat1").subscribe(() => {});
  const updates = [
    desk.update("chat1", 4),
    desk.update("chat1", 4),
    desk.update("chat2", 4),
    desk.update("chat1", 5),
  ];
  expect(countSnapshots(() => desk.notify(...updates))).toBe(2);
});

test("what a message did not change is the same object in the next snapshot", async () => {
  const desk = await crowd(2);
  const before = desk.chat("chat1").getSnapshot();
  desk.notify(desk.update("chat1", 4));
  const said = desk.chat("chat1").getSnapshot();
  expect(said.transcript).not.toBe(before.transcript);
  for (const part of ["userData", "inQueues", "capabilities", "actions", "pending", "raw"] as const) {
    expect([part, said[part] === before[part]]).toEqual([part, true]);
  }
  desk.notify(desk.update("chat1", 4, { currentQueue: "other" }));
  const moved = desk.chat("chat1").getSnapshot();
  expect(moved).not.toBe(said);
  expect(moved.transcript).toBe(said.transcript);
  expect(moved.transcript.events).toBe(said.transcript.events);
  desk.notify(desk.update("chat1", 4, { currentQueue: "other" }));
  expect(desk.chat("chat1").getSnapshot()).toBe(moved);
});

test("a whole transcript that is sent again leaves the transcript that is there", async () => {
  const desk = await crowd(1);
  desk.notify(desk.update("chat0", 500));
  const { transcript } = desk.chat("chat0").getSnapshot();
  desk.notify(desk.update("chat0", 500));
  expect(desk.chat("chat0").getSnapshot().transcript).toBe(transcript);
});

test("an event more leaves the events that were there as they are, and does not copy them", async () => {
  const desk = await crowd(1);
  desk.notify(desk.update("chat0", 500));
  const before = desk.chat("chat0").getSnapshot().transcript.events;
  desk.notify(desk.update("chat0", 501));
  const { events } = desk.chat("chat0").getSnapshot().transcript;
  expect([before.length, events.length]).toEqual([500, 501]);
  expect(before.every((event, index) => event === events[index])).toBe(true);
});

test("a list is the same object until an interaction joins or leaves it", async () => {
  const desk = await crowd(10);
  const { interactions, invitations, ended } = desk.desk;
  const before = [interactions, invitations, ended].map((list) => list.getSnapshot());
  desk.notify(desk.update("chat1", 4), desk.update("chat2", 4));
  expect(
    [interactions, invitations, ended].map((list, index) => list.getSnapshot() === before[index]),
  ).toEqual([true, true, true]);
});
