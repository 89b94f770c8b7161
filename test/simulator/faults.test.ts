import { expect, test } from "vitest";
import type { ServedRequest } from "../../src/simulator/index.ts";
import type { Running } from "./running.ts";
import { acceptedChat, acceptedEmail, heldPoll, ready, running } from "./running.ts";
import type { Json } from "./test-agent.ts";
import { send } from "./test-agent.ts";

function replies({ simulator }: Running): ServedRequest[] {
  return simulator.requests.filter(({ operationName }) => operationName === "Reply");
}

test("an operation can be refused in any spelling, and is not done", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  const { faults, requests } = run.simulator;
  faults.refuse(
    { httpStatus: 500, statusCode: 4, statusMessage: "Busy" },
    { operationName: "Reply", times: 1 },
  );
  const refused = await run.ana.operate(id, "Reply");
  expect([refused.status, refused.body]).toEqual([500, { statusCode: 4, statusMessage: "Busy" }]);
  faults.refuse({ body: { status: "error", errorDescription: "No" } }, { operationName: "Reply", times: 1 });
  expect((await run.ana.operate(id, "Reply")).body).toEqual({ status: "error", errorDescription: "No" });
  faults.refuse({ httpStatus: 302, body: "<html>", headers: { Location: "/login" } }, { times: 1 });
  const login = await run.ana.get("/me");
  expect([login.status, login.text, login.headers.location]).toEqual([302, "<html>", "/login"]);
  expect(run.simulator.snapshot("agent1").interactions).toHaveLength(1);
  expect(requests.filter(({ operationName, executed }) => operationName === "Reply" && executed)).toEqual([]);
  expect((await run.ana.operate(id, "Reply")).body).toEqual({ statusCode: 0 });
});

test("a fault affects only matching requests, `times` times, and counts them", async () => {
  const { simulator, ana, ben } = await running();
  const fault = simulator.faults.refuse(
    { httpStatus: 503 },
    { user: "agent1", path: "/me/channels", times: 2 },
  );
  expect((await ben.get("/me/channels")).status).toBe(200);
  expect((await ana.get("/me")).status).toBe(200);
  expect((await ana.get("/me/channels")).status).toBe(503);
  expect((await ana.get("/me/channels/chat")).status).toBe(503);
  expect((await ana.get("/me/channels")).status).toBe(200);
  expect(fault.hits).toBe(2);
});

test("a fault without a limit lasts until it is cleared", async () => {
  const { simulator, ana } = await running();
  const fault = simulator.faults.refuse({ httpStatus: 503 });
  expect([(await ana.get("/me")).status, (await ana.get("/me")).status]).toEqual([503, 503]);
  fault.clear();
  expect((await ana.get("/me")).status).toBe(200);
  simulator.faults.refuse({ httpStatus: 503 });
  simulator.faults.clear();
  expect((await ana.get("/me")).status).toBe(200);
});

test("a fault that names neither operation nor path leaves CometD alone", async () => {
  const { simulator, ana } = await running();
  simulator.faults.refuse({ httpStatus: 503 });
  simulator.notify("agent1", "/v2/me/channels", { a: 1 });
  expect(await ana.catchUp()).toHaveLength(1);
});

test("a subscribe can be refused while the poll goes on", async () => {
  const { simulator, ben } = await running();
  simulator.faults.refuse({ httpStatus: 500 }, { operationName: "/meta/subscribe", user: "agent2" });
  expect((await ben.subscribe("/v2/me/other")).status).toBe(500);
  simulator.faults.clear();
  simulator.faults.refuse(
    { httpStatus: 500, body: "" },
    { path: "/notifications", user: "agent2", times: 1 },
  );
  expect((await ben.subscribe("/v2/me/other")).status).toBe(500);
  expect((await ben.subscribe("/v2/me/other")).body).toMatchObject([{ successful: true }]);
});

test("an answer can be lost although the operation is done", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  run.simulator.faults.loseAnswer({ operationName: "Reply", times: 1 });
  await expect(run.ana.operate(id, "Reply")).rejects.toThrow(/hang up|ECONNRESET/);
  expect(run.simulator.snapshot("agent1").interactions).toHaveLength(2);
  expect(await run.ana.states()).toHaveLength(1);
  expect(replies(run)).toMatchObject([{ executed: true, answered: "lost" }]);
});

test("a request can be lost before it is done", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  run.simulator.faults.loseRequest({ operationName: "Reply", times: 1 });
  await expect(run.ana.operate(id, "Reply")).rejects.toThrow(/hang up|ECONNRESET/);
  expect(run.simulator.snapshot("agent1").interactions).toHaveLength(1);
  expect(replies(run)).toMatchObject([{ executed: false, answered: "lost" }]);
});

test("the answer to a CometD request can be lost too", async () => {
  const { simulator, cleo } = await running();
  await cleo.handshake();
  simulator.faults.loseAnswer({ operationName: "/meta/subscribe", times: 1 });
  await expect(cleo.subscribe("/v2/me/interactions")).rejects.toThrow(/hang up|ECONNRESET/);
  simulator.notify("agent3", "/v2/me/interactions", { was: "subscribed" });
  expect((await cleo.poll(0)).body).toMatchObject([{ data: { was: "subscribed" } }, {}]);
});

test("a response can be delayed while its notifications leave immediately", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  run.simulator.faults.delay(5_000, { operationName: "Reply" });
  let isAnswered = false;
  const answer = run.ana.operate(id, "Reply").then((reply) => {
    isAnswered = true;
    return reply;
  });
  while (replies(run).length === 0) await new Promise(setImmediate);
  expect(await run.ana.states()).toHaveLength(1);
  expect(isAnswered).toBe(false);
  run.clock.advance(5_000);
  expect((await answer).body).toEqual({ statusCode: 0 });
});

test("the answer to a CometD request can be delayed too", async () => {
  const { simulator, clock, cleo } = await running();
  simulator.faults.delay(5_000, { operationName: "/meta/handshake" });
  const handshake = cleo.handshake();
  const isLogged = () => simulator.requests.at(-1)?.operationName === "/meta/handshake";
  while (!isLogged()) await new Promise(setImmediate);
  clock.advance(5_000);
  expect(await handshake).toMatch(/^[0-9A-F]{32}$/);
});

test("a held poll is cut with the other connections of its agent", async () => {
  const { simulator, ana, cleo } = await running();
  await cleo.handshake();
  const held = await heldPoll(simulator, cleo, "agent3");
  let isCut = false;
  held.reply.catch(() => (isCut = true));
  simulator.faults.dropConnections("agent2");
  await cleo.get("/me");
  expect(isCut).toBe(false);
  simulator.faults.dropConnections("agent3");
  await expect(held.reply).rejects.toThrow(/hang up|ECONNRESET/);
  simulator.notify("agent1", "/v2/me/channels", { still: "polling" });
  expect(await ana.catchUp()).toHaveLength(1);
});

test("all connections can be cut", async () => {
  const { simulator, cleo } = await running();
  await cleo.handshake();
  const held = await heldPoll(simulator, cleo, "agent3");
  simulator.faults.dropConnections();
  await expect(held.reply).rejects.toThrow(/hang up|ECONNRESET/);
  expect((await cleo.get("/me")).status).toBe(200);
});

test("new connections can be refused for a while", async () => {
  const { simulator, ana } = await running();
  simulator.faults.refuseConnections(true);
  await expect(ana.get("/me")).rejects.toThrow(/hang up|ECONNRESET/);
  simulator.faults.refuseConnections(false);
  expect((await ana.get("/me")).status).toBe(200);
  simulator.faults.refuseConnections(true);
  simulator.faults.clear();
  expect((await ana.get("/me")).status).toBe(200);
});

test("an expired HTTP session is no longer known, for REST and CometD, for that agent alone", async () => {
  const { simulator, ana, cleo } = await running();
  await cleo.handshake();
  await cleo.subscribe("/v2/me/interactions");
  simulator.faults.expireSession("agent3");
  expect((await cleo.get("/me")).body["statusCode"]).toBe(20);
  expect((await cleo.poll(0)).status).toBe(401);
  expect((await ana.get("/me")).status).toBe(200);
  await cleo.login();
  simulator.notify("agent3", "/v2/me/interactions", { same: "session" });
  expect((await cleo.poll(0)).body).toMatchObject([{ data: { same: "session" } }, { successful: true }]);
});

test("an expired CometD session ends its held poll with 402 and the advice to handshake", async () => {
  const { simulator, ana, cleo } = await running();
  const clientId = await cleo.handshake();
  await cleo.subscribe("/v2/me/interactions");
  const held = await heldPoll(simulator, cleo, "agent3");
  simulator.faults.expireComet("agent3");
  simulator.notify("agent3", "/v2/me/interactions", { lost: true });
  const unknown = {
    channel: "/meta/connect",
    successful: false,
    error: "402::session_unknown",
    advice: { reconnect: "handshake", interval: 0 },
  };
  const reply = (await held.reply).body as unknown as Json[];
  expect(reply).toHaveLength(1);
  expect(reply).toMatchObject([unknown]);
  expect((await cleo.poll(0)).body).toMatchObject([unknown]);
  expect((await cleo.get("/me")).status).toBe(200);
  expect(await cleo.handshake()).not.toBe(clientId);
  simulator.notify("agent1", "/v2/me/channels", { still: "polling" });
  expect(await ana.catchUp()).toHaveLength(1);
});

test("with the ack extension too, nothing is delivered by an expired session", async () => {
  const { simulator, cleo } = await running();
  const [handshake] = (await cleo.bayeux([{ channel: "/meta/handshake", ext: { ack: true }, id: "h" }]))
    .body as unknown as Json[];
  const clientId = handshake?.["clientId"];
  await cleo.bayeux([{ channel: "/meta/subscribe", clientId, subscription: "/v2/me/interactions", id: "s" }]);
  await cleo.bayeux([
    { channel: "/meta/connect", clientId, id: "1", advice: { timeout: 0 }, ext: { ack: 0 } },
  ]);
  const held = cleo.bayeux([{ channel: "/meta/connect", clientId, id: "2", ext: { ack: 1 } }]);
  while (
    simulator.requests.filter(
      ({ user, operationName }) => user === "agent3" && operationName === "/meta/connect",
    ).length < 2
  ) {
    await new Promise(setImmediate);
  }
  simulator.faults.expireComet("agent3");
  expect((await held).body).toMatchObject([{ channel: "/meta/connect", error: "402::session_unknown" }]);
});

test("a changed CSRF token is refused until it is read again", async () => {
  const { simulator, ana } = await running();
  simulator.faults.changeCsrf("agent1");
  expect((await ana.post("/me", { operationName: "Ready" })).status).toBe(403);
  expect((await ana.poll(0)).status).toBe(403);
  await ana.get("/me");
  expect((await ana.post("/me", { operationName: "Ready" })).status).toBe(200);
});

test("notifications for one agent can be dropped, on one topic, a number of times", async () => {
  const { simulator, ana, ben } = await running();
  await ready(ana, "email");
  const silence = simulator.faults.silence("agent1", { topic: "/v2/me/interactions", times: 1 });
  await ana.post("/me/channels/chat", { operationName: "Break" });
  expect(await ana.catchUp()).toHaveLength(1);
  const first = simulator.customers.email();
  const second = simulator.customers.email();
  expect(await ana.states()).toEqual([`Invited ${second.id}`]);
  expect(silence.hits).toBe(1);
  expect((await ana.get("/me/interactions")).body["uris"]).toContain(
    `${simulator.url}/interactions/${first.id}`,
  );
  const all = simulator.faults.silence("agent2");
  await ben.post("/me", { operationName: "Ready" });
  await ben.get("/me");
  all.clear();
  expect(await ben.catchUp()).toEqual([]);
});

test("the log has the user, the operation and the response of each request", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  await run.ana.operate(chat.id, "SendMessage", { text: "once" });
  await send(`${run.simulator.url}/me`, "GET", {});
  const [sent, stranger] = run.simulator.requests.filter(
    ({ operationName, user }) => operationName === "SendMessage" || user === undefined,
  );
  expect(sent).toEqual({
    at: run.clock.now(),
    method: "POST",
    path: `/me/interactions/${chat.id}`,
    user: "agent1",
    operationName: "SendMessage",
    executed: true,
    answered: 200,
    answer: { statusCode: 0 },
  });
  expect(stranger).toEqual({
    at: run.clock.now(),
    method: "GET",
    path: "/me",
    executed: false,
    answered: 401,
  });
});
