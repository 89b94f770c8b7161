import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import type { AnomalyReport } from "../../src/index.ts";
import { Transcript } from "../../src/kinds/chat/transcript.ts";

const text = (id: number) => ({ id, messageType: "MESSAGE", userId: "u1", text: `text ${id}` });
const ids = (transcript: Transcript) => transcript.events.map(({ id }) => id);
const unexpected = (anomaly: AnomalyReport) => {
  throw new Error(anomaly.message);
};

/** A transcript after deliveries of events with these ids. */
function after(...deliveries: readonly (readonly number[])[]): Transcript {
  return deliveries.reduce(
    (transcript, delivery) => transcript.with(delivery.map(text), undefined, unexpected),
    Transcript.empty,
  );
}

test("a transcript without events is empty, whole and frozen", () => {
  const { events, gaps, parties, latestEventId, length, isWhole } = Transcript.empty;
  expect({ events, gaps, parties, latestEventId, length, isWhole }).toEqual({
    events: [],
    gaps: [],
    parties: [],
    latestEventId: 0,
    length: 0,
    isWhole: true,
  });
});

test.each([
  ["in order", [[1, 2, 3, 4, 5]]],
  ["in no order", [[4, 3, 1, 2, 5]]],
  ["one by one, backwards", [[5], [4], [3], [2], [1]]],
  [
    "overlapping",
    [
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 5],
      [1, 5],
    ],
  ],
  [
    "the end before the beginning",
    [
      [3, 4, 5],
      [1, 2],
    ],
  ],
  ["with a hole that is filled later", [[1, 5], [3], [2, 4]]],
  [
    "with repeats in one delivery",
    [
      [1, 1, 2, 2, 2, 3],
      [5, 4, 5, 4],
    ],
  ],
])("events delivered %s give the same transcript", (_, deliveries) => {
  const transcript = after(...deliveries);
  expect(JSON.parse(JSON.stringify(transcript))).toEqual({
    latestEventId: 5,
    events: [1, 2, 3, 4, 5].map(text),
    gaps: [],
  });
  expect(transcript).toMatchObject({ isWhole: true, length: 5 });
});

test.each([
  [[[2, 3]], undefined, [{ from: 1, to: 1 }]],
  [
    [[1, 2, 5, 9]],
    undefined,
    [
      { from: 3, to: 4 },
      { from: 6, to: 8 },
    ],
  ],
  [[[1, 2]], 4, [{ from: 3, to: 4 }]],
  [[[]], 3, [{ from: 1, to: 3 }]],
  [
    [[4], [2]],
    5,
    [
      { from: 1, to: 1 },
      { from: 3, to: 3 },
      { from: 5, to: 5 },
    ],
  ],
])("what the server counted and did not send is a gap: %j of %j", (deliveries, latest, gaps) => {
  const transcript = after(...deliveries).with([], latest, unexpected);
  expect(transcript.gaps).toEqual(gaps);
  expect(transcript.isWhole).toBe(false);
});

test("a gap is closed by the next full list", () => {
  const transcript = after([1, 2], [6]);
  expect(transcript.gaps).toEqual([{ from: 3, to: 5 }]);
  const full = transcript.with([6, 5, 4, 3, 2, 1].map(text), 6, unexpected);
  expect([ids(full), full.gaps, full.isWhole]).toEqual([[1, 2, 3, 4, 5, 6], [], true]);
});

test("a gap before the first event is closed by a long full list, too", () => {
  const all = Array.from({ length: 300 }, (_, index) => index + 1);
  const late = after(all.slice(1));
  expect(late.gaps).toEqual([{ from: 1, to: 1 }]);
  const full = late.with(all.map(text), 300, unexpected);
  expect([ids(full), full.isWhole]).toEqual([all, true]);
});

test("a later, smaller count of the server does not shorten the transcript", () => {
  const transcript = after([1, 2, 3]).with([], 2, unexpected);
  expect([transcript.latestEventId, ids(transcript)]).toEqual([3, [1, 2, 3]]);
});

test("a delivery that brings nothing new gives the same transcript, and the same lists", () => {
  const transcript = after([1, 2, 3]);
  const { events, gaps, parties } = transcript;
  const repeated = transcript.with([3, 2, 1].map(text), 3, unexpected).with([], undefined, unexpected);
  expect(repeated).toBe(transcript);
  expect(
    [repeated.events, repeated.gaps, repeated.parties].map(
      (list, index) => list === [events, gaps, parties][index],
    ),
  ).toEqual([true, true, true]);
});

test("an older transcript keeps its events, whichever is appended to first", () => {
  const two = after([1, 2]);
  const three = two.with([text(3)], undefined, unexpected);
  const other = two.with([{ ...text(3), text: "another" }, text(4)], undefined, unexpected);
  const four = three.with([text(4)], undefined, unexpected);
  expect([two, three, four, other].map(ids)).toEqual([
    [1, 2],
    [1, 2, 3],
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ]);
  expect(other.events[2]?.text).toBe("another");
  expect(four.events[2]?.text).toBe("text 3");
  expect(two.after(0).map(({ id }) => id)).toEqual([1, 2]);
  expect([two.latestEventId, two.isWhole, three.latestEventId]).toEqual([2, true, 3]);
});

test("transcripts that began with a count alone do not know of each other's events", () => {
  const begun = () => Transcript.empty.with([], 2, unexpected);
  const [one, other] = [begun(), begun()];
  const first = one.with([text(1)], undefined, unexpected);
  const second = other.with([text(2)], undefined, unexpected);
  expect([first, second, Transcript.empty, begun()].map(ids)).toEqual([[1], [2], [], []]);
});

test("what happened since an event is found by its id, also across a hole", () => {
  const transcript = after([1, 2, 5, 6]);
  const since = (id: number) => transcript.after(id).map((event) => event.id);
  expect([since(0), since(1), since(3), since(5), since(6), since(99)]).toEqual([
    [1, 2, 5, 6],
    [2, 5, 6],
    [5, 6],
    [6],
    [],
    [],
  ]);
});

test("no caller can change what a transcript shows", () => {
  const { events } = after([1, 2]);
  expect(Object.isFrozen(events) && events.every((event) => Object.isFrozen(event))).toBe(true);
});

test("the events of a chat without references are garbage", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  vi.resetModules();
  const { Transcript: fresh } = await import("../../src/kinds/chat/transcript.ts");
  const begun = fresh.empty.with([], 1, unexpected);
  const event = new WeakRef(begun.with([text(1)], 1, unexpected).events[0]!);
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(event.deref()).toBeUndefined();
});
