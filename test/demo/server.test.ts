import type { InteractionOf, Interaction } from "deskstate";
import { expect, test, vi } from "vitest";
import type { DemoServer } from "./demo-server.ts";
import { serveDemo } from "./demo-server.ts";

const waiting = { timeout: 8_000, interval: 10 };

async function offered(desk: { readonly invitations: { getSnapshot(): readonly Interaction[] } }) {
  return vi.waitFor(() => {
    const [first] = desk.invitations.getSnapshot();
    if (first === undefined) throw new Error("Nothing is offered.");
    return first;
  }, waiting);
}

function post(server: DemoServer, path: string, headers: Record<string, string>, body = "{}") {
  return fetch(`${server.origin}/simulator/${path}`, { method: "POST", headers, body });
}

test("a page reads the agents, the timeout of offers, and the reasons for NotReady", async () => {
  const server = await serveDemo({ agents: 2 });
  expect(await server.readState()).toEqual({
    agents: [
      { user: "agent1", password: "secret-agent1" },
      { user: "agent2", password: "secret-agent2" },
    ],
    offerTimeout: 15_000,
    cutDuration: 5_000,
    restartDuration: 2_000,
    reasons: ["OutToLunch", "Break", "Training", "Meeting"],
    customersArrive: false,
  });
});

test("a desk on the page's own origin is offered the email that a visitor sends, and loses it to a revoke", async () => {
  const server = await serveDemo();
  const desk = await server.startDesk();
  expect((await server.ask("email")).status).toBe(200);
  const email = await offered(desk);
  expect(email.channel).toBe("email");

  expect((await server.ask("revoke", { id: email.id })).status).toBe(200);
  await vi.waitFor(() => expect(desk.interaction(email.id)?.outcome).toBe("Revoked"), waiting);
});

test("the customer of a chat types first and then writes", async () => {
  const server = await serveDemo();
  const desk = await server.startDesk();
  await server.ask("chat");
  const chat = (await offered(desk)) as InteractionOf<"chat">;
  await chat.actions.Accept?.({ nickname: "Ana" });

  await server.ask("write", { id: chat.id, text: "Is it on its way?" });
  await vi.waitFor(
    () => expect(chat.transcript.parties.some(({ isTyping }) => isTyping)).toBe(true),
    waiting,
  );
  expect(chat.transcript.events.at(-1)?.noticeType).toBe("TypingStarted");
  await vi.waitFor(() => expect(chat.transcript.events.at(-1)?.text).toBe("Is it on its way?"), waiting);
});

test("while the network is cut the desk recovers, and catches up when it is back", async () => {
  const server = await serveDemo({ cutDuration: 600 });
  const desk = await server.startDesk();
  const states: string[] = [];
  desk.connection.subscribe(({ state }) => states.push(state));
  await server.ask("cut");
  await vi.waitFor(() => expect(states).toContain("Recovering"), waiting);
  await server.ask("email");
  await vi.waitFor(() => expect(states.at(-1)).toBe("Live"), waiting);
  expect([...new Set(states)]).toEqual(["Recovering", "CatchingUp", "Live"]);
  expect(desk.invitations.getSnapshot()).toHaveLength(1);
});

test("a server that restarts forgets the sessions and keeps the work", async () => {
  const server = await serveDemo({ restartDuration: 200 });
  const desk = await server.startDesk();
  await server.ask("email");
  const email = await offered(desk);
  await email.actions.Accept?.();
  const restarting = server.ask("restart");
  await vi.waitFor(() => expect(desk.connection.state).toBe("Recovering"), waiting);
  expect((await restarting).status).toBe(200);
  await vi.waitFor(() => expect(desk.connection.state).toBe("Live"), waiting);
  expect(desk.interaction(email.id)?.state).toBe("Accepted");
});

test("customers arrive by themselves only when that is switched on", async () => {
  const server = await serveDemo({ customers: true });
  expect((await server.readState()).customersArrive).toBe(true);
  expect(await (await server.ask("customers", { on: false })).json()).toMatchObject({
    customersArrive: false,
  });
  expect(await (await server.ask("customers", { on: true })).json()).toMatchObject({ customersArrive: true });
});

test("a control that is not possible is refused with a reason", async () => {
  const server = await serveDemo();
  const refused = await server.ask("write", { id: "unknown" });
  expect(refused.status).toBe(409);
  expect(await refused.json()).toEqual({
    message: "This customer writes by themselves.",
  });
  const revoked = await server.ask("revoke", { id: "nothing" });
  expect(revoked.status).toBe(409);
  expect(await revoked.json()).toEqual({ message: "The server has no such interaction." });
});

test("another site can neither use the controls nor read the state", async () => {
  const server = await serveDemo();
  const desk = await server.startDesk();
  const json = { "Content-Type": "application/json" };
  const other = { ...json, Origin: "http://localhost:8080" };
  expect((await post(server, "email", other)).status).toBe(403);
  expect((await post(server, "email", { ...json, Origin: "null" })).status).toBe(403);
  expect((await post(server, "email", json)).status).toBe(403);
  // A form of another site can send this without asking first.
  expect((await post(server, "email", { Origin: server.origin, "Content-Type": "text/plain" })).status).toBe(
    400,
  );
  expect(desk.interactions.getSnapshot()).toEqual([]);

  for (const path of ["/simulator", "/api/v2/me"]) {
    const answer = await fetch(server.origin + path, { headers: { Origin: "http://localhost:8080" } });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  }
});

test("an invalid request is refused", async () => {
  const server = await serveDemo();
  const page = { "Content-Type": "application/json", Origin: server.origin };
  expect((await post(server, "constructor", page)).status).toBe(404);
  expect((await fetch(`${server.origin}/simulator/email`)).status).toBe(405);
  expect((await post(server, "email", page, "{")).status).toBe(400);
  expect((await post(server, "email", page, "7")).status).toBe(400);
  expect((await post(server, "email", page, JSON.stringify({ text: "x".repeat(20_000) }))).status).toBe(400);
});

test("without controls the page reads the agents and can change nothing", async () => {
  const server = await serveDemo({ controls: false });
  expect((await server.readState()).agents).toHaveLength(1);
  expect((await server.ask("email")).status).toBe(404);
});
