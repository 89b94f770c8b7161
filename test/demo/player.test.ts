import { readRecording } from "deskstate/recording";
import { expect, test } from "vitest";
import { Player } from "../../demo/recording/player.ts";
import { stepsOf } from "../../demo/recording/steps.ts";
import { recordedDesk } from "../recording/recorded-desk.ts";
import { email } from "../desk/hand-desk.ts";
import { arrived, go, seqOf, somePlayer, states } from "./some-player.ts";
import { readSome, someRecording } from "./some-recording.ts";

test("a step is an entry with all that happened within what it brought about", async () => {
  const { entries } = await readSome();
  const steps = stepsOf(entries);
  expect(steps).toHaveLength(entries.length - 1);
  expect(steps[6]).toMatchObject({ first: { seq: 7, type: "frame" }, last: { seq: 8, type: "outcome" } });
  expect(steps.flatMap(({ places: [from, to] }) => entries.slice(from, to))).toEqual(entries);
});

test("a recording stands at its beginning; a step on and one back change the desk that is shown", async () => {
  const player = await somePlayer();
  expect(player.getSnapshot()).toMatchObject({ place: 0, isPlaying: false });
  expect(player.getSnapshot().run.desk.connection.state).toBe("Offline");
  await go(player, 4);
  expect(states(player)).toEqual(["e Invited"]);
  player.move(3);
  await arrived(player);
  expect(states(player)).toEqual(["e Accepted"]);
  player.move(-1);
  await arrived(player);
  expect(seqOf(player)).toBe(6);
  expect(states(player)).toEqual(["e Invited"]);
});

test("there is no place before the beginning and none after the end", async () => {
  const player = await somePlayer();
  await go(player, 99);
  expect(player.getSnapshot().place).toBe(player.steps.length);
  expect(states(player)).toEqual(["c Accepted", "e Completed"]);
  await go(player, -5);
  expect(player.getSnapshot().place).toBe(0);
});

test("after going back the charts have heard what they had by then", async () => {
  const player = await somePlayer();
  await go(player, 7);
  await go(player, 4);
  const { desk, followers } = player.getSnapshot().run;
  const facts = followers.facts.of(desk.interaction("e")?.actor.sessionId);
  expect(facts.map(({ fact }) => fact)).toEqual(["Invited"]);
  expect(followers.activity.getSnapshot()).toEqual([]);
});

test("who has chosen nothing is shown what was accepted last, as the agent was", async () => {
  const { desk, notify, acknowledge, recorder } = await recordedDesk({ includeCustomerData: true });
  notify(email("e", "Accepted"), email("f", "Invited"));
  const f = desk.interaction("f");
  void (f?.channel === "email" ? f.actions.Accept?.() : undefined);
  await acknowledge();
  notify(email("f", "Accepted"));
  const player = new Player("two.jsonl", readRecording(recorder.text));
  const shown = () => player.getSnapshot().run.followers.selection.getSnapshot().id;
  await go(player, player.steps.length);
  expect(shown()).toBe("f");
  player.move(-1);
  await arrived(player);
  expect(shown()).toBe("e");
});

test("what was chosen is shown again wherever there is such an interaction", async () => {
  const player = await somePlayer();
  const shown = () => player.getSnapshot().run.followers.selection.getSnapshot().id;
  await go(player, 10);
  expect(shown()).toBe("e");
  player.getSnapshot().run.followers.selection.choose("c");
  await go(player, 9);
  expect(shown()).toBe("c");
  await go(player, 7);
  expect(shown()).toBe("e");
  player.move(1);
  await arrived(player);
  player.move(1);
  await arrived(player);
  expect(shown()).toBe("c");
});

test("the next anomaly is found from where one stands, and where none comes one stays", async () => {
  const player = await somePlayer();
  await go(player, 2);
  player.goToAnomaly();
  await arrived(player);
  expect(seqOf(player)).toBe(9);
  expect(player.getSnapshot().run.anomalies).toMatchObject([{ code: "unknown-message" }]);
  player.goToAnomaly();
  await arrived(player);
  expect(seqOf(player)).toBe(9);
  expect(player.getSnapshot().isNothingOdd).toBe(true);
  player.move(1);
  expect(player.getSnapshot().isNothingOdd).toBe(false);
});

test("a recording that lost its beginning is gone about in as well", async () => {
  const { desk, notify, clock, recorder } = await recordedDesk({
    includeCustomerData: true,
    maxCharacters: 3000,
  });
  for (let turn = 0; turn < 60; turn++) {
    clock.advance(10);
    notify(email("e", turn === 0 ? "Accepted" : "PropertiesChanged", { userData: { turn } }));
  }
  const player = new Player("late.jsonl", readRecording(recorder.text));
  expect(player.steps[0]?.first).toMatchObject({ type: "checkpoint" });
  expect(player.steps[0]?.first.seq).toBeGreaterThan(1);
  await go(player, 1);
  await go(player, player.steps.length);
  const { run } = player.getSnapshot();
  expect(run.desk.interaction("e")?.userData).toEqual(desk.interaction("e")?.userData);
  expect(run.differences).toEqual([]);
  await go(player, 1);
  expect(player.getSnapshot().place).toBe(1);
});

test("what does not come out as recorded is told", async () => {
  const text = (await someRecording()).replace('"outcome":"Done"', '"outcome":"Refused"');
  const player = new Player("other.jsonl", readRecording(text));
  await go(player, player.steps.length);
  expect(player.getSnapshot().run.differences).toEqual([
    { seq: 8, message: "Accept was Refused, and is Done." },
  ]);
});
