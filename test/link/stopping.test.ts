import { expect, onTestFinished, test } from "vitest";
import type { Simulator } from "../../src/simulator/index.ts";
import { deskAt } from "./desk-at.ts";
import { listen } from "./listen.ts";
import { startProxy, type Proxy } from "./proxy.ts";
import type { Answer, BayeuxMessage, Script } from "./scripted-server.ts";
import { simulate } from "./simulate.ts";
import { simulatedDesk, stopIn } from "./simulated-desk.ts";
import { until } from "./until.ts";

async function proxied(): Promise<{ simulator: Simulator; proxy: Proxy; url: string }> {
  const simulator = await simulate();
  const proxy = await startProxy(Number(new URL(simulator.url).port));
  onTestFinished(() => proxy.close());
  return { simulator, proxy, url: `http://127.0.0.1:${proxy.port}/api/v2` };
}

const leave = ["/meta/unsubscribe", "/meta/disconnect", "EndContactCenterSession"];

test("the way back out: unsubscribe, disconnect, and the contact-centre session last", async () => {
  const { server, url } = await listen();
  const { desk, clock } = deskAt(url);
  await desk.start();
  await desk.stop();
  const ways = server.asked.map(({ what }) => what);
  expect(ways.filter((what) => leave.includes(what))).toEqual(leave);
  expect(ways.lastIndexOf("/meta/connect")).toBeLessThan(ways.indexOf("EndContactCenterSession"));
  const { body } = server.asked.find(({ what }) => what === leave[0])!;
  const topics = (body as BayeuxMessage[]).map(({ subscription }) => subscription);
  expect(topics.toSorted()).toEqual(["/v2/me/channels", "/v2/me/interactions"]);
  expect(desk.connection).toMatchObject({ state: "Stopped", stopReason: "stop" });
  expect(clock.pending).toBe(0);
});

test("after the way back out the server has neither session of the desk any more", async () => {
  const { simulator, url } = await proxied();
  const { desk } = deskAt(url);
  await desk.start();
  await desk.channel("chat").actions.Ready?.();
  await desk.stop();
  expect(simulator.snapshot("agent1").channels).toMatchObject({ chat: { state: "NotReady" } });
  const last = simulator.requests.slice(-3);
  expect(last.map(({ operationName }) => operationName?.split(",")[0])).toEqual(leave);
  expect(last.map(({ answered }) => answered)).toEqual([200, 200, 200]);
});

test("leaving when the session has expired does not begin another one that stays", async () => {
  const { simulator, url } = await proxied();
  const { desk, clock } = deskAt(url);
  await desk.start();
  simulator.faults.expireSession("agent1");
  await desk.stop();
  const done = simulator.requests.flatMap(({ operationName = "", executed }) =>
    executed ? [operationName] : [],
  );
  expect(done.filter((what) => what.endsWith("ContactCenterSession"))).toEqual([
    "StartContactCenterSession",
    "EndContactCenterSession",
  ]);
  expect(clock.pending).toBe(0);
});

test.each<[string, (proxy: Proxy) => void]>([
  ["refuses every connection", (proxy) => (proxy.refuse(true), proxy.resetAll())],
  ["swallows everything", (proxy) => proxy.blackhole(true)],
  ["swallows every reply", (proxy) => proxy.swallowReplies(true)],
])("a desk can be stopped while the network %s", async (_how, fault) => {
  const { proxy, url } = await proxied();
  const { desk, clock } = deskAt(url);
  await desk.start();
  fault(proxy);
  await desk.stop();
  expect(desk.connection.state).toBe("Stopped");
  expect(clock.pending).toBe(0);
});

/** The requests that the server leaves unanswered, or answers with a late Retry-After. */
const steps = [
  "GET /me",
  "/meta/handshake",
  "/meta/subscribe",
  "/meta/connect",
  "StartContactCenterSession",
  "GET /me/channels",
  "GET /me/interactions",
];
/** Answers this with an error, and all else honestly. */
function refuse(what: string): Script {
  return (asked, honest) => (asked.what === what ? { status: 503, body: "" } : honest());
}

const later: Answer = { status: 503, headers: { "Retry-After": "200" }, body: "" };
const moments = steps.flatMap((what): [string, string, Answer | undefined][] => [
  ["waits for the answer to", what, undefined],
  ["waits to send again", what, later],
]);

test.each(moments)(
  "a desk can be stopped while it %s %s, and leaves no timer",
  async (_how, step, answer) => {
    const all = await simulatedDesk();
    const { desk, server, time } = all;
    await stopIn(all);
    const honest = server.script;
    server.script = (asked, honestly) => (asked.what === step ? answer : honest(asked, honestly));
    const starting = desk.start().catch((error: unknown) => error);
    await time.advance(2000);
    let isStopped = false;
    void desk.stop().then(() => (isStopped = true));
    for (let second = 0; second < 7 && !isStopped; second++) await time.advance(1000);
    expect(isStopped).toBe(true);
    expect(await starting).toMatchObject({ code: "stopped", retryable: true });
    server.close();
    expect(time.pending).toBe(0);
  },
);

test("a desk that was stopped can be started again, also before the stop is done", async () => {
  const { server, url } = await listen();
  const { desk } = deskAt(url);
  await desk.start();
  void desk.stop();
  await desk.start();
  expect(desk.connection).toMatchObject({ state: "Live", stopReason: null });
  const ways = server.asked.map(({ what }) => what);
  expect(ways.lastIndexOf("GET /me")).toBeGreaterThan(ways.indexOf("EndContactCenterSession"));
  await desk.stop();
  await desk.stop();
  await desk.start();
  expect(desk.connection.state).toBe("Live");
});

test.each<[string, string]>([
  ["on a connect", "/meta/connect"],
  ["on a handshake", "/meta/handshake"],
])("a server that advises %s never to come back gets no further request", async (_how, channel) => {
  const { server, url } = await listen();
  const { desk, clock } = deskAt(url);
  let refusedAt = 0;
  server.script = async ({ what }, honest) => {
    const { body } = await honest();
    if (what !== channel) return { body };
    refusedAt = server.asked.length;
    const [{ id }] = body as [BayeuxMessage];
    return { body: [{ channel, id, successful: false, advice: { reconnect: "none" } }] };
  };
  await expect(desk.start()).rejects.toMatchObject({ code: "connection-refused", retryable: true });
  expect(desk.connection.stopReason).toBe("connection-refused");
  await until("no timer is pending", () => clock.pending === 0);
  expect(server.asked.slice(refusedAt).filter(({ what }) => what.startsWith("/meta/"))).toEqual([]);
});

test.each(["/meta/connect", "/meta/handshake"])(
  "the advice never to come back is followed on a %s that succeeded, too",
  async (channel) => {
    const { server, url } = await listen();
    const { desk } = deskAt(url);
    server.script = async ({ what }, honest) => {
      const { body } = await honest();
      if (what !== channel) return { body };
      return {
        body: (body as BayeuxMessage[]).map((reply) => ({ ...reply, advice: { reconnect: "none" } })),
      };
    };
    await expect(desk.start()).rejects.toMatchObject({ code: "connection-refused" });
  },
);

test("the disconnect of CometD, and no other request, may outlive the page", async () => {
  const { url } = await listen();
  const kept: unknown[] = [];
  const { desk } = deskAt(url, {
    fetch: (input, init) => {
      if (init?.keepalive === true) kept.push(input);
      return fetch(input, init);
    },
  });
  await desk.start();
  expect(kept).toEqual([]);
  await desk.stop();
  expect(kept).toEqual([`${url}/notifications/disconnect`]);
});

test("a desk can be stopped while its credentials are asked for again, and never come", async () => {
  let asked = 0;
  const all = await simulatedDesk(1, {
    credentials: () => (++asked === 1 ? { user: "agent1", password: "secret" } : new Promise(() => {})),
  });
  const { desk, server, time } = all;
  const honest = server.script;
  server.script = (one, honestly) =>
    one.what === "GET /me" || asked > 1 ? honest(one, honestly) : { status: 401, body: "" };
  server.close();
  await time.advance(10);
  expect(asked).toBe(2);
  let isStopped = false;
  void desk.stop().then(() => (isStopped = true));
  await time.advance(10_000);
  expect(isStopped).toBe(true);
  expect(time.pending).toBe(0);
});

test.each<[string, Script]>([
  ["signing in fails", () => Promise.reject(new Error("refused"))],
  ["the contact-centre session cannot be begun", refuse("StartContactCenterSession")],
])("a desk that a listener stops when %s leaves no timer", async (_why, script) => {
  const all = await simulatedDesk(1, { random: () => 0.99 });
  const { desk, server, time } = all;
  await stopIn(all);
  const honest = server.script;
  server.script = (one, honestly) => script(one, () => Promise.resolve(honest(one, honestly) as Answer));
  let stopping: Promise<void> | undefined;
  desk.connection.subscribe(({ failures }) => {
    if (failures > 5) stopping = desk.stop();
  });
  desk.start().catch(() => {});
  while (stopping === undefined) await time.advance(100);
  let isStopped = false;
  void stopping.then(() => (isStopped = true));
  while (!isStopped) await time.advance(10);
  expect(time.pending).toBe(0);
});
