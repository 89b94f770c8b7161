import { afterEach, expect, test, vi } from "vitest";
import { arrived, go, longPlayer, seqOf, somePlayer } from "./some-player.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("the time is that of the recording, in what the page counts, what charts heard and what happened", async () => {
  const player = await somePlayer();
  const { startedAt } = player.recording.header!;
  await go(player, 7);
  expect([player.time, player.clock.now()]).toEqual([1000, startedAt + 1000]);
  const { desk, followers } = player.getSnapshot().run;
  expect(followers.offers.of("unseen").time).toBe(startedAt + 1000);
  const facts = followers.facts.of(desk.interaction("e")?.actor.sessionId);
  expect(facts.map(({ fact, time }) => [fact, time - startedAt])).toEqual([
    ["Invited", 0],
    ["OperationSent", 1000],
    ["OperationAcknowledged", 1000],
    ["Accepted", 1000],
  ]);
  expect(followers.activity.getSnapshot()).toMatchObject([
    { subject: "zoe@mail.example: A puncture", text: "Accept: done", time: startedAt + 1000 },
  ]);
});

test("of many wishes the latest counts, and the way there is not shown", async () => {
  const player = await longPlayer(1200);
  const places = new Set<number>();
  player.subscribe(() => places.add(player.getSnapshot().place));
  const wishes = [1100, 1150, 40, 900, 20, 640];
  for (const place of wishes) {
    player.go(place);
    await new Promise((resolve) => setTimeout(resolve));
  }
  await arrived(player);
  expect(player.getSnapshot().place).toBe(640);
  const { desk } = player.getSnapshot().run;
  expect(desk.interaction("e")?.userData).toEqual({ turn: 640 - 5 });
  // What was on the way was not shown step by step.
  expect([...places].every((place) => place === 0 || wishes.includes(place))).toBe(true);
});

test("a search for anomalies gives way to a later wish", async () => {
  const player = await longPlayer(1200);
  player.goToAnomaly();
  await new Promise((resolve) => setTimeout(resolve));
  player.go(2);
  await arrived(player);
  expect(player.getSnapshot()).toMatchObject({ place: 2, isNothingOdd: false });
});

test("a replay that is left behind is followed no more", async () => {
  const player = await somePlayer();
  await go(player, 8);
  const { run } = player.getSnapshot();
  await go(player, 3);
  expect(player.getSnapshot().run).not.toBe(run);
  expect(run.isClosed).toBe(true);
});

test("it plays with the pauses that were recorded, as fast as it is told, and stands at the end", async () => {
  const player = await somePlayer();
  vi.useFakeTimers();
  player.play();
  await vi.advanceTimersByTimeAsync(900);
  expect([seqOf(player), Math.round(player.time)]).toEqual([4, 900]);
  await vi.advanceTimersByTimeAsync(200);
  expect(seqOf(player)).toBe(8);
  player.pause();
  await vi.advanceTimersByTimeAsync(5000);
  expect([seqOf(player), Math.round(player.time)]).toEqual([8, 1100]);
  player.play();
  player.setSpeed(5);
  await vi.advanceTimersByTimeAsync(500);
  expect(seqOf(player)).toBe(11);
  await vi.advanceTimersByTimeAsync(600);
  expect(player.getSnapshot()).toMatchObject({ place: player.steps.length, isPlaying: false });
  expect(player.time).toBe(6000);
  expect(vi.getTimerCount()).toBe(0);
});

test("whoever goes elsewhere while it plays has it stand there", async () => {
  const player = await somePlayer();
  vi.useFakeTimers();
  player.play();
  await vi.advanceTimersByTimeAsync(1500);
  player.move(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(player.getSnapshot()).toMatchObject({ place: 8, isPlaying: false });
  expect(vi.getTimerCount()).toBe(0);
});

test("a player that was closed does nothing any more", async () => {
  const player = await longPlayer(1200);
  player.go(1100);
  await new Promise((resolve) => setTimeout(resolve));
  player.close();
  const state = player.getSnapshot();
  expect(state).toMatchObject({ place: 0, wish: undefined, isPlaying: false });
  vi.useFakeTimers();
  await vi.runAllTimersAsync();
  expect(player.getSnapshot()).toBe(state);
  expect(state.run.isClosed).toBe(true);
});
