import * as xstate from "xstate";
import { expect, test, vi } from "vitest";
import { readRecording, record, replay, type Checkpoint, type Recorder } from "deskstate/recording";
import { chat, email, settle } from "../desk/hand-desk.ts";
import { digest } from "./digest.ts";
import { recordedDesk } from "./recorded-desk.ts";

vi.mock("xstate", async (importOriginal) => {
  const actual = await importOriginal<typeof xstate>();
  return { ...actual, createActor: vi.fn(actual.createActor) };
});

function checkpointOf({ text }: Recorder): Checkpoint {
  const [first] = readRecording(text).entries;
  expect(first?.type).toBe("checkpoint");
  return first as Extract<typeof first, { type: "checkpoint" }>;
}

test("a checkpoint holds the progress of operations, and creates no actor for that", async () => {
  const { desk, hand, clock, notify } = await recordedDesk();
  const ids = ["sent", "acknowledged", "unanswered", "again"];
  notify(...ids.map((id) => email(id, "Invited")), chat("other", "Accepted"), email("over", "Completed"));
  for (const id of ids.slice(0, 3)) void desk.interaction(id)?.actions.Accept?.();
  hand.asked[1]?.answer({ kind: "acknowledged" });
  hand.asked[2]?.answer({ kind: "unanswered" });
  void desk.channel("chat").actions.NotReady?.();
  hand.asked[3]?.answer({ kind: "unanswered" });
  await settle();
  clock.advance(2000);
  expect(hand.asked).toHaveLength(5);
  vi.mocked(xstate.createActor).mockClear();
  const recorder = record(desk, { includeCustomerData: true });
  expect(vi.mocked(xstate.createActor)).not.toHaveBeenCalled();
  const { pending, facts } = checkpointOf(recorder);
  expect(facts).toHaveLength(8);
  expect(pending.map(({ on, phase, sends }) => [on, phase, sends])).toEqual([
    [{ id: "sent" }, "sent", 1],
    [{ id: "acknowledged" }, "acknowledged", 1],
    [{ id: "unanswered" }, "unanswered", 1],
    [{ channel: "chat" }, "unanswered", 2],
  ]);
  const replayed = replay(recorder.text);
  await replayed.end();
  expect(digest(replayed.desk)).toBe(digest(desk));
});

test("a checkpoint that an operation comes after does not hold it too", async () => {
  const { desk, notify, recorder } = await recordedDesk({ maxCharacters: 1000, includeCustomerData: true });
  notify(email("e", "Invited"), email("f", "Invited"));
  for (let index = 0; readRecording(recorder.text).entries.at(-2)?.type !== "checkpoint"; index++) {
    notify(email("f", "PropertiesChanged", { userData: { Subject: `Number ${index}` } }));
  }
  void desk.interaction("e")?.actions.Accept?.();
  const { entries } = readRecording(recorder.text);
  expect(entries.map(({ type }) => type)).toContain("perform");
  for (const entry of entries) if (entry.type === "checkpoint") expect(entry.pending).toEqual([]);
});
