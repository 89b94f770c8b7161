import { expect, test, vi } from "vitest";
import { DeskError } from "../../src/index.ts";
import { deskAt } from "./desk-at.ts";
import { listen } from "./listen.ts";
import type { Answer } from "./scripted-server.ts";
import { signIns, simulate } from "./simulate.ts";
import { simulatedDesk, stopIn } from "./simulated-desk.ts";
import { until } from "./until.ts";

const refusal: Answer = { status: 401, body: { statusCode: 20, statusMessage: "Not authenticated" } };

test("user and password, in UTF-8, are sent to sign in and never again while a cookie stands for them", async () => {
  const { server, url } = await listen();
  const { desk } = deskAt(url, { credentials: { user: "zoë", password: "pass:wörd 漢" } });
  await desk.start();
  await until("it polls", () => server.count("/meta/connect") > 2);
  const [first, ...others] = server.asked;
  const basic = Buffer.from("zoë:pass:wörd 漢").toString("base64");
  expect([first?.method, first?.path, first?.headers["authorization"]]).toEqual([
    "GET",
    "/me",
    `Basic ${basic}`,
  ]);
  expect(others.filter(({ headers }) => headers["authorization"] !== undefined)).toEqual([]);
  expect(others.filter(({ headers }) => headers["cookie"] !== "JSESSIONID=one")).toEqual([]);
});

test("each request to a server without cookies names the agent", async () => {
  const { server, url } = await listen();
  server.script = async (_asked, honest) => ({ body: (await honest()).body });
  const { desk } = deskAt(url);
  await desk.start();
  expect(new Set(server.asked.map(({ headers }) => headers["authorization"])).size).toBe(1);
  expect(server.asked[0]?.headers["authorization"]).toMatch(/^Basic /);
});

test("a session that expired is renewed once, however many requests find out", async () => {
  const server = await simulate();
  const { desk } = deskAt(server.url);
  await desk.start();
  for (const name of ["email", "chat"]) await desk.channel(name).actions.Ready?.();
  const ids = Array.from({ length: 4 }, () => server.customers.email().id);
  await until("the offers are shown", () => desk.invitations.getSnapshot().length === 4);
  server.faults.expireSession("agent1");
  const accepted = await Promise.all(ids.map((id) => desk.interaction(id)?.actions.Accept?.()));
  expect(accepted.map((one) => one?.outcome)).toEqual(["Done", "Done", "Done", "Done"]);
  expect(signIns(server)).toBe(2);
  const begun = server.requests.filter(({ operationName }) => operationName === "StartContactCenterSession");
  await until("the desk is Live", () => desk.connection.state === "Live");
  expect(begun.length).toBeLessThanOrEqual(2);
});

test("a session that is renewed between two connects leaves no desk waiting", async () => {
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  server.advice = { reconnect: "retry", interval: 2000, timeout: 30_000 };
  await time.advance(61_000);
  const honest = server.script;
  let isExpired = true;
  server.script = ({ what }, answer) => {
    if (what === "GET /me") isExpired = false;
    return isExpired ? refusal : answer();
  };
  void desk.channel("chat").actions.Ready?.();
  await time.advance(1);
  expect(isExpired).toBe(false);
  server.script = honest;
  await time.advance(5000);
  expect(desk.connection.state).toBe("Live");
  await stopIn(all);
});

test("a refusal of the old session that comes after the renewal does not cost another one", async () => {
  const { server, url } = await listen();
  let signIns = 0;
  let isExpired = false;
  let renewed = () => {};
  const renewal = new Promise<void>((resolve) => (renewed = resolve));
  server.script = async ({ what, path, headers }, honest) => {
    const answer = await honest();
    if (what === "GET /me") {
      return { ...answer, headers: { "Set-Cookie": `JSESSIONID=s${++signIns}; Path=/` } };
    }
    // A request in the new session shows that the desk has renewed it.
    if (headers["cookie"] === "JSESSIONID=s2") renewed();
    if (headers["cookie"] !== "JSESSIONID=s1" || !isExpired) return answer;
    if (path.endsWith("/email")) await renewal;
    return refusal;
  };
  const { desk } = deskAt(url);
  await desk.start();
  isExpired = true;
  const asked = ["email", "chat"].map((name) => desk.channel(name).actions.NotReady?.());
  await until("both were sent again", () => server.count("NotReady") === 4);
  expect(signIns).toBe(2);
  const cookies = server.asked
    .filter(({ what }) => what === "GET /me")
    .map(({ headers }) => headers["cookie"]);
  expect(cookies).toEqual([undefined, undefined]);
  await desk.stop();
  await Promise.all(asked);
});

test("the contact-centre session is begun once in each session, with the channels that were asked for", async () => {
  const server = await simulate();
  const { desk } = deskAt(server.url);
  const begun = () =>
    server.requests.filter(({ operationName }) => operationName === "StartContactCenterSession").length;
  await desk.start({ channels: ["chat"] });
  expect(begun()).toBe(1);
  server.faults.expireComet("agent1");
  await until("it was lost", () => desk.connection.state !== "Live");
  await until("the desk is Live", () => desk.connection.state === "Live");
  expect(begun()).toBe(1);
  server.faults.expireSession("agent1");
  await until("it was lost", () => desk.connection.state !== "Live");
  await until("the desk is Live", () => desk.connection.state === "Live");
  expect(begun()).toBe(2);
});

test("a session that is lost again while it is renewed is renewed again", async () => {
  const { server, url } = await listen();
  let refusals = 0;
  server.script = ({ what }, honest) => (what === "/meta/connect" && refusals-- > 0 ? refusal : honest());
  const { desk } = deskAt(url);
  await desk.start();
  refusals = 2;
  await until("both were refused", () => refusals <= 0);
  await until("the desk is Live", () => desk.connection.state === "Live");
  expect(desk.connection.stopReason).toBeNull();
});

test("a wrong password ends the start, after one request with it", async () => {
  const server = await simulate();
  const { desk, clock } = deskAt(server.url, { credentials: { user: "agent1", password: "other" } });
  const failure = await desk.start().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DeskError);
  expect(failure).toMatchObject({ code: "authentication-failed", retryable: false });
  expect(desk.connection).toMatchObject({ state: "Stopped", stopReason: "authentication-failed" });
  expect(server.requests).toHaveLength(1);
  expect(clock.pending).toBe(0);
});

test.each([401, 403])(
  "a server that answers everything but the sign-in with %d for ever is left alone",
  async (status) => {
    const { server, url } = await listen();
    server.script = ({ what }, honest) => (what === "GET /me" ? honest() : { status, body: "No" });
    const { desk, clock } = deskAt(url);
    await expect(desk.start()).rejects.toMatchObject({ code: "authentication-failed" });
    expect(server.count("GET /me")).toBeLessThanOrEqual(3);
    expect(server.asked.length).toBeLessThanOrEqual(7);
    await until("no timer is pending", () => clock.pending === 0);
  },
);

test("one operation that the server always forbids does not stop the desk", async () => {
  const { server, url } = await listen();
  server.script = ({ what }, honest) => (what === "Ready" ? { status: 403, body: "Forbidden" } : honest());
  const { desk } = deskAt(url);
  await desk.start();
  expect(await desk.channel("chat").actions.Ready?.()).toMatchObject({ outcome: "Refused" });
  await until("the desk is Live", () => desk.connection.state === "Live");
});

test("credentials are asked for at each sign-in, and a source that fails is asked again", async () => {
  const server = await simulate();
  const credentials = vi
    .fn<() => Promise<{ user: string; password: string }>>()
    .mockRejectedValueOnce(new Error("The vault is closed."))
    .mockResolvedValue({ user: "agent1", password: "secret-agent1" });
  const { desk, states } = deskAt(server.url, { credentials });
  await desk.start();
  expect(credentials).toHaveBeenCalledTimes(2);
  server.faults.expireSession("agent1");
  await until("the session was renewed", () => credentials.mock.calls.length === 3);
  expect(states).toContain("Connecting");
});

test("malformed credentials end the start", async () => {
  const { server, url } = await listen();
  const { desk } = deskAt(url, { credentials: () => ({ user: "a:b", password: "x" }) });
  await expect(desk.start()).rejects.toMatchObject({ code: "authentication-failed" });
  expect(server.asked).toEqual([]);
});

test("a server without a contact-centre session is used without, and that is reported once", async () => {
  const server = await simulate({ contactCenterSession: false });
  const { desk, anomalyCodes } = deskAt(server.url);
  await desk.start();
  server.faults.expireComet("agent1");
  await until("it was lost", () => desk.connection.state !== "Live");
  await until("the desk is Live", () => desk.connection.state === "Live");
  expect(anomalyCodes().filter((code) => code === "no-contact-center-session")).toHaveLength(1);
});
