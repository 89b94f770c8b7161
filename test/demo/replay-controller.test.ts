import { readRecording } from "deskstate/recording";
import { expect, test } from "vitest";
import { ReplayController } from "../../demo/recording/replay-controller.ts";
import { stepsOf } from "../../demo/recording/replay-run.ts";
import { recordedDesk } from "../recording/recorded-desk.ts";
import { email } from "../desk/hand-desk.ts";
import { arrived, go, seqOf, someReplay, states } from "./some-replay.ts";
import { readSome, someRecording } from "./some-recording.ts";

test("a step is an entry with all that happened within what it brought about", async () => {
  const { entries } = await readSome();
  const steps = stepsOf(entries);
  expect(steps).toHaveLength(entries.length - 1);
  expect(steps[6]).toMatchObject([
    { seq: 7, type: "frame" },
    { seq: 8, type: "outcome" },
  ]);
  expect(steps.flat()).toEqual(entries);
});

test("a recording stands at its beginning; a step on and one back change the desk that is shown", async () => {
  const replay = await someReplay();
  expect(replay.getSnapshot()).toMatchObject({ place: 0, isPlaying: false });
  expect(replay.getSnapshot().run.replay.desk.connection.state).toBe("Offline");
  await go(replay, 4);
  expect(states(replay)).toEqual(["e Invited"]);
  replay.move(3);
  await arrived(replay);
  expect(states(replay)).toEqual(["e Accepted"]);
  replay.move(-1);
  await arrived(replay);
  expect(seqOf(replay)).toBe(6);
  expect(states(replay)).toEqual(["e Invited"]);
});

test("there is no place before the beginning and none after the end", async () => {
  const replay = await someReplay();
  await go(replay, 99);
  expect(replay.getSnapshot().place).toBe(replay.steps.length);
  expect(states(replay)).toEqual(["c Accepted", "e Completed"]);
  await go(replay, -5);
  expect(replay.getSnapshot().place).toBe(0);
});

test("after going back the charts have received the facts up to that moment", async () => {
  const replay = await someReplay();
  await go(replay, 7);
  await go(replay, 4);
  const { logs, replay: replayed } = replay.getSnapshot().run;
  const facts = logs.facts.of(replayed.desk.interaction("e")?.actor.sessionId);
  expect(facts.map(({ fact }) => fact)).toEqual(["Invited"]);
  expect(logs.activity.getSnapshot()).toEqual([]);
});

test("without a choice the interaction that was accepted last is selected", async () => {
  const { desk, notify, acknowledge, recorder } = await recordedDesk({ includeCustomerData: true });
  notify(email("e", "Accepted"), email("f", "Invited"));
  const f = desk.interaction("f");
  void (f?.channel === "email" ? f.actions.Accept?.() : undefined);
  await acknowledge();
  notify(email("f", "Accepted"));
  const replay = new ReplayController("two.jsonl", readRecording(recorder.text));
  const shown = () => replay.getSnapshot().run.logs.selection.getSnapshot().id;
  await go(replay, replay.steps.length);
  expect(shown()).toBe("f");
  replay.move(-1);
  await arrived(replay);
  expect(shown()).toBe("e");
});

test("the chosen interaction is selected wherever it exists", async () => {
  const replay = await someReplay();
  const shown = () => replay.getSnapshot().run.logs.selection.getSnapshot().id;
  await go(replay, 10);
  expect(shown()).toBe("e");
  replay.getSnapshot().run.logs.selection.choose("c");
  await go(replay, 9);
  expect(shown()).toBe("c");
  await go(replay, 7);
  expect(shown()).toBe("e");
  replay.move(1);
  await arrived(replay);
  replay.move(1);
  await arrived(replay);
  expect(shown()).toBe("c");
});

test("the next anomaly after the position is found; without one the position stays", async () => {
  const replay = await someReplay();
  await go(replay, 2);
  replay.goToAnomaly();
  await arrived(replay);
  expect(seqOf(replay)).toBe(9);
  expect(replay.getSnapshot().run.replay.anomalies).toMatchObject([{ code: "unknown-message" }]);
  replay.goToAnomaly();
  await arrived(replay);
  expect(seqOf(replay)).toBe(9);
  expect(replay.getSnapshot().isWithoutAnomaly).toBe(true);
  replay.move(1);
  expect(replay.getSnapshot().isWithoutAnomaly).toBe(false);
});

test("a recording without its beginning can be replayed as well", async () => {
  const { desk, notify, clock, recorder } = await recordedDesk({
    includeCustomerData: true,
    maxCharacters: 3000,
  });
  for (let turn = 0; turn < 60; turn++) {
    clock.advance(10);
    notify(email("e", turn === 0 ? "Accepted" : "PropertiesChanged", { userData: { turn } }));
  }
  const replay = new ReplayController("late.jsonl", readRecording(recorder.text));
  expect(replay.steps[0]?.[0]).toMatchObject({ type: "checkpoint" });
  expect(replay.steps[0]?.[0].seq).toBeGreaterThan(1);
  await go(replay, 1);
  await go(replay, replay.steps.length);
  const { replay: run } = replay.getSnapshot().run;
  expect(run.desk.interaction("e")?.userData).toEqual(desk.interaction("e")?.userData);
  expect(run.differences).toEqual([]);
  await go(replay, 1);
  expect(replay.getSnapshot().place).toBe(1);
});

test("a result that differs from the recording is reported", async () => {
  const text = (await someRecording()).replace('"outcome":"Done"', '"outcome":"Refused"');
  const replay = new ReplayController("other.jsonl", readRecording(text));
  await go(replay, replay.steps.length);
  expect(replay.getSnapshot().run.replay.differences).toEqual([
    { seq: 8, message: "Accept was Refused, and is Done." },
  ]);
});
