// What every CometD server has in common is tested in test/comet.

import { expect, test } from "vitest";
import { heldPoll, running } from "./running.ts";
import type { Json } from "./test-agent.ts";

test("nothing is kept for a session that has not subscribed", async () => {
  const { simulator, cleo } = await running();
  await cleo.handshake();
  simulator.notify("agent3", "/v2/me/interactions", { early: true });
  await cleo.subscribe("/v2/me/interactions");
  simulator.notify("agent3", "/v2/me/channels", { other: "topic" });
  simulator.notify("agent3", "/v2/me/interactions", { early: false });
  expect((await cleo.poll(0)).body).toMatchObject([{ data: { early: false } }, { channel: "/meta/connect" }]);
});

test.each(["/v2/me/*", "/v2/me/**", "/v2/**", "/**"])(
  "a wildcard %s brings the topics below it",
  async (topic) => {
    const { simulator, cleo } = await running();
    await cleo.handshake();
    await cleo.subscribe(topic);
    simulator.notify("agent3", "/v2/me/interactions", { a: 1 });
    expect((await cleo.poll(0)).body).toMatchObject([{ channel: "/v2/me/interactions", data: { a: 1 } }, {}]);
  },
);

test.each(["/v2/*", "/v2/you/*", "/v2/me/inter/**"])("a wildcard %s does not", async (topic) => {
  const { simulator, cleo } = await running();
  await cleo.handshake();
  expect((await cleo.subscribe(topic)).body).toMatchObject([{ successful: true }]);
  simulator.notify("agent3", "/v2/me/interactions", { a: 1 });
  expect((await cleo.poll(0)).body).toMatchObject([{ channel: "/meta/connect" }]);
});

test("what no agent listens to cannot be subscribed", async () => {
  const { cleo } = await running();
  await cleo.handshake();
  for (const topic of ["/meta/connect", "/service/x", "/elsewhere"]) {
    expect((await cleo.subscribe(topic)).body).toMatchObject([{ successful: false }]);
  }
});

test("a reply to connect carries the recorded advice", async () => {
  const { cleo } = await running();
  await cleo.handshake();
  const [connect] = (await cleo.poll(0)).body as unknown as Json[];
  expect(connect).toMatchObject({
    successful: true,
    advice: { interval: 0, timeout: 30_000, reconnect: "retry" },
  });
});

test("two sessions of one browser both receive messages", async () => {
  const { simulator, cleo } = await running();
  await cleo.handshake();
  await cleo.subscribe("/v2/me/interactions");
  const first = await heldPoll(simulator, cleo, "agent3");
  await cleo.handshake();
  await cleo.subscribe("/v2/me/interactions");
  const second = await heldPoll(simulator, cleo, "agent3");
  simulator.notify("agent3", "/v2/me/interactions", { a: 1 });
  for (const { reply } of [first, second]) {
    expect((await reply).body).toMatchObject([{ data: { a: 1 } }, { successful: true }]);
  }
});

test("text of every plane arrives whole", async () => {
  const { simulator, ana } = await running();
  const text = "aé中🙂\u{10ffff}\u2028\u0000".repeat(2_000);
  simulator.notify("agent1", "/v2/me/interactions", { text });
  expect((await ana.catchUp())[0]?.data["text"]).toBe(text);
});

test("any data is sent unchanged", async () => {
  const { simulator, ana } = await running();
  for (const data of [null, [], 7, { interaction: null }]) {
    simulator.notify("agent1", "/v2/me/interactions", { data });
  }
  expect((await ana.catchUp()).map(({ data }) => data["data"])).toEqual([null, [], 7, { interaction: null }]);
});
