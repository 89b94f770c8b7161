import { connect } from "node:net";
import { expect, test } from "vitest";
import { acceptedEmail, running } from "./running.ts";
import type { Running } from "./running.ts";
import type { Reply } from "./test-agent.ts";
import { send } from "./test-agent.ts";

async function raw(
  run: Running,
  path: string,
  body: string | Buffer,
  type = "application/json",
): Promise<Reply> {
  const token = String((await run.ana.get("/me")).headers["x-csrf-token"]);
  const cookie = [...run.ana.cookies].map((pair) => pair.join("=")).join("; ");
  const headers = { cookie, "x-csrf-token": token, "content-type": type };
  return send(`${run.simulator.url}${path}`, "POST", headers, body);
}

async function isAlive({ ana, simulator }: Running): Promise<boolean> {
  simulator.notify("agent1", "/v2/me/channels", { alive: true });
  return (await ana.catchUp()).at(-1)?.data["alive"] !== undefined;
}

test.each([
  ["{", 400],
  ["", 200],
  ["null", 400],
  ["[]", 400],
  ['"Ready"', 400],
  [Buffer.from('{"operationName":"Ready","note":"\u00ff"}', "latin1"), 400],
  [`{"operationName":"${"x".repeat(1_100_000)}"}`, 413],
  ["[".repeat(100_000), 400],
  [`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`, 200],
  ['{"operationName":{"toString":1}}', 200],
  ['{"operationName":["Ready"]}', 200],
  ['{"operationName":"__proto__"}', 404],
])("a REST body %.40s is answered with %i", async (body, status) => {
  const run = await running();
  const reply = await raw(run, "/me", body);
  expect(reply.status).toBe(status);
  expect(reply.body["statusCode"]).not.toBe(0);
  expect(run.simulator.snapshot("agent1").channels["email"]).toEqual({ state: "NotReady" });
  expect(await isAlive(run)).toBe(true);
});

test("a body with another content type than JSON is refused", async () => {
  const run = await running();
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"]) {
    expect((await raw(run, "/me", '{"operationName":"Ready"}', type)).status).toBe(415);
  }
  expect((await raw(run, "/me", '{"operationName":"Ready"}', "Application/JSON; charset=utf-8")).status).toBe(
    200,
  );
});

const handshake = '{"channel":"/meta/handshake"}';

test.each([
  "",
  "{",
  "null",
  "{}",
  "[]",
  "7",
  "[null]",
  "[[]]",
  "[{}]",
  '[{"channel":7}]',
  '[{"channel":""}]',
  '[{"channel":"/"}]',
  '[{"channel":"__proto__"}]',
  '[{"channel":"/meta/nonsense"}]',
  '[{"channel":"/meta/connect","clientId":7}]',
  '[{"channel":"/meta/connect","id":{}}]',
  '[{"channel":"/meta/connect","advice":{"timeout":{"valueOf":1,"toString":1}}}]',
  '[{"channel":"/meta/connect","advice":null}]',
  '[{"channel":"/meta/connect","ext":null}]',
  '[{"channel":"/meta/subscribe","subscription":{}}]',
  '[{"channel":"/meta/subscribe","subscription":[]}]',
  '[{"channel":"/meta/subscribe","subscription":[null]}]',
  `[${handshake},${handshake}]`,
  `[{"channel":"/meta/connect"},${handshake}]`,
  `[${Array.from({ length: 60 }, () => '{"channel":"/meta/connect"}').join(",")}]`,
])("a Bayeux body %.80s is a bad request, and does not hang", async (body) => {
  const run = await running();
  const reply = await raw(run, "/notifications", body);
  expect(reply.status).toBe(400);
  expect(await isAlive(run)).toBe(true);
});

test.each(["__proto__", "constructor", "toString", "x"])(
  "a browser cookie %s does no harm",
  async (value) => {
    const run = await running();
    run.cleo.cookies.set("BAYEUX_BROWSER", value);
    expect(await run.cleo.handshake()).toMatch(/^[0-9A-F]{32}$/);
    expect(run.cleo.cookies.get("BAYEUX_BROWSER")).toMatch(/^[0-9A-F]{32}$/);
    expect((await run.cleo.poll(0)).body).toMatchObject([{ successful: true }]);
  },
);

test.each([
  "/me/interactions/__proto__",
  "/me/interactions/constructor",
  "/me/interactions/%00",
  "/me/interactions/..%2f..%2fadmin",
  `/me/interactions/${"x".repeat(10_000)}`,
  "/me/interactions/",
  "/me/interactions/a/b",
  "/nothing",
  "/",
  "/notifications/a/b",
])("the path %.60s is not found", async (path) => {
  const run = await running();
  await acceptedEmail(run);
  const got = await run.ana.get(path);
  expect([got.status, got.body["statusCode"]]).toEqual([404, 6]);
  const posted = await run.ana.post(path, { operationName: "Accept" });
  expect([posted.status, posted.body["statusCode"]]).toEqual([404, 6]);
});

test("a path outside the API is not found either, and an undecodable one is a bad request", async () => {
  const { simulator, ana } = await running();
  const { origin } = new URL(simulator.url);
  const cookie = `JSESSIONID=${ana.cookies.get("JSESSIONID")}`;
  expect((await send(`${origin}/`, "GET", { cookie })).status).toBe(404);
  expect((await send(`${origin}/api/v2x/me`, "GET", { cookie })).status).toBe(404);
  expect((await ana.get("/me/interactions/%E0%A4%A")).status).toBe(400);
});

test("an id may hold anything that a path can carry", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  const encoded = `%${Buffer.from(id).toString("hex").match(/../g)?.join("%")}`;
  expect((await run.ana.get(`/me/interactions/${encoded}`)).status).toBe(200);
});

test("a method that is not meant is refused", async () => {
  const run = await running();
  expect((await run.ana.post("/me/interactions", {})).status).toBe(405);
  expect((await run.ana.get("/notifications")).status).toBe(404);
  const cookie = `JSESSIONID=${run.ana.cookies.get("JSESSIONID")}`;
  const token = String((await run.ana.get("/me")).headers["x-csrf-token"]);
  const reply = await send(`${run.simulator.url}/me`, "DELETE", { cookie, "x-csrf-token": token });
  expect(reply.status).toBe(405);
});

test("a connection that breaks in the middle of a body, or speaks no HTTP, does no harm", async () => {
  const run = await running();
  const { port } = new URL(run.simulator.url);
  for (const text of [
    "POST /api/v2/me HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{",
    "\u0000\u0001nonsense\r\n\r\n",
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), "127.0.0.1", () => socket.write(text, () => socket.end()));
      socket.on("close", () => resolve());
      socket.resume();
    });
  }
  expect(await isAlive(run)).toBe(true);
});

test.each(["/me%2Fchannels", "/me%2Finteractions", "/settings%2Fagent-states"])(
  "an encoded slash does not separate segments: %s does not exist",
  async (path) => {
    const run = await running();
    expect((await run.ana.get(path)).status).toBe(404);
  },
);
