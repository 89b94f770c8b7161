import { expect, test, vi } from "vitest";
import { chat, email, handDesk, joined, transcript } from "./hand-desk.ts";

test("a listener is called when what it watches changed, and only then", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"), email("f", "Invited"));
  const calls = { e: vi.fn(), f: vi.fn(), interactions: vi.fn(), invitations: vi.fn(), ended: vi.fn() };
  desk.interaction("e")!.subscribe(calls.e);
  desk.interaction("f")!.subscribe(calls.f);
  desk.interactions.subscribe(calls.interactions);
  desk.invitations.subscribe(calls.invitations);
  desk.ended.subscribe(calls.ended);
  notify(email("e", "Invited"));
  for (const call of Object.values(calls)) expect(call).not.toHaveBeenCalled();
  notify(email("e", "Accepted"));
  expect(calls.e).toHaveBeenCalledTimes(1);
  expect(calls.invitations).toHaveBeenCalledTimes(1);
  expect(calls.f).not.toHaveBeenCalled();
  expect(calls.interactions).not.toHaveBeenCalled();
  notify(email("e", "Revoked"));
  expect(calls.interactions).toHaveBeenCalledTimes(1);
  expect(calls.ended).toHaveBeenCalledTimes(1);
});

test("a watched list keeps its order when members leave from anywhere", async () => {
  const { desk, notify } = await handDesk();
  const seen: string[] = [];
  desk.invitations.subscribe((list) => seen.push(list.map(({ id }) => id).join("")));
  for (const id of ["a", "b", "c", "d"]) notify(email(id, "Invited"));
  notify(email("b", "Accepted"), email("d", "Revoked"), email("a", "Accepted"), email("e", "Invited"));
  expect(seen).toEqual(["a", "ab", "abc", "abcd", "acd", "ac", "c", "ce"]);
  expect(desk.interactions.getSnapshot().map(({ id }) => id)).toEqual(["a", "b", "c", "e"]);
});

test("a snapshot keeps its reference until something changes, and its unchanged parts beyond that", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("c", "Accepted", transcript(2, ...joined)));
  const interaction = desk.interaction("c")!;
  const before = interaction.getSnapshot();
  notify(chat("c", "PropertiesChanged", transcript(2, ...joined)));
  expect(interaction.getSnapshot()).toBe(before);
  notify(chat("c", "PropertiesChanged", transcript(3, { id: 3, messageType: "NOTICE", userId: "a" })));
  const after = interaction.getSnapshot();
  expect(after).not.toBe(before);
  expect(after.userData).toBe(before.userData);
  expect(after.actions).toBe(before.actions);
  expect(after.pending).toBe(before.pending);
  expect(after.capabilities).toBe(before.capabilities);
});

test("listeners of an interaction are notified when the connection takes its actions away", async () => {
  const { desk, notify, loseLink } = await handDesk();
  notify(email("e", "Invited"), email("ended", "Revoked"));
  const watcher = vi.fn();
  const ended = vi.fn();
  desk.interaction("e")!.subscribe(watcher);
  desk.interaction("ended")!.subscribe(ended);
  loseLink();
  expect(watcher).toHaveBeenCalledTimes(1);
  expect(watcher.mock.lastCall![0]).toMatchObject({ actions: {} });
  expect(ended).not.toHaveBeenCalled();
});

test("a change is notified even when it is read before the listeners are called", async () => {
  const { desk, notify, loseLink, regainLink, list, deliver } = await handDesk();
  list.interactions = [email("e", "Invited")];
  notify(email("e", "Invited"));
  deliver({
    channel: "/v2/me/channels",
    data: { channels: [{ channel: "chat", userState: { state: "Ready" } }] },
  });
  const interaction = desk.interaction("e")!;
  const chat = desk.channel("chat");
  const counts = { interaction: [] as number[], chat: [] as number[] };
  desk.connection.subscribe(() => void [interaction.getSnapshot(), chat.getSnapshot()]);
  interaction.subscribe(({ actions }) => void counts.interaction.push(Object.keys(actions).length));
  chat.subscribe(({ actions }) => void counts.chat.push(Object.keys(actions).length));
  loseLink();
  await regainLink();
  expect(counts).toEqual({ interaction: [0, 2], chat: [0, 1] });
});

test("an interaction is on the list from its first notification", async () => {
  const { desk, deliver } = await handDesk();
  deliver({ data: { interaction: { id: "e", channel: "email", state: "PropertiesChanged" } } });
  expect(desk.interactions.getSnapshot().map(({ id, state }) => [id, state])).toEqual([["e", "Unknown"]]);
});

test("a listener that throws is reported and does not keep the others from being notified", async () => {
  const { desk, notify } = await handDesk();
  const listener = vi.fn();
  desk.interactions.subscribe(() => {
    throw new Error("a customer's secret");
  });
  desk.interactions.subscribe({ next: listener });
  notify(email("e", "Invited"));
  expect(listener).toHaveBeenCalledTimes(1);
  const anomalies = desk.anomalies.getSnapshot();
  expect(anomalies.map(({ code }) => code)).toEqual(["listener-failed"]);
  expect(JSON.stringify(anomalies)).not.toContain("secret");
});

test("an anomaly quotes nothing of the unexpected input, not even a single word", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited", { capabilities: "4111111111111111", threadId: ["Meier"], userData: "Meier" }));
  const anomalies = desk.anomalies.getSnapshot();
  expect(anomalies.map(({ code }) => code)).toEqual(["bad-field", "bad-field", "bad-field"]);
  expect(JSON.stringify(anomalies)).not.toMatch(/4111|Meier/);
});

test("a listener of anomalies that throws does not go round for ever", async () => {
  const { desk, deliver } = await handDesk();
  desk.anomalies.subscribe(() => {
    throw new Error();
  });
  deliver(null);
  expect(desk.anomalies.total()).toBe(2);
});

test("a subscription ends by calling it and by its method", async () => {
  const { desk, notify } = await handDesk();
  const [one, other] = [vi.fn(), vi.fn()];
  desk.interactions.subscribe(one)();
  desk.interactions.subscribe(other).unsubscribe();
  notify(email("e", "Invited"));
  expect(one).not.toHaveBeenCalled();
  expect(other).not.toHaveBeenCalled();
});

test("every change notifies each listener of the whole desk once", async () => {
  const { desk, notify, deliver } = await handDesk();
  const changes: string[] = [];
  desk.changes.subscribe((change) => {
    if (change.about === "interaction") changes.push(`${change.interaction.id} ${change.interaction.state}`);
    if (change.about === "channel") changes.push(`${change.channel.name} ${change.channel.state}`);
  });
  notify(email("e", "Invited"), email("e", "Invited"), email("e", "Accepted"));
  const ready = {
    channel: "/v2/me/channels",
    data: { channels: [{ channel: "chat", userState: { state: "Ready" } }] },
  };
  deliver(ready, ready);
  expect(changes).toEqual(["e Invited", "e Accepted", "chat Ready"]);
});

test("two desks in one process do not know of each other", async () => {
  const one = await handDesk();
  const other = await handDesk();
  one.notify(email("e", "Invited"));
  expect(other.desk.interaction("e")).toBeUndefined();
});

test("an actor can be looked at, but not sent to", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"));
  const { actor } = desk.interaction("e")!;
  expect(actor.getSnapshot().value).toBe("Invited");
  expect("send" in actor).toBe(false);
});

test("data goes past the charts unless an inspector is attached", async () => {
  const quiet = await handDesk();
  const events: string[] = [];
  const inspected = await handDesk({
    inspect: (event) => {
      if (event.type === "@xstate.event") events.push(event.event.type);
    },
  });
  for (const { notify } of [quiet, inspected]) {
    notify(email("e", "Accepted"), email("e", "PropertiesChanged", { userData: { Subject: "marker" } }));
  }
  expect(events.filter((type) => type === "PropertiesChanged")).toHaveLength(1);
  const state = ({ desk }: typeof quiet) => desk.interaction("e")!.actor.getSnapshot().value;
  expect(state(inspected)).toEqual(state(quiet));
});

test("a listener whose promise fails is reported, and nothing is left unhandled", async () => {
  const { desk, notify, settle } = await handDesk();
  desk.invitations.subscribe(async () => {
    await Promise.resolve();
    throw new Error("could not accept");
  });
  notify(email("e", "Invited"));
  await settle();
  const failed = desk.anomalies.getSnapshot().filter(({ code }) => code === "listener-failed");
  expect(failed).toHaveLength(1);
  expect(JSON.stringify(failed)).not.toContain("could not accept");
});
