// In which order listeners are notified; after public bug reports, see the issue about outcomes.
import { expect, test } from "vitest";
import { chat, handDesk } from "../desk/hand-desk.ts";

test("a listener ends with the newest list, also when another one dismisses what it holds", async () => {
  const { desk, notify } = await handDesk();
  const lengths: number[] = [];
  desk.ended.subscribe((list) => list.forEach((interaction) => interaction.dismiss()));
  desk.ended.subscribe((list) => void lengths.push(list.length));
  notify(chat("A", "Invited"), chat("A", "Revoked"));
  expect(lengths.at(-1)).toBe(0);
  expect(desk.ended.getSnapshot()).toEqual([]);
});

test("a listener ends with the newest snapshot, also when another one performs an operation", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("B", "Invited"));
  const interaction = desk.interaction("B")!;
  const seen: (readonly string[])[] = [];
  let hasPerformed = false;
  interaction.subscribe(({ actions }) => {
    if (hasPerformed) return;
    hasPerformed = true;
    void actions.Accept!();
  });
  interaction.subscribe(({ pending }) => void seen.push(pending));
  notify(chat("B", "PropertiesChanged", { userData: { Vip: "yes" } }));
  expect(seen.at(-1)).toEqual(["Accept"]);
  expect(interaction.pending).toEqual(["Accept"]);
});

test("a listener is not called after it unsubscribed, also when another one ends its subscription", async () => {
  const { desk, notify } = await handDesk();
  let calls = 0;
  let end = () => {};
  desk.invitations.subscribe(() => end());
  end = desk.invitations.subscribe(() => void calls++);
  notify(chat("C", "Invited"));
  expect(calls).toBe(0);
});

test("a listener to all changes is notified of each change, also of two in a row of the same entity", async () => {
  const { desk, loseLink, regainLink } = await handDesk();
  const states: string[] = [];
  desk.changes.subscribe((change) => {
    if (change.about === "connection") states.push(change.connection.state);
  });
  loseLink();
  await regainLink();
  expect(states).toEqual(["Recovering", "CatchingUp", "Live"]);
});
