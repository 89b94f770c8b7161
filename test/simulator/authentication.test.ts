import { expect, test } from "vitest";
import { running } from "./running.ts";
import { basic, send, testAgent } from "./test-agent.ts";

test("a request without credentials is not authenticated", async () => {
  const { simulator } = await running();
  const reply = await send(`${simulator.url}/me`, "GET", {});
  expect(reply.status).toBe(401);
  expect(reply.body).toEqual({ statusCode: 20, statusMessage: expect.any(String) });
  expect(reply.headers["set-cookie"]).toBeUndefined();
});

test.each([
  basic("agent1", "other"),
  basic("agent99"),
  basic("", ""),
  "Basic %%%",
  "Bearer abc",
  "Basic YWdlbnQx",
])("the credentials %s open nothing", async (authorization) => {
  const { simulator } = await running();
  const reply = await send(`${simulator.url}/me`, "GET", { authorization });
  expect([reply.status, reply.body["statusCode"]]).toEqual([401, 20]);
});

test("GET /me returns the user, a cookie and a CSRF token", async () => {
  const { simulator } = await running();
  const reply = await send(`${simulator.url}/me`, "GET", { authorization: basic("agent1") });
  expect(reply.body["user"]).toMatchObject({ userName: "agent1" });
  expect(reply.headers["set-cookie"]).toEqual([
    expect.stringMatching(/^JSESSIONID=[0-9A-F]{32}; Path=\/api; HttpOnly$/),
  ]);
  expect(reply.headers["x-csrf-header"]).toBe("X-CSRF-TOKEN");
  expect(reply.headers["x-csrf-token"]).toMatch(/^[0-9A-F]{32}$/);
});

test("the cookie alone is enough afterwards, and belongs to its user", async () => {
  const { ana, ben } = await running();
  expect((await ana.get("/me")).body["user"]).toMatchObject({ userName: "agent1" });
  expect((await ben.get("/me")).body["user"]).toMatchObject({ userName: "agent2" });
  expect((await ana.get("/me")).headers["set-cookie"]).toBeUndefined();
});

test("a cookie that is not known is no session", async () => {
  const { simulator } = await running();
  const reply = await send(`${simulator.url}/me`, "GET", { cookie: "JSESSIONID=0123456789ABCDEF" });
  expect(reply.status).toBe(401);
});

test("a POST needs the CSRF token of its own session", async () => {
  const { simulator, ana, ben } = await running();
  const cookie = `JSESSIONID=${ana.cookies.get("JSESSIONID")}`;
  const foreign = String((await ben.get("/me")).headers["x-csrf-token"]);
  for (const headers of [
    { cookie },
    { cookie, "x-csrf-token": "other" },
    { cookie, "x-csrf-token": foreign },
  ]) {
    const reply = await send(
      `${simulator.url}/me/channels/email`,
      "POST",
      headers,
      '{"operationName":"Ready"}',
    );
    expect([reply.status, reply.text]).toEqual([403, "Missing or invalid Csrf token"]);
  }
  expect(simulator.snapshot("agent1").channels["email"]).toEqual({ state: "NotReady" });
});

test("without CSRF no token is handed out and none is needed", async () => {
  const { simulator } = await running({ csrf: false });
  const login = await send(`${simulator.url}/me`, "GET", { authorization: basic("agent1") });
  expect(login.headers["x-csrf-header"]).toBeUndefined();
  const reply = await send(
    `${simulator.url}/me/channels/email`,
    "POST",
    { authorization: basic("agent1") },
    '{"operationName":"Ready"}',
  );
  expect(reply.body).toEqual({ status: "ok" });
  expect(simulator.snapshot("agent1").channels["email"]).toEqual({ state: "Ready" });
});

test("CometD needs the cookie: a password does not open it", async () => {
  const { simulator } = await running();
  const reply = await send(
    `${simulator.url}/notifications/handshake`,
    "POST",
    { authorization: basic("agent1") },
    '[{"channel":"/meta/handshake"}]',
  );
  expect([reply.status, reply.body["statusCode"]]).toEqual([401, 20]);
});

test("CometD needs the CSRF token too", async () => {
  const { simulator, ana } = await running();
  const cookie = `JSESSIONID=${ana.cookies.get("JSESSIONID")}`;
  const reply = await send(
    `${simulator.url}/notifications`,
    "POST",
    { cookie },
    '[{"channel":"/meta/handshake"}]',
  );
  expect([reply.status, reply.text]).toEqual([403, "Missing or invalid Csrf token"]);
});

test("EndContactCenterSession ends the HTTP session, the agent's readiness and pending offers", async () => {
  const { simulator, ana } = await running();
  await ana.post("/me", { operationName: "Ready" });
  const email = simulator.customers.email();
  expect(email.state).toBe("Invited");
  expect((await ana.post("/me", { operationName: "EndContactCenterSession" })).body).toEqual({
    statusCode: 0,
  });
  expect(email.state).toBe("Queued");
  expect(simulator.snapshot("agent1").channels).toEqual({
    email: { state: "NotReady" },
    chat: { state: "NotReady" },
  });
  expect((await ana.get("/me")).status).toBe(401);
  expect((await ana.poll(0)).status).toBe(401);
});

test("EndContactCenterSession takes offers back even where NotReady keeps them", async () => {
  const { simulator, ana } = await running({ behaviour: { offersOnNotReady: "kept" } });
  await ana.post("/me", { operationName: "Ready" });
  const email = simulator.customers.email();
  await ana.post("/me", { operationName: "EndContactCenterSession" });
  expect(email.state).toBe("Queued");
});

test("an agent keeps accepted interactions after a logout", async () => {
  const { simulator, ana } = await running();
  await ana.post("/me", { operationName: "Ready" });
  const { id } = simulator.customers.email();
  await ana.operate(id, "Accept");
  await ana.post("/me", { operationName: "EndContactCenterSession" });
  await ana.login();
  expect((await ana.get("/me/interactions")).body["uris"]).toEqual([`${simulator.url}/interactions/${id}`]);
});

test("StartContactCenterSession is known unless switched off", async () => {
  const start = { operationName: "StartContactCenterSession", channels: ["email", "chat"] };
  const known = await running();
  expect((await known.ana.post("/me", start)).body).toEqual({ statusCode: 0 });
  const unknown = await running({ contactCenterSession: false });
  const reply = await unknown.ana.post("/me", start);
  expect([reply.status, reply.body["statusCode"]]).toEqual([404, 6]);
  const end = await unknown.ana.post("/me", { operationName: "EndContactCenterSession" });
  expect([end.status, end.body["statusCode"]]).toEqual([404, 6]);
});

test("accounts may be given by name", async () => {
  const { simulator } = await running({
    agents: [
      { user: "ånn", password: "gänse:füßchen", channels: ["chat"] },
      { user: "agent1", password: "secret-agent1" },
      { user: "agent2", password: "secret-agent2" },
    ],
  });
  const reply = await send(`${simulator.url}/me?subresources=*`, "GET", {
    authorization: basic("ånn", "gänse:füßchen"),
  });
  expect(reply.body["user"]).toMatchObject({ userName: "ånn", channels: [{ channel: "chat" }] });
});

test("an agent may be logged in twice", async () => {
  const { simulator, ana } = await running();
  const second = testAgent(simulator, "agent1");
  await second.listen();
  await ana.post("/me/channels/chat", { operationName: "Ready" });
  expect(await second.catchUp()).toHaveLength(1);
  expect(await ana.catchUp()).toHaveLength(1);
  second.hangUp();
});
