import { expect, test } from "vitest";
import { createCometServer, type CometServer } from "../../src/simulator/comet/comet-server.ts";
import type { CometResponse } from "../../src/simulator/comet/comet-server.ts";
import { handClock, type HandClock } from "./hand-clock.ts";

// The CometD server without HTTP. What it has in common with other servers is tested in test/comet.

interface Client {
  readonly clientId: string;
  send(channel: string, fields?: object): CometResponse | Promise<CometResponse>;
}

function setUp(): { server: CometServer; clock: HandClock; open: (user: string, ack?: boolean) => Client } {
  const clock = handClock();
  let tokens = 0;
  const newToken = () => (++tokens).toString(16).padStart(32, "0").toUpperCase();
  const server = createCometServer(clock, { timeout: 30_000, maxInterval: 10_000 }, newToken);
  return {
    server,
    clock,
    open(user, ack = false) {
      const messages = [{ channel: "/meta/handshake", id: "1", ext: { ack } }];
      const { body, browser } = server.handle({ user, browser: undefined, messages }) as CometResponse;
      const [{ clientId }] = JSON.parse(body) as [{ clientId: string }];
      const send: Client["send"] = (channel, fields = {}) =>
        server.handle({ user, browser, messages: [{ channel, clientId, id: "1", ...fields }] });
      void send("/meta/subscribe", { subscription: "/v2/me/interactions" });
      return { clientId, send };
    },
  };
}

function messagesOf({ body }: CometResponse): { channel: string; data?: unknown; error?: string }[] {
  return JSON.parse(body) as { channel: string }[];
}

test("everything but a held connect is answered synchronously", () => {
  const { open } = setUp();
  const client = open("ana");
  expect(client.send("/meta/unsubscribe", { subscription: "/v2/me/x" })).toMatchObject({ status: 200 });
  expect(client.send("/meta/connect", { advice: { timeout: 0 } })).toMatchObject({ status: 200 });
  expect(client.send("/meta/disconnect")).toMatchObject({ status: 200 });
});

test("a held connect is answered exactly after the timeout of the clock", async () => {
  const { clock, open } = setUp();
  let isAnswered = false;
  const held = Promise.resolve(open("ana").send("/meta/connect")).finally(() => (isAnswered = true));
  clock.advance(29_999);
  await Promise.resolve();
  expect(isAnswered).toBe(false);
  clock.advance(1);
  expect(messagesOf(await held)).toMatchObject([{ channel: "/meta/connect" }]);
});

test("a session lives exactly maxInterval after its last response, and any request postpones the end", async () => {
  const { clock, open } = setUp();
  const client = open("ana");
  const isAlive = async () =>
    messagesOf(await client.send("/meta/subscribe", { subscription: "/v2/x" }))[0]?.error === undefined;
  void client.send("/meta/connect", { advice: { timeout: 0 } });
  clock.advance(9_999);
  expect(await isAlive()).toBe(true);
  clock.advance(9_999);
  expect(await isAlive()).toBe(true);
  clock.advance(10_000);
  expect(await isAlive()).toBe(false);
});

test("a session has at most one timer, and none after it ended", () => {
  const { server, clock, open } = setUp();
  const client = open("ana");
  expect(clock.pending).toBe(1);
  void client.send("/meta/connect");
  expect(clock.pending).toBe(1);
  void client.send("/meta/connect");
  expect(clock.pending).toBe(1);
  server.deliver("ana", "/v2/me/interactions", 1);
  expect(clock.pending).toBe(1);
  void client.send("/meta/disconnect");
  expect(clock.pending).toBe(0);
});

test("close answers every held connect with 402 and leaves no timer; sessions can be opened again", async () => {
  const { server, clock, open } = setUp();
  const held = ["ana", "ben"].map((user) => open(user).send("/meta/connect"));
  server.close();
  expect(clock.pending).toBe(0);
  for (const response of held) {
    expect(messagesOf(await response)).toMatchObject([{ error: "402::session_unknown" }]);
  }
  const client = open("ana");
  server.deliver("ana", "/v2/me/interactions", 1);
  expect(messagesOf(await client.send("/meta/connect"))).toHaveLength(2);
});

test("a session of another user is unknown, whatever the cookie", () => {
  const { server, open } = setUp();
  const { clientId } = open("ana");
  const browser = "00000000000000000000000000000001";
  const messages = [{ channel: "/meta/connect", clientId, advice: { timeout: 0 } }];
  expect(messagesOf(server.handle({ user: "ben", browser, messages }) as CometResponse)).toMatchObject([
    { error: "402::session_unknown" },
  ]);
});

test("one request may name several sessions, and a session of another browser is unknown", () => {
  const { server, open } = setUp();
  const [first, second] = [open("ana"), open("ana")];
  const browser = "00000000000000000000000000000001";
  const messages = [first, second].map(({ clientId }) => ({
    channel: "/meta/subscribe",
    clientId,
    subscription: "/v2/x",
  }));
  const replies = messagesOf(server.handle({ user: "ana", browser, messages }) as CometResponse);
  expect(replies.map(({ error }) => error)).toEqual([undefined, "402::session_unknown"]);
});

test("the same tokens and requests give the same bytes", async () => {
  const run = async () => {
    const { server, clock, open } = setUp();
    const client = open("ana", true);
    const held = client.send("/meta/connect", { ext: { ack: 0 } });
    clock.advance(1_000);
    server.deliver("ana", "/v2/me/interactions", { number: 1 });
    return [(await held).body, (await client.send("/meta/connect", { ext: { ack: 0 } })).body];
  };
  expect(await run()).toEqual(await run());
});
