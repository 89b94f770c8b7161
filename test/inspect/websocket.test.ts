import { createWebSocketInspector } from "@statelyai/inspect";
import { channelMachine, chatMachine, connectionMachine, emailMachine } from "deskstate/machines";
import { inspectDesk } from "deskstate/inspect";
import { expect, onTestFinished, test, vi } from "vitest";
import { crowd } from "../cost/crowd.ts";
import { until } from "../link/until.ts";
import { chat, email, handDesk } from "../desk/hand-desk.ts";
import { drawn, statesOf } from "./drawn.ts";
import { everyState } from "./every-state.ts";
import { connectedInspector, freePort, inspectorServer } from "./inspector-server.ts";

test("actors arrive with their names and charts that can be drawn", async () => {
  const server = await inspectorServer();
  const inspector = await connectedInspector(server);
  const { desk, notify } = await handDesk();
  inspectDesk(desk, inspector);
  notify(email("the email", "Invited"), chat("the chat", "Invited"));
  await until("the chat arrived", () => drawn(server.received)["the chat"]?.states.at(-1) === "Invited");
  const { connection, email: channel, "the email": mail, "the chat": conversation } = drawn(server.received);
  const charts = [connection!, channel!, mail!, conversation!].map(({ machine }) => machine);
  const own = [connectionMachine, channelMachine, emailMachine, chatMachine];
  expect(charts.map(({ id }) => id)).toEqual(["connection", "channel", "email", "chat"]);
  expect(charts.map(statesOf)).toEqual(own.map(statesOf));
  expect(charts.map(({ events }) => events.toSorted())).toEqual(own.map(({ events }) => events.toSorted()));
  expect(charts[2]!.root.states["Invited"]!.description).toBe(
    emailMachine.root.states["Invited"]!.description,
  );
});

test("events arrive, and the states that they lead to, operations of the agent included", async () => {
  const server = await inspectorServer();
  const { desk, notify, asked } = await handDesk();
  inspectDesk(desk, await connectedInspector(server));
  notify(email("e", "Invited"));
  const accepting = desk.interaction("e")!.actions.Accept!();
  await asked[0]!.answer({ kind: "acknowledged" });
  notify(email("e", "Accepted"), email("e", "PropertiesChanged"), email("e", "Completed"));
  await accepting;
  await until("its end arrived", () => drawn(server.received)["e"]?.states.at(-1) === "Ended.Completed");
  expect(drawn(server.received)["e"]).toMatchObject({
    received: [
      ...["xstate.init", "Invited", "OperationSent", "OperationAcknowledged"],
      ...["Accepted", "PropertiesChanged", "Completed"],
    ],
    states: ["Unknown", "Invited", "Invited", "Invited", "Accepted", "Accepted", "Ended.Completed"],
  });
});

test("a late inspector receives interactions in their present states, and then their events", async () => {
  const server = await inspectorServer();
  const inspector = await connectedInspector(server);
  const { desk, notify, states } = await everyState();
  inspectDesk(desk, inspector);
  const last = "chat that is Ended.Gone";
  await until("the last one arrived", () => drawn(server.received)[last]?.states.length === 1);
  const { connection, email: mails, chat: chats, ...interactions } = drawn(server.received);
  expect([connection, mails, chats].map((actor) => actor?.states)).toEqual([
    ["Live"],
    ["Unknown"],
    ["Unknown"],
  ]);
  const seen = Object.values(interactions).map(({ name, states: [state] }) => [name, state]);
  expect(Object.fromEntries(seen)).toEqual(states);
  for (const { machine } of Object.values(interactions)) {
    const ofItsKind = Object.values(interactions).filter((other) => other.machine.id === machine.id);
    expect(ofItsKind.flatMap((other) => other.states).toSorted()).toEqual(statesOf(machine));
  }
  notify(chat("chat that is Left", "Completed"));
  const left = () => drawn(server.received)["chat that is Left"]!;
  await until("it ended", () => left().states.at(-1) === "Ended.Completed");
  expect(left().received.at(-1)).toBe("Completed");
});

test("a thousand interactions are announced whole to an inspector that is connected", async () => {
  const server = await inspectorServer();
  const inspector = await connectedInspector(server);
  const { desk, ids } = await crowd(1000);
  inspectDesk(desk, inspector);
  const names = () =>
    server.received.flatMap((event) => (event.type === "@xstate.actor" ? [event.name] : []));
  await until("the last one arrived", () => names().includes(ids.at(-1)!));
  expect(new Set(names())).toEqual(new Set(["connection", "email", "chat", ...ids]));
});

test("and to one that is not connected yet, when it keeps more than the 200 events that it keeps by itself", async () => {
  const server = await inspectorServer();
  const inspector = createWebSocketInspector({
    url: server.url,
    maxDeferredEvents: 10_000,
    autoStart: false,
  });
  onTestFinished(() => inspector.stop());
  const { desk, ids } = await crowd(300);
  inspectDesk(desk, inspector);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(server.received).toEqual([]);
  // Stately's own server keeps 200 events as well, for watchers who come late; this one is there already.
  await connectedInspector(server);
  inspector.start();
  // Each is there, begins, and is in a state: those of the interactions, of the connection and of two channels.
  await until("all arrived", () => server.received.length === 3 * (ids.length + 3));
  expect(new Set(Object.keys(drawn(server.received)))).toEqual(
    new Set(["connection", "email", "chat", ...ids]),
  );
});

test("an inspector's server that is down changes nothing for the desk; when it comes up it receives the events that were kept for it", async () => {
  const port = await freePort();
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const inspector = createWebSocketInspector({ url: `ws://127.0.0.1:${port}` });
  onTestFinished(() => inspector.stop());
  const { desk, notify, asked } = await handDesk();
  inspectDesk(desk, inspector);
  notify(email("e", "Invited"));
  const accepting = desk.interaction("e")!.actions.Accept!();
  await asked[0]!.answer({ kind: "acknowledged" });
  notify(email("e", "Accepted"));
  expect(await accepting).toMatchObject({ outcome: "Done" });
  vi.advanceTimersByTime(0);
  await vi.waitUntil(() => vi.getTimerCount() > 0, { timeout: 8000 });
  expect(desk.anomalies.getSnapshot()).toEqual([]);

  const server = await inspectorServer(port);
  await vi.advanceTimersByTimeAsync(5000);
  vi.useRealTimers();
  await until("it arrived", () => drawn(server.received)["e"]?.states.at(-1) === "Accepted");
});

test("an inspector's server that stops while the desk is inspected changes nothing for the desk", async () => {
  const server = await inspectorServer();
  const { port } = new URL(server.url);
  const inspector = await connectedInspector(server);
  const { desk, notify } = await handDesk();
  const leave = inspectDesk(desk, inspector);
  notify(email("e", "Invited"));
  await until("it arrived", () => drawn(server.received)["e"]?.states.at(-1) === "Invited");
  server.stop();
  notify(email("e", "Accepted"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  notify(email("e", "Completed"));
  expect(desk.interaction("e")!.state).toBe("Completed");
  expect(desk.anomalies.getSnapshot()).toEqual([]);

  // Stately does not come back by itself from a connection that was closed; started and attached again, all is there.
  const again = await inspectorServer(Number(port));
  leave();
  inspector.start();
  inspectDesk(desk, inspector);
  await until("all arrived", () =>
    again.received.some((event) => event.type === "@xstate.actor" && event.name === "e"),
  );
});
