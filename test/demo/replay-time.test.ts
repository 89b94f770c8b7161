import { afterEach, expect, test, vi } from "vitest";
import { arrived, go, isClosed, longReplay, seqOf, someReplay } from "./some-replay.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("all times are those of the recording: of the page, of facts and of activities", async () => {
  const replay = await someReplay();
  const { startedAt } = replay.recording.header!;
  await go(replay, 7);
  expect([replay.time, replay.clock.now()]).toEqual([1000, startedAt + 1000]);
  const {
    logs,
    replay: { desk },
  } = replay.getSnapshot().run;
  expect(logs.offers.of("unseen").time).toBe(startedAt + 1000);
  const facts = logs.facts.of(desk.interaction("e")?.actor.sessionId);
  expect(facts.map(({ fact, time }) => [fact, time - startedAt])).toEqual([
    ["Invited", 0],
    ["OperationSent", 1000],
    ["OperationAcknowledged", 1000],
    ["Accepted", 1000],
  ]);
  expect(logs.activity.getSnapshot()).toMatchObject([
    { subject: "zoe@mail.example: A puncture", text: "Accept: done", time: startedAt + 1000 },
  ]);
});

test("of many targets the latest counts, and the steps before it are not shown", async () => {
  const replay = await longReplay(1200);
  const shownPlaces = new Set<number>();
  replay.subscribe(() => shownPlaces.add(replay.getSnapshot().place));
  const targets = [1100, 1150, 40, 900, 20, 640];
  for (const place of targets) {
    replay.go(place);
    await new Promise((resolve) => setTimeout(resolve));
  }
  await arrived(replay);
  expect(replay.getSnapshot().place).toBe(640);
  const { desk } = replay.getSnapshot().run.replay;
  expect(desk.interaction("e")?.userData).toEqual({ turn: 640 - 5 });
  // The steps before a target are not shown.
  expect([...shownPlaces].every((place) => place === 0 || targets.includes(place))).toBe(true);
});

test("a later target cancels a search for anomalies", async () => {
  const replay = await longReplay(1200);
  replay.goToAnomaly();
  await new Promise((resolve) => setTimeout(resolve));
  replay.go(2);
  await arrived(replay);
  expect(replay.getSnapshot()).toMatchObject({ place: 2, isWithoutAnomaly: false });
});

test("a replay that was replaced is closed", async () => {
  const replay = await someReplay();
  await go(replay, 8);
  const { run } = replay.getSnapshot();
  await go(replay, 3);
  expect(replay.getSnapshot().run).not.toBe(run);
  expect(await isClosed(run)).toBe(true);
});

test("it plays with the recorded pauses, at the given speed, and stops at the end", async () => {
  const replay = await someReplay();
  vi.useFakeTimers();
  replay.play();
  await vi.advanceTimersByTimeAsync(900);
  expect([seqOf(replay), Math.round(replay.time)]).toEqual([4, 900]);
  await vi.advanceTimersByTimeAsync(200);
  expect(seqOf(replay)).toBe(8);
  replay.pause();
  await vi.advanceTimersByTimeAsync(5000);
  expect([seqOf(replay), Math.round(replay.time)]).toEqual([8, 1100]);
  replay.play();
  replay.setSpeed(5);
  await vi.advanceTimersByTimeAsync(500);
  expect(seqOf(replay)).toBe(11);
  await vi.advanceTimersByTimeAsync(600);
  expect(replay.getSnapshot()).toMatchObject({ place: replay.steps.length, isPlaying: false });
  expect(replay.time).toBe(6000);
  expect(vi.getTimerCount()).toBe(0);
});

test("seeking while it plays pauses it at the target", async () => {
  const replay = await someReplay();
  vi.useFakeTimers();
  replay.play();
  await vi.advanceTimersByTimeAsync(1500);
  replay.move(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(replay.getSnapshot()).toMatchObject({ place: 8, isPlaying: false });
  expect(vi.getTimerCount()).toBe(0);
});

test("a replay that was closed does nothing any more", async () => {
  const replay = await longReplay(1200);
  replay.go(1100);
  await new Promise((resolve) => setTimeout(resolve));
  replay.close();
  const state = replay.getSnapshot();
  expect(state).toMatchObject({ place: 0, target: undefined, isPlaying: false });
  vi.useFakeTimers();
  await vi.runAllTimersAsync();
  expect(replay.getSnapshot()).toBe(state);
  expect(await isClosed(state.run)).toBe(true);
});
