import { expect, test } from "vitest";
import type { Desk } from "deskstate";
import { record, replay, type Replay } from "deskstate/recording";
import { handClock } from "../simulator/hand-clock.ts";
import { chat, email, settle } from "../desk/hand-desk.ts";
import { digestOfState } from "./digest.ts";
import { recordedDesk } from "./recorded-desk.ts";

/** A desk that works for long: each round is an email with an operation, now and then a chat and an anomaly. */
async function longRecording(rounds: number): Promise<string> {
  const run = await recordedDesk({ includeCustomerData: true });
  const { desk, notify, acknowledge, clock } = run;
  for (let round = 0; round < rounds; round++) {
    const id = `e${round}`;
    notify(email(id, "Invited"));
    void desk.interaction(id)?.actions.Accept?.();
    await acknowledge();
    clock.advance(10);
    notify(email(id, "Accepted"));
    if (round % 10 === 0) notify(chat(`c${round}`, "Accepted"), { state: "Invited" });
    if (round % 3 > 0) notify(email(id, "Completed"));
    else if (round > 30) notify(email(`e${round - 30}`, "Completed"));
  }
  return run.recorder.text;
}

function shown({ desk, position, outcomes, anomalies, differences }: Replay): object {
  return { state: digestOfState(desk), position, outcomes: [...outcomes], anomalies, differences };
}

test("seek goes back and forth to what a replay from the beginning shows there", async () => {
  const text = await longRecording(250);
  const seen = new Map<number, object>();
  const straight = replay(text);
  const all = straight.recording.entries.length;
  const places = [all - 1, 700, 699, 1, all, 1200, 0, 1400, 600];
  for (const seq of places.toSorted((one, other) => one - other)) {
    await straight.to({ seq });
    seen.set(seq, shown(straight));
  }
  const replayed = replay(text);
  await replayed.end();
  for (const seq of places) {
    expect(await replayed.seek({ seq })).toBe(true);
    expect({ seq, ...shown(replayed) }).toEqual({ seq, ...seen.get(seq) });
  }
  await replayed.end();
  expect(replayed.isAtEnd).toBe(true);
  expect(replayed.differences).toEqual([]);
});

test("seek goes to a time, and before the first entry", async () => {
  const replayed = replay(await longRecording(20));
  await replayed.end();
  const { t } = replayed.recording.entries.at(-1)!;
  await replayed.seek({ at: t - 1 });
  expect(replayed.position.t).toBeLessThan(t);
  await replayed.seek({ seq: 0 });
  expect(replayed.position).toEqual({ seq: 0, t: 0 });
  expect(replayed.desk.connection.state).toBe("Offline");
  expect(await replayed.step()).toBe(true);
});

test("seek replays few entries of a long recording to go back", async () => {
  let entries = 0;
  const replayed = replay(await longRecording(400), {
    onDesk: (desk) => {
      entries = 0;
      desk.journal.subscribe(({ nesting }) => {
        if (nesting === 0) entries++;
      });
    },
  });
  await replayed.end();
  const { seq } = replayed.position;
  await replayed.seek({ seq: seq - 1 });
  // Each interaction that the desk keeps takes a few steps to be restored.
  expect(entries).toBeLessThan(seq / 3);
});

test("each desk of a replay is announced before anything is replayed in it", async () => {
  const states: string[] = [];
  const desks: Desk[] = [];
  const replayed = replay(await longRecording(10), {
    onDesk: (desk) => {
      desks.push(desk);
      states.push(desk.connection.state);
    },
  });
  expect(desks).toEqual([replayed.desk]);
  await replayed.end();
  await replayed.seek({ seq: 20 });
  expect(desks[1]).toBe(replayed.desk);
  expect(states).toEqual(["Offline", "Offline"]);
});

test("a seek that another one follows gives way to it, and leaves the desk that is shown", async () => {
  const replayed = replay(await longRecording(20));
  await replayed.end();
  const [first, second] = [replayed.seek({ seq: 5 }), replayed.seek({ seq: 9 })];
  expect(await Promise.all([first, second])).toEqual([false, true]);
  expect(replayed.position.seq).toBe(9);
  replayed.close();
  expect(await replayed.seek({ seq: 2 })).toBe(false);
  expect(replayed.position.seq).toBe(9);
});

test("a seek ends what is replayed with its pauses", async () => {
  const clock = handClock();
  const replayed = replay(await longRecording(5), { speed: "recorded", clock });
  const ended = replayed.end();
  await settle();
  expect(replayed.isAtEnd).toBe(false);
  expect(await replayed.seek({ seq: 3 })).toBe(true);
  await ended;
  expect([replayed.position.seq, clock.pending]).toEqual([3, 0]);
});

test("a replay that went back to a checkpoint of its own can be recorded from there", async () => {
  const replayed = replay(await longRecording(200));
  await replayed.end();
  await replayed.seek({ seq: 900 });
  const recorder = record(replayed.desk, { includeCustomerData: true });
  await replayed.end();
  const again = replay(recorder.text);
  await again.end();
  expect(digestOfState(again.desk)).toBe(digestOfState(replayed.desk));
});
