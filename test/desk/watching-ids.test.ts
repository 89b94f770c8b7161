import { expect, test, vi } from "vitest";
import { email, handDesk } from "./hand-desk.ts";

test("an id can be watched before there is an interaction with it", async () => {
  const { desk, notify } = await handDesk();
  const watched = desk.watch("e");
  const watcher = vi.fn();
  watched.subscribe(watcher);
  expect(watched.getSnapshot()).toBeUndefined();
  notify(email("other", "Invited"));
  expect(watcher).not.toHaveBeenCalled();
  notify(email("e", "Invited"));
  expect(watcher).toHaveBeenCalledTimes(1);
  expect(watcher).toHaveBeenLastCalledWith(desk.interaction("e")!.getSnapshot());
  notify(email("e", "Accepted"));
  expect(watcher).toHaveBeenCalledTimes(2);
  expect(watched.getSnapshot()).toBe(desk.interaction("e")!.getSnapshot());
});

test("a watcher of an id is notified when its interaction is dismissed, and when another one begins", async () => {
  const { desk, notify, list, lookUp } = await handDesk();
  notify(email("e", "Invited"));
  const states: (string | undefined)[] = [];
  desk.watch("e").subscribe((snapshot) => states.push(snapshot?.state));
  notify(email("e", "Revoked"));
  desk.interaction("e")!.dismiss();
  expect(desk.watch("e").getSnapshot()).toBeUndefined();
  list.interactions = [email("e", "Invited")];
  notify(email("e", "Invited"));
  await lookUp();
  expect(states).toEqual(["Revoked", undefined, "Invited"]);
  notify(email("e", "Accepted"));
  expect(states.at(-1)).toBe("Accepted");
});

test("a watcher that unsubscribed from an id is not notified", async () => {
  const { desk, notify } = await handDesk();
  const watcher = vi.fn();
  const stop = desk.watch("e").subscribe(watcher);
  stop();
  stop();
  notify(email("e", "Invited"), email("e", "Revoked"));
  expect(watcher).not.toHaveBeenCalled();
});

test("a watcher that throws is reported, and its interaction goes on", async () => {
  const { desk, notify } = await handDesk();
  desk.watch("e").subscribe(() => {
    throw new Error("oops");
  });
  notify(email("e", "Invited"), email("e", "Accepted"));
  expect(desk.interaction("e")!.state).toBe("Accepted");
  expect(desk.anomalies.getSnapshot().filter(({ code }) => code === "listener-failed")).toHaveLength(2);
});

test("asking for a channel notifies no listener and lists nothing; a notification does", async () => {
  const { desk, deliver } = await handDesk();
  const watcher = vi.fn();
  desk.channels.subscribe(watcher);
  const voice = desk.channel("voice");
  expect(voice.state).toBe("Unknown");
  expect(watcher).not.toHaveBeenCalled();
  expect(desk.channels.getSnapshot().map(({ name }) => name)).toEqual(["email", "chat"]);
  deliver({
    channel: "/v2/me/channels",
    data: { channels: [{ channel: "voice", userState: { state: "Ready" } }] },
  });
  expect(watcher).toHaveBeenCalledTimes(1);
  expect(desk.channels.getSnapshot()[2]).toBe(voice);
  expect(voice.state).toBe("Ready");
});

test("who stops watching twice does not silence who has begun since", async () => {
  const { desk, notify } = await handDesk();
  const stop = desk.watch("e").subscribe(() => {});
  stop();
  const newcomer = vi.fn();
  desk.watch("e").subscribe(newcomer);
  stop();
  notify(email("e", "Invited"));
  expect(newcomer).toHaveBeenCalledTimes(1);
});
