import { expect, test } from "vitest";
import type { JournalEntry } from "deskstate";
import { email, settle } from "../desk/hand-desk.ts";
import { recordedDesk } from "./recorded-desk.ts";

async function journaled() {
  const run = await recordedDesk();
  const entries: JournalEntry[] = [];
  const subscription = run.desk.journal.subscribe((entry) => entries.push(entry));
  const lines = (): string[] =>
    entries
      .splice(0)
      .map(({ type, nesting: depth, notificationIndex: point }) => `${type} ${depth} ${point}`);
  return { ...run, entries, subscription, lines };
}

test("a journal has each event before it takes effect, and where listeners are notified of it", async () => {
  const { desk, notify, acknowledge, lines, subscription } = await journaled();
  desk.journal.subscribe(({ type }) => {
    if (type === "facts") expect(desk.interaction("e")).toBeUndefined();
  });
  desk.changes.subscribe(() => {});
  notify(email("e", "Invited"));
  expect(lines()).toEqual(["facts 0 0", "notifying 2 1"]);
  void desk.interaction("e")?.actions.Accept?.();
  expect(lines()).toEqual(["perform 0 0", "notifying 2 1"]);
  await acknowledge();
  expect(lines()).toEqual(["answer 0 0"]);
  subscription.unsubscribe();
  notify(email("e", "Accepted"));
  expect(lines()).toEqual([]);
});

test("what a listener asks of the desk has the mark of the notification, and its own follows in the next round", async () => {
  const { desk, notify, lines } = await journaled();
  desk.invitations.subscribe(([first]) => void first?.actions.Accept?.());
  desk.changes.subscribe(() => {});
  notify(email("e", "Invited"));
  expect(lines()).toEqual(["facts 0 0", "notifying 2 1", "perform 2 1", "notifying 2 2"]);
});

test("time stands still while something takes effect, and goes on in between", async () => {
  const { desk, notify, clock, entries } = await journaled();
  const times: number[] = [];
  desk.anomalies.subscribe((anomalies) => {
    clock.advance(5);
    times.push(anomalies.at(-1)!.at);
  });
  notify({ state: "Invited" }, { state: "Invited" });
  expect(times[1]! - times[0]!).toBe(5);
  void desk.channel("chat").actions.NotReady?.();
  const kept = desk.channel("email").actions;
  clock.advance(100);
  void kept.Ready?.();
  void kept.Ready?.();
  const at = entries.filter(({ type }) => type === "perform").map((entry) => entry.at - entries[0]!.at);
  expect(at).toEqual([10, 110, 110]);
  await settle();
});

test("it lists the pending operations, without anything that could act on them", async () => {
  const { desk, notify } = await journaled();
  notify(email("e", "Invited"));
  void desk.interaction("e")?.actions.Accept?.();
  const [running, ...others] = desk.journal.running();
  expect(others).toEqual([]);
  expect(running).toMatchObject({ key: 1, sends: 1, request: { operation: "Accept", target: { id: "e" } } });
  const isCallable = (value: unknown): boolean =>
    typeof value === "function" ||
    (typeof value === "object" && value !== null && Object.values(value).some(isCallable));
  expect(isCallable(running)).toBe(false);
});

test("what an observer of the journal throws ends nothing and is no anomaly", async () => {
  const { desk, notify } = await journaled();
  desk.journal.subscribe(() => {
    throw new Error("It cannot be written down.");
  });
  notify(email("e", "Invited"));
  expect(desk.interaction("e")?.state).toBe("Invited");
  expect(desk.anomalies.total()).toBe(0);
});
