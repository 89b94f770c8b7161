import { describe, expect, test, vi } from "vitest";
import type { Fact } from "deskstate";
import { gws851, type Dialect } from "deskstate/gws";
import { readRecording, record, replay } from "deskstate/recording";
import { handClock } from "../simulator/hand-clock.ts";
import { chat, email, joined, said, settle, transcript } from "../desk/hand-desk.ts";
import { digest } from "./digest.ts";
import { recordedDesk, type RecordedDesk } from "./recorded-desk.ts";

/** An email that is accepted and completed, and an unexpected message in the middle. */
async function someRun(): Promise<RecordedDesk> {
  const run = await recordedDesk({ includeCustomerData: true });
  const { desk, notify, acknowledge, clock } = run;
  notify(email("e", "Invited"));
  clock.advance(1000);
  void desk.interaction("e")?.actions.Accept?.();
  await acknowledge();
  notify(email("e", "Accepted"));
  clock.advance(2000);
  notify({ state: "Invited" });
  clock.advance(500);
  notify(email("e", "Completed"));
  return run;
}

/** Returns the facts of one delivery of several notifications. */
function factsOf(...notifications: object[]): readonly Fact[] {
  return notifications.flatMap((data) => gws851.decode({ channel: "/v2/me/interactions", data }).facts);
}

const someRecording = async (): Promise<string> => (await someRun()).recorder.text;

test("a recording is a regression test in three lines", async () => {
  const replayed = replay(await someRecording());
  await replayed.end();
  expect(replayed.differences).toEqual([]);
});

test("a replay has the states, the outcomes and the anomalies, at their recorded times", async () => {
  const { desk, recorder } = await someRun();
  const replayed = replay(recorder.text);
  await replayed.end();
  expect(digest(replayed.desk)).toBe(digest(desk));
  expect(replayed.outcomes).toEqual([{ of: 5, operation: "Accept", outcome: "Done" }]);
  expect(replayed.anomalies).toEqual(desk.anomalies.getSnapshot());
  expect(replayed.anomalies[0]?.at).toBe(1_700_000_003_000);
});

describe("a replay stops", () => {
  test("at a time", async () => {
    const replayed = replay(await someRecording());
    await replayed.to({ at: 999 });
    expect([replayed.position.seq, replayed.desk.interaction("e")?.state]).toEqual([4, "Invited"]);
    await replayed.to({ at: 1000 });
    expect([replayed.position.seq, replayed.desk.interaction("e")?.state]).toEqual([8, "Accepted"]);
    await replayed.to({ at: 1_000_000 });
    expect(replayed.isAtEnd).toBe(true);
    expect(replayed.desk.ended.getSnapshot()).toHaveLength(1);
  });

  test("at an entry", async () => {
    const replayed = replay(await someRecording());
    await replayed.to({ seq: 5 });
    expect(replayed.desk.interaction("e")?.pending).toEqual(["Accept"]);
    expect(replayed.outcomes).toEqual([]);
  });

  test("at the first anomaly, and at the next", async () => {
    const replayed = replay(await someRecording());
    expect(await replayed.untilAnomaly()).toMatchObject({ code: "unknown-message" });
    expect(replayed.desk.interaction("e")?.state).toBe("Accepted");
    expect(await replayed.untilAnomaly()).toBeUndefined();
    expect(replayed.isAtEnd).toBe(true);
  });

  test("after each entry, and resolves to false when there is none left", async () => {
    const replayed = replay(await someRecording());
    let steps = 0;
    while (await replayed.step()) expect(replayed.position.seq).toBeGreaterThanOrEqual(++steps);
    expect(await replayed.step()).toBe(false);
    expect(replayed.position.seq).toBe(readRecording(await someRecording()).entries.length);
  });

  test("but does not go back", async () => {
    const replayed = replay(await someRecording());
    await replayed.end();
    await expect(replayed.to({ at: 0 })).rejects.toMatchObject({ code: "invalid-arguments" });
  });

  test("but does not go back to where it is beyond when its turn comes", async () => {
    const replayed = replay(await someRecording());
    const [first, second, third] = [{ seq: 8 }, { seq: 4 }, { seq: 9 }].map((where) => replayed.to(where));
    await expect(second).rejects.toMatchObject({ code: "invalid-arguments" });
    await Promise.all([first, third]);
    expect(replayed.position.seq).toBe(9);
  });

  test("at one anomaly after the other, when they are requested concurrently", async () => {
    const replayed = replay(await someRecording());
    const anomalies = await Promise.all([replayed.untilAnomaly(), replayed.untilAnomaly()]);
    expect(anomalies.map((anomaly) => anomaly?.code)).toEqual(["unknown-message", undefined]);
  });
});

describe("speed", () => {
  test("as recorded, the pauses pass in the time of the clock", async () => {
    const clock = handClock();
    const replayed = replay(await someRecording(), { speed: "recorded", clock });
    const ended = replayed.end();
    await settle();
    expect(replayed.desk.interaction("e")?.state).toBe("Invited");
    clock.advance(999);
    await settle();
    expect(replayed.desk.interaction("e")?.pending).toEqual([]);
    clock.advance(1);
    for (let turn = 0; turn < 10; turn++) await settle();
    expect(replayed.desk.interaction("e")?.state).toBe("Accepted");
    clock.advance(2000);
    await settle();
    clock.advance(500);
    await ended;
    expect(clock.pending).toBe(0);
  });

  test("twice as fast, in half the time", async () => {
    const clock = handClock();
    const replayed = replay(await someRecording(), { speed: 2, clock });
    const ended = replayed.end();
    for (const pause of [500, 1000, 250]) {
      await settle();
      clock.advance(pause);
      for (let turn = 0; turn < 10; turn++) await settle();
    }
    await ended;
    expect(replayed.isAtEnd).toBe(true);
  });

  test("a pause that is longer than any timer passes in several", async () => {
    const { recorder, notify, clock: recorded } = await recordedDesk();
    const maxTimer = 2 ** 31 - 1;
    notify(email("e", "Invited"));
    recorded.advance(3 * maxTimer + 7);
    notify(email("e", "Accepted"));
    const clock = handClock();
    const set = vi.spyOn(clock, "setTimeout");
    const replayed = replay(recorder.text, { speed: "recorded", clock });
    const ended = replayed.end();
    for (const ms of [maxTimer, maxTimer, maxTimer, 7]) {
      await settle();
      expect(replayed.isAtEnd).toBe(false);
      clock.advance(ms);
    }
    await ended;
    expect(replayed.isAtEnd).toBe(true);
    expect(set.mock.calls.map(([, ms]) => ms)).toEqual([maxTimer, maxTimer, maxTimer, 7]);
  });

  test("a long pause that is closed does not go on", async () => {
    const { recorder, notify, clock: recorded } = await recordedDesk();
    recorded.advance(2 ** 33);
    notify(email("e", "Invited"));
    const clock = handClock();
    const replayed = replay(recorder.text, { speed: "recorded", clock });
    const ended = replayed.end();
    await settle();
    replayed.close();
    await ended;
    expect([clock.pending, replayed.isAtEnd]).toEqual([0, false]);
  });

  test.each([0, -1, Number.NaN])("%d is none", async (speed) => {
    const text = await someRecording();
    expect(() => replay(text, { speed })).toThrow('"speed"');
  });
});

test("a closed replay resolves pending calls, leaves no timer, and stays readable", async () => {
  const clock = handClock();
  const replayed = replay(await someRecording(), { speed: "recorded", clock });
  const ended = replayed.end();
  await settle();
  expect(clock.pending).toBe(1);
  replayed.close();
  await ended;
  expect(clock.pending).toBe(0);
  expect(await replayed.step()).toBe(false);
  expect(replayed.desk.interaction("e")?.state).toBe("Invited");
});

test("steps that are requested concurrently are replayed one after the other", async () => {
  const replayed = replay(await someRecording());
  const steps = await Promise.all(Array.from({ length: 20 }, () => replayed.step()));
  const taken = steps.filter(Boolean).length;
  expect(steps).toEqual([...Array<boolean>(taken).fill(true), ...Array<boolean>(20 - taken).fill(false)]);
  expect(replayed.isAtEnd).toBe(true);
});

test("the desk of a replay is watched and inspected like any other, and cannot be started or stopped", async () => {
  const replayed = replay(await someRecording());
  const { desk } = replayed;
  const states: unknown[] = [];
  const inspected: unknown[] = [];
  desk.watch("e").subscribe((snapshot) => states.push(snapshot?.state));
  desk.inspect(({ type }) => inspected.push(type));
  await desk.start();
  expect(desk.connection.state).toBe("Offline");
  const release = desk.retain();
  await replayed.to({ at: 1000 });
  release();
  await desk.stop();
  await replayed.end();
  expect(states).toEqual(["Invited", "Invited", "Accepted", "Completed"]);
  expect(inspected).toContain("@xstate.event");
  expect(replayed.differences).toEqual([]);
});

test("a replay can be recorded, to the same recording", async () => {
  const text = await someRecording();
  const replayed = replay(text);
  const recorder = record(replayed.desk, { includeCustomerData: true });
  await replayed.end();
  expect(recorder.text).toBe(text);
});

test("a mended dialect shows what it makes of an old recording", async () => {
  const { recorder, notify } = await recordedDesk({ includeCustomerData: true });
  notify(email("e", "Ringing", { capabilities: ["Accept"] }));
  const mended: Dialect = {
    ...gws851,
    decode: (message) =>
      gws851.decode(JSON.parse(JSON.stringify(message).replace("Ringing", "Invited")) as unknown),
  };
  const [old, now] = [replay(recorder.text), replay(recorder.text, { dialect: mended })];
  expect(await old.untilAnomaly()).toMatchObject({ code: "unknown-state" });
  expect(await now.untilAnomaly()).toBeUndefined();
  expect(now.desk.invitations.getSnapshot()).toHaveLength(1);
});

test("a result that differs from the recording is reported", async () => {
  const { recorder, notify, desk, acknowledge } = await recordedDesk({ includeCustomerData: true });
  notify(email("e", "Invited"));
  void desk.interaction("e")?.actions.Accept?.();
  await acknowledge();
  notify(email("e", "Accepted"));
  const blind: Dialect = { ...gws851, decode: () => ({ facts: [], anomalies: [] }) };
  const replayed = replay(recorder.text, { dialect: blind });
  await replayed.end();
  expect(replayed.differences.map(({ message }) => message)).toEqual([
    "Accept could not be performed.",
    "No operation was waiting for this answer.",
    "Accept was not settled.",
  ]);
});

describe("what observers did when they were notified is replayed at the same place", () => {
  test("an offer that is accepted as soon as it is there, and revoked immediately after", async () => {
    const { desk, hand, recorder } = await recordedDesk({ includeCustomerData: true });
    const outcomes: unknown[] = [];
    desk.watch("c").subscribe(async (snapshot) => {
      if (snapshot?.kind === "chat") outcomes.push((await snapshot.actions.Accept?.())?.outcome);
    });
    hand.sink?.onFacts(factsOf(email("e", "Accepted"), chat("c", "Invited")));
    hand.sink?.onFacts(factsOf(chat("c", "Revoked")));
    await settle();
    expect(outcomes).toContain("Revoked");
    const replayed = replay(recorder.text);
    await replayed.end();
    expect(replayed.differences).toEqual([]);
    expect(replayed.outcomes.map(({ outcome }) => outcome)).toEqual(
      outcomes.filter((one) => one !== undefined),
    );
    expect(digest(replayed.desk)).toBe(digest(desk));
  });

  test("a desk that is stopped when it goes live", async () => {
    const { desk, hand, recorder } = await recordedDesk({ includeCustomerData: true });
    desk.connection.subscribe(({ state }) => {
      if (state === "Live") void desk.stop();
    });
    hand.sink?.onDisconnected("network");
    hand.sink?.onConnected({ isAcknowledging: true });
    hand.readings.pop()?.(hand.reading([email("e", "Accepted")], []));
    await settle();
    expect(desk.connection.state).toBe("Stopped");
    const replayed = replay(recorder.text);
    await replayed.end();
    expect(digest(replayed.desk)).toBe(digest(desk));
  });

  test("two observers that threw at one change, and a third that acted on it", async () => {
    const { desk, hand, notify, recorder } = await recordedDesk({ includeCustomerData: true });
    notify(email("e", "Invited"));
    desk.anomalies.subscribe(() => {});
    const fail = (): never => {
      throw new Error("Synchronously.");
    };
    desk.changes.subscribe(fail);
    desk.changes.subscribe(fail);
    desk.changes.subscribe((change) => {
      if (change.about === "interaction") void change.interaction.actions.Accept?.();
    });
    const update = email("e", "PropertiesChanged", { userData: { Subject: "Else" } });
    hand.sink?.onFacts(factsOf(update));
    const replayed = replay(recorder.text);
    await replayed.end();
    const accepts = replayed.recording.entries.filter(({ type }) => type === "perform");
    expect(accepts[0]?.in).toEqual([1, 2]);
    expect(replayed.differences).toEqual([]);
    const failures = replayed.recording.entries.filter(({ type }) => type === "listenerFailed");
    expect(failures.slice(0, 2).map((entry) => entry.in)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(digest(replayed.desk)).toBe(digest(desk));
  });

  test("an observer that threw, and one whose promise failed later", async () => {
    const { desk, notify, recorder } = await recordedDesk();
    desk.interactions.subscribe(() => {
      throw new Error("Synchronously.");
    });
    desk.changes.subscribe(() => Promise.reject(new Error("Later.")));
    notify(email("e", "Invited"));
    await settle();
    const replayed = replay(recorder.text);
    await replayed.end();
    expect(desk.anomalies.total()).toBe(2);
    expect(replayed.anomalies).toEqual(desk.anomalies.getSnapshot());
  });
});

test("a transcript comes together again from what came in any order", async () => {
  const { desk, notify, recorder } = await recordedDesk();
  notify(
    chat("c", "Accepted", transcript(5, joined[0]!, said(5, "a", "Five"))),
    chat("c", "PropertiesChanged", transcript(4, said(4, "c", "Four"), joined[1]!)),
  );
  const replayed = replay(recorder.text);
  await replayed.end();
  const [was, is] = [desk, replayed.desk].map((one) => {
    const interaction = one.interaction("c");
    return interaction?.kind === "chat" ? interaction.transcript : undefined;
  });
  expect(is?.events.map(({ id }) => id)).toEqual([1, 2, 4, 5]);
  expect(is?.gaps).toEqual(was?.gaps);
});
