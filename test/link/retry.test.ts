import { expect, test } from "vitest";
import { seededRandom } from "../../src/domain/random.ts";
import { retryDelay } from "../../src/domain/retry-delay.ts";
import { createCometSession, type CometSession } from "../../src/links/gws/comet-session.ts";
import { gws851 } from "../../src/links/gws/index.ts";
import { exchange } from "../../src/links/gws/exchange.ts";
import { readRetryAfter } from "../../src/links/gws/retry.ts";
import { ScriptedServer } from "./scripted-server.ts";
import { fetchFrom, simulatedTime, type SimulatedTime } from "./simulated-time.ts";

test("the wait before a retry is anything up to a bound that doubles from half a second to half a minute", () => {
  const bounds = Array.from({ length: 9 }, (_, index) => retryDelay(() => 1, index + 1));
  expect(bounds).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  expect(retryDelay(() => 0, 5)).toBe(0);
  expect(retryDelay(() => 1, 100_000)).toBe(30_000);
});

test("what a server asks for by Retry-After is waited for, up to five minutes", () => {
  expect(retryDelay(() => 0, 1, 7000)).toBe(7000);
  expect(retryDelay(() => 0, 1, 86_400_000)).toBe(300_000);
});

test.each([
  ["7", 7000],
  ["0", 0],
  ["Wed, 21 Oct 2026 07:28:00 GMT", 60_000],
  ["Wed, 21 Oct 2026 07:00:00 GMT", 0],
  ["soon", 0],
  ["-5", 0],
  ["9999999999", 0],
])("Retry-After %s is read as %d ms", (value, ms) => {
  expect(readRetryAfter(value, Date.parse("2026-10-21T07:27:00Z"))).toBe(ms);
  expect(readRetryAfter(null, 0)).toBe(0);
});

/** Connects a number of clients to one server. */
async function connectClients(
  count: number,
  server: ScriptedServer,
  time: SimulatedTime,
  random?: () => number,
): Promise<CometSession[]> {
  const options = { fetch: fetchFrom(server), clock: time, maxResponseBytes: 1e6 };
  const sessions = Array.from({ length: count }, (_, index) => {
    return createCometSession({
      url: "https://gws.example/api/v2",
      dialect: gws851,
      listener: { onFacts: () => {}, onAnomaly: () => {} },
      clock: time,
      random: random ?? seededRandom(index),
      requestTimeout: 10_000,
      handshakeSpread: 5000,
      http: { send: (request) => exchange(request, { Client: `${index}` }, options) },
      onConnected: () => {},
      onDisconnected: () => {},
      onRefused: () => {},
    });
  });
  for (const session of sessions) session.start();
  await time.advance(40_000);
  return sessions;
}

function newServer(time: SimulatedTime): ScriptedServer {
  const server = new ScriptedServer(time);
  server.timeout = 30_000;
  server.advice = { reconnect: "retry", interval: 0, timeout: 30_000 };
  return server;
}

/** The largest share that any 100 milliseconds have in the handshakes since then. */
function maxShare(server: ScriptedServer, since: number): number {
  const times = server.asked.flatMap(({ at, what }) =>
    what === "/meta/handshake" && at >= since ? [at] : [],
  );
  let max = 0;
  let first = 0;
  for (const [index, at] of times.entries()) {
    while (times[first]! <= at - 100) first++;
    max = Math.max(max, index - first + 1);
  }
  return max / times.length;
}

test("after each restart of a server, a thousand desks spread their handshakes", async () => {
  const time = simulatedTime();
  const server = newServer(time);
  const sessions = await connectClients(1000, server, time);
  const honest = server.script;
  for (const downFor of [0, 10_000]) {
    const downAt = time.now();
    if (downFor > 0) server.script = () => Promise.reject(new Error("refused"));
    server.forget();
    await time.advance(downFor);
    server.script = honest;
    const upAt = time.now();
    await time.advance(60_000);
    const back = new Set(
      server.asked.flatMap(({ at, what, headers }) =>
        at > upAt && what === "/meta/subscribe" ? [headers["client"]] : [],
      ),
    );
    expect(back.size).toBe(1000);
    expect(maxShare(server, downAt)).toBeLessThanOrEqual(0.05);
    expect(maxShare(server, upAt)).toBeLessThanOrEqual(0.05);
  }
  for (const session of sessions) session.abandon();
}, 60_000);

test("a server that forgets its client again and again is asked for a handshake at most once a second", async () => {
  const time = simulatedTime();
  const server = newServer(time);
  const sessions = await connectClients(20, server, time);
  const since = server.asked.length;
  const honest = server.script;
  server.script = (asked, answer) => {
    const { what, body } = asked;
    if (what !== "/meta/connect") return honest(asked, answer);
    const [{ id }] = body as [{ id: unknown }];
    const advice = { reconnect: "handshake", interval: 0 };
    return { body: [{ channel: "/meta/connect", id, successful: false, error: "402::unknown", advice }] };
  };
  server.forget();
  await time.advance(120_000);
  for (let client = 0; client < 20; client++) {
    const times = server.asked
      .slice(since)
      .flatMap(({ at, what, headers }) =>
        what === "/meta/handshake" && headers["client"] === `${client}` ? [at] : [],
      );
    expect(times.length).toBeGreaterThan(3);
    const gaps = times.slice(1).map((at, index) => at - times[index]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
  }
  for (const session of sessions) session.abandon();
});

test("what a long outage made the waits grow to is over when the server answers again", async () => {
  const time = simulatedTime();
  const server = newServer(time);
  const [session] = await connectClients(1, server, time, () => 0.99);
  const honest = server.script;
  server.script = () => Promise.reject(new Error("refused"));
  await time.advance(120_000);
  server.forget();
  server.script = honest;
  const upAt = time.now();
  await time.advance(60_000);
  const [asked, shaken] = server.asked.filter(({ at }) => at >= upAt);
  expect([asked?.what, shaken?.what]).toEqual(["/meta/connect", "/meta/handshake"]);
  expect(shaken!.at - asked!.at).toBeLessThanOrEqual(1000 + 5000);
  session?.abandon();
});

test("waits grow while a server answers with errors", async () => {
  const time = simulatedTime();
  const server = newServer(time);
  server.script = ({ what, body }) => {
    const [{ id }] = body as [{ id: unknown }];
    return { body: [{ channel: what, id, successful: false, error: "500::broken" }] };
  };
  const [session] = await connectClients(1, server, time, () => 0.99);
  await time.advance(120_000);
  const times = server.asked.map(({ at }) => at);
  const gaps = times.slice(1).map((at, index) => at - times[index]!);
  expect(gaps.length).toBeGreaterThan(4);
  expect(gaps.at(-1)).toBeGreaterThan(25_000);
  session?.abandon();
});
