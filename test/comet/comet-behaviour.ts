import { expect, test } from "vitest";
import { BayeuxClient, dataOf, type Reply } from "./bayeux-client.ts";
import { malformedBodies, type Counterpart, type Differences, type ServerTimes } from "./counterpart.ts";

const topic = "/v2/me/interactions";

/**
 * Tests what a link relies on in a CometD server. The same tests run against every server.
 *
 * @param start starts a server that is stopped when the test is over.
 */
export function testComet(
  start: (times: ServerTimes) => Promise<Counterpart>,
  differences: Differences,
): void {
  async function open(
    options: ServerTimes & { readonly ack?: boolean } = {},
  ): Promise<{ server: Counterpart; client: BayeuxClient }> {
    const server = await start(options);
    const client = await new BayeuxClient(server).open(options);
    return { server, client };
  }

  test("a handshake gives a client id, a cookie and the advice, and agrees to acknowledge only when asked", async () => {
    const server = await start({ timeout: 7_000 });
    const client = new BayeuxClient(server);
    await client.signIn();
    const reply = await client.handshake();
    expect(reply).toMatchObject({
      channel: "/meta/handshake",
      id: "1",
      successful: true,
      version: "1.0",
    });
    expect(reply.advice).toEqual(
      differences.advisesOnHandshake ? { reconnect: "retry", interval: 0, timeout: 7_000 } : undefined,
    );
    expect(reply.supportedConnectionTypes).toContain("long-polling");
    expect(reply.ext?.ack === true).toBe(differences.offersAcksUnasked);
    expect(client.cookies.get("BAYEUX_BROWSER")).toMatch(/^\w{16,}$/);
    expect(reply.clientId).toMatch(/^\w{16,}$/);
    expect((await client.handshake({ ack: true })).ext).toEqual({ ack: true });
    expect(client.clientId).not.toBe(reply.clientId);
  });

  test("a connect is held until a message comes, and carries the message before its reply", async () => {
    const { server, client } = await open();
    const connect = client.connect();
    expect(await isHeld(client, connect)).toBe(true);
    await server.deliver({ remark: "äß漢😀\u2028" });
    const { status, messages } = await connect;
    expect(status).toBe(200);
    expect(messages).toMatchObject([
      { channel: topic, data: { remark: "äß漢😀\u2028" } },
      { channel: "/meta/connect", successful: true },
    ]);
  });

  test("a connect without messages is answered after the timeout, not before", async () => {
    const { server, client } = await open({ timeout: 600, maxInterval: 5_000 });
    const connect = client.connect();
    expect(await isHeld(client, connect)).toBe(true);
    await server.pass(600);
    expect((await connect).messages).toMatchObject([{ channel: "/meta/connect", successful: true }]);
  });

  test("a connect may ask for a timeout of its own, and then carries the advice of the server", async () => {
    const { client } = await open({ timeout: 7_000 });
    const { messages } = await client.connect({ timeout: 0 });
    expect(messages).toMatchObject([
      {
        channel: "/meta/connect",
        successful: true,
        advice: { reconnect: "retry", interval: 0, timeout: 7_000 },
      },
    ]);
  });

  test("messages that were sent between two connects arrive with the next one, in order", async () => {
    const { server, client } = await open();
    for (let number = 1; number <= 20; number++) await server.deliver({ number });
    expect(dataOf(await client.connect({ timeout: 0 }))).toEqual(
      Array.from({ length: 20 }, (_, index) => ({ number: index + 1 })),
    );
    expect(dataOf(await client.connect({ timeout: 0 }))).toEqual([]);
  });

  test("without a subscription nothing is kept", async () => {
    const server = await start({});
    const client = new BayeuxClient(server);
    await client.signIn();
    await client.handshake();
    await server.deliver({ number: 1 });
    await client.subscribe(topic);
    await server.deliver({ number: 2 });
    expect(dataOf(await client.connect({ timeout: 0 }))).toEqual([{ number: 2 }]);
  });

  test("a topic that is subscribed twice delivers once, and nothing after an unsubscribe", async () => {
    const { server, client } = await open();
    expect((await client.subscribe(topic)).messages).toMatchObject([
      { channel: "/meta/subscribe", successful: true, subscription: topic },
    ]);
    await server.deliver({ number: 1 });
    expect(dataOf(await client.connect({ timeout: 0 }))).toEqual([{ number: 1 }]);
    const unsubscribe = { channel: "/meta/unsubscribe", subscription: topic };
    expect((await client.send([unsubscribe])).messages).toMatchObject([{ ...unsubscribe, successful: true }]);
    await server.deliver({ number: 2 });
    expect(dataOf(await client.connect({ timeout: 0 }))).toEqual([]);
    expect((await client.send([unsubscribe])).messages).toMatchObject([{ ...unsubscribe, successful: true }]);
  });

  test.each(["/v2/me/*", "/v2/**"])("a wildcard %s delivers the topics below it", async (wildcard) => {
    const server = await start({});
    const client = new BayeuxClient(server);
    await client.signIn();
    await client.handshake();
    await client.subscribe(wildcard);
    await server.deliver({ number: 1 });
    expect((await client.connect({ timeout: 0 })).messages[0]).toMatchObject({ channel: topic });
  });

  test("a subscribe without a topic fails", async () => {
    const { client } = await open();
    const { messages } = await client.send([{ channel: "/meta/subscribe" }]);
    expect(messages).toMatchObject([{ channel: "/meta/subscribe", successful: false }]);
    expect(messages[0]?.error).toMatch(/^40[03]:/);
  });

  test("the messages of one request are answered in their order, and a connect among them is not held", async () => {
    const { client } = await open();
    const { messages } = await client.send([
      { channel: "/meta/subscribe", subscription: "/v2/me/channels" },
      { channel: "/meta/unsubscribe", subscription: "/v2/me/channels" },
      { channel: "/meta/connect", connectionType: "long-polling", advice: { timeout: 1_000 } },
    ]);
    const channels = messages.filter(({ successful }) => successful).map(({ channel }) => channel);
    if (differences.connectInBatch === "after its timeout, without the replies before it") {
      expect(channels).toEqual(["/meta/connect"]);
      return;
    }
    expect(channels).toEqual(["/meta/subscribe", "/meta/unsubscribe", "/meta/connect"]);
    const isAdvised = differences.connectInBatch === "immediately, with advice";
    expect(messages[2]?.advice !== undefined).toBe(isAdvised);
  });

  test("without acks, messages ride on any response and are sent once", async () => {
    const { server, client } = await open();
    await server.deliver({ number: 1 });
    expect(dataOf(await client.subscribe(topic))).toEqual([{ number: 1 }]);
    expect(dataOf(await client.connect({ timeout: 0 }))).toEqual([]);
  });

  test("with acks, messages ride on connects only and are sent until they are acknowledged", async () => {
    const { server, client } = await open({ ack: true });
    await server.deliver({ number: 1 });
    expect(dataOf(await client.subscribe(topic))).toEqual([]);
    const lost = await client.connect({ timeout: 0 });
    const batch = lost.messages.at(-1)?.ext?.ack as number;
    await server.deliver({ number: 2 });
    // The response to the first connect was lost: the next one acknowledges what came before it.
    const again = await client.connect({ ack: batch - 1 });
    expect([dataOf(lost), dataOf(again)]).toEqual([[{ number: 1 }], [{ number: 1 }, { number: 2 }]]);
    expect(again.messages.at(-1)?.ext?.ack).toBe(batch + 1);
    expect(dataOf(await client.connect({ timeout: 0 }))).toEqual([]);
  });

  test("with acks, a lost response is repeated without a new message", async () => {
    const { server, client } = await open({ ack: true });
    await server.deliver({ number: 1 });
    const { messages } = await client.connect({ timeout: 0 });
    const again = await client.connect({ ack: (messages.at(-1)?.ext?.ack as number) - 1 });
    expect(dataOf(again)).toEqual([{ number: 1 }]);
  });

  test("the session outlives a connection that breaks while its connect is held", async () => {
    const { server, client } = await open({ ack: true });
    const controller = new AbortController();
    const broken = client.connect({ signal: controller.signal });
    expect(await isHeld(client, broken)).toBe(true);
    controller.abort();
    await expect(broken).rejects.toThrow(/abort/);
    await server.deliver({ number: 1 });
    await server.deliver({ number: 2 });
    expect(dataOf(await client.connect())).toEqual([{ number: 1 }, { number: 2 }]);
  });

  test("a second connect of a session replaces the first", async () => {
    const { server, client } = await open();
    const first = client.connect();
    expect(await isHeld(client, first)).toBe(true);
    const second = client.connect();
    expect((await first).status).toBe(differences.replacedConnect);
    await server.deliver({ number: 1 });
    expect(dataOf(await second)).toEqual([{ number: 1 }]);
  });

  test("a disconnect ends the session and its held connect", async () => {
    const { client } = await open();
    const connect = client.connect();
    expect(await isHeld(client, connect)).toBe(true);
    expect((await client.send([{ channel: "/meta/disconnect" }])).messages).toMatchObject([
      { channel: "/meta/disconnect", successful: true },
    ]);
    await connect;
    expect((await client.connect()).messages).toMatchObject([{ successful: false }]);
  });

  test("an unknown session gets 402, and on connect the advice to handshake", async () => {
    const { client } = await open();
    client.clientId = "nosuchsession";
    expect((await client.connect()).messages).toMatchObject([
      {
        channel: "/meta/connect",
        successful: false,
        error: expect.stringMatching(/^402:/) as string,
        advice: { reconnect: "handshake" },
      },
    ]);
    const [subscribe] = (await client.subscribe(topic)).messages;
    expect(subscribe).toMatchObject({ successful: false, error: expect.stringMatching(/^402:/) as string });
    expect(subscribe?.advice?.["reconnect"]).toBe(differences.adviceOnUnknownSubscribe);
  });

  test("a session without a connect for maxInterval is forgotten", async () => {
    const { server, client } = await open({ maxInterval: 200 });
    await server.pass(1_500);
    const [reply] = (await client.connect()).messages;
    expect(reply).toMatchObject({ successful: false, advice: { reconnect: "handshake" } });
    await client.handshake();
    await client.subscribe(topic);
    await server.deliver({ number: 1 });
    expect(dataOf(await client.connect({ timeout: 0 }))).toEqual([{ number: 1 }]);
  });

  test("a session does not expire while its connect is held", async () => {
    const { server, client } = await open({ maxInterval: 300, timeout: 10_000 });
    const connect = client.connect();
    expect(await isHeld(client, connect)).toBe(true);
    await server.pass(1_500);
    await server.deliver({ number: 1 });
    expect(dataOf(await connect)).toEqual([{ number: 1 }]);
  });

  test("two clients of one user get the same messages, each in a session of its own", async () => {
    const { server, client } = await open();
    const other = await new BayeuxClient(server).open();
    expect(other.clientId).not.toBe(client.clientId);
    const connects = [client.connect(), other.connect()];
    for (const connect of connects) expect(await isHeld(client, connect)).toBe(true);
    await server.deliver({ number: 1 });
    for (const connect of connects) expect(dataOf(await connect)).toEqual([{ number: 1 }]);
  });

  test("a session belongs to the cookie of its handshake", async () => {
    const { client } = await open();
    client.cookies.delete("BAYEUX_BROWSER");
    const { messages } = await client.connect({ timeout: 0 });
    expect(messages[0]?.successful).toBe(differences.findsSessionWithoutCookie);
  });

  test.each(malformedBodies)("a malformed body %s does no harm", async (body) => {
    const { server, client } = await open();
    const { status, messages } = await client.post(body);
    expect(status).toBe(differences.malformed[body]);
    expect(messages.filter(({ successful }) => successful)).toEqual([]);
    await server.deliver({ number: 1 });
    expect(dataOf(await client.connect({ timeout: 0 }))).toEqual([{ number: 1 }]);
  });
}

/** Whether a connect has no response after a request that was sent later has one. */
async function isHeld(client: BayeuxClient, connect: Promise<Reply>): Promise<boolean> {
  let isAnswered = false;
  const onAnswer = () => void (isAnswered = true);
  connect.then(onAnswer, onAnswer);
  for (let request = 0; request < 3; request++) await client.send([{ channel: "/meta/unsubscribe" }]);
  return !isAnswered;
}
