import { beforeEach, expect, test } from "vitest";
import type { AnomalyReport } from "../../src/domain/anomaly.ts";
import { guard, noChannelTopic, type BayeuxMessage } from "../../src/links/gws/guard.ts";

const connect: BayeuxMessage = { channel: "/meta/connect", id: "7", clientId: "c" };
const subscribe: BayeuxMessage = { channel: "/meta/subscribe", id: "8", subscription: "/v2/me/channels" };
const handshake: BayeuxMessage = { channel: "/meta/handshake", id: "1" };
const connected = { channel: "/meta/connect", id: "7", successful: true };

let anomalies: AnomalyReport[] = [];
beforeEach(() => {
  anomalies = [];
});

function guarded(requests: readonly BayeuxMessage[], reply: unknown): BayeuxMessage[] {
  return guard(requests, reply, (anomaly) => anomalies.push(anomaly));
}
const codes = () => anomalies.map(({ code }) => code);

/** Values that JSON can hold and an object literal cannot. */
function json(text: string): unknown {
  return JSON.parse(text) as unknown;
}

test("an honest reply passes as it is, in its order", () => {
  const news = { channel: "/v2/me/interactions", data: { id: "a" } };
  const reply = [news, { ...connected, advice: { interval: 0, timeout: 30_000, reconnect: "retry" } }];
  expect(guarded([connect], reply)).toEqual(reply);
  expect(anomalies).toEqual([]);
});

test("an element without a channel, as recorded, is handed on under a topic of our own", () => {
  const reply = guarded([connect], [{ data: { interaction: {} } }, connected]);
  expect(reply).toEqual([{ channel: noChannelTopic, data: { interaction: {} } }, connected]);
  expect(anomalies).toEqual([]);
});

test.each([["5"], ["null"], ["[]"], ['""'], ['"no slash"'], ["{}"]])(
  "a channel %s is left out, and what follows still arrives",
  (channel) => {
    const reply = guarded([connect], [json(`{"channel":${channel},"data":{"a":1}}`), connected]);
    expect(reply).toEqual([{ channel: noChannelTopic, data: { a: 1 } }, connected]);
    expect(codes()).toEqual(["bad-field"]);
  },
);

test.each([["null"], ["7"], ['"text"'], ["[]"], ["true"], ["{}"], ['{"channel":"/x"}']])(
  "an element %s is dropped, and what follows still arrives",
  (element) => {
    expect(guarded([connect], [json(element), connected])).toEqual([connected]);
    expect(codes()).toEqual(["not-a-message"]);
  },
);

test.each([["[]"], ["null"], ["{}"], ["7"], ['"text"'], ['[[{"channel":"/meta/connect"}]]']])(
  "a reply %s that answers nothing is a failure of what was asked",
  (reply) => {
    const failure = { channel: "/meta/connect", id: "7", successful: false };
    expect(guarded([connect], json(reply))).toEqual([failure]);
    expect(codes()).toContain("unexpected-content");
  },
);

test("each request is answered once: the missing one by a failure, another id by nothing", () => {
  const foreign = { ...connected, id: "99" };
  expect(guarded([connect, subscribe], [foreign, connected, connected])).toEqual([
    connected,
    { channel: "/meta/subscribe", id: "8", successful: false, subscription: "/v2/me/channels" },
  ]);
  expect(codes()).toEqual(["unexpected-content", "unexpected-content", "unexpected-content"]);
});

test("an answer under the id of another request answers neither", () => {
  const [answer] = guarded([connect], [{ channel: "/meta/subscribe", id: "7", successful: true }]);
  expect(answer).toEqual({ channel: "/meta/connect", id: "7", successful: false });
});

test("an id may be a number, and may be left out where only one request can be meant", () => {
  expect(guarded([connect], [{ ...connected, id: 7 }])).toEqual([connected]);
  expect(guarded([connect], [{ channel: "/meta/connect", successful: true }])).toEqual([connected]);
  expect(anomalies).toEqual([]);
});

test("the news that the server ends the session, unasked, is left to the answer to the connect", () => {
  expect(guarded([connect], [{ channel: "/meta/disconnect", successful: true }, connected])).toEqual([
    connected,
  ]);
  expect(anomalies).toEqual([]);
});

test("the subscription of an answer is the one that was asked for", () => {
  const lie = { channel: "/meta/subscribe", id: "8", successful: true, subscription: "__proto__" };
  expect(guarded([subscribe], [lie])).toEqual([{ ...lie, subscription: "/v2/me/channels" }]);
});

test.each([
  ["handshake on a success", { reconnect: "handshake" }, {}],
  ["an unknown word", { reconnect: "tomorrow" }, {}],
  ["a number for a word", { reconnect: 1 }, {}],
  ["text for a number", { interval: "abc", timeout: "1" }, {}],
  ["a negative number", { interval: -1 }, {}],
  ["a huge number", { interval: 1e12, timeout: 1e12, maxInterval: 600_001 }, {}],
  ["what a timer cannot hold", { timeout: Number.NaN, interval: Infinity }, {}],
  [
    "a good part beside a bad one",
    { timeout: 1e12, interval: 5, reconnect: "retry" },
    { interval: 5, reconnect: "retry" },
  ],
])("advice with %s is taken only as far as it can be followed", (_what, advice, safe) => {
  const [answer] = guarded([connect], [{ ...connected, advice }]);
  expect(answer).toEqual({ ...connected, advice: safe });
  expect(codes()).toContain("bad-advice");
});

test.each([["[]"], ['"retry"'], ["7"]])("advice that is %s is ignored", (advice) => {
  expect(guarded([connect], [{ ...connected, advice: json(advice) }])).toEqual([connected]);
  expect(codes()).toEqual(["bad-advice"]);
});

test("the limits of advice themselves can be followed", () => {
  const advice = { interval: 600_000, timeout: 0, maxInterval: 600_000, reconnect: "none" };
  expect(guarded([connect], [{ ...connected, advice }])).toEqual([{ ...connected, advice }]);
  expect(guarded([connect], [{ ...connected, advice: { maxInterval: -1 } }])).toEqual([
    { ...connected, advice: {} },
  ]);
  expect(anomalies).toEqual([]);
});

test("the advice to shake hands again is followed on a failed connect, and dropped from what is no connect", () => {
  const advice = { reconnect: "handshake" };
  const failed = { ...connected, successful: false, error: "402::unknown" };
  expect(guarded([connect], [{ ...failed, advice }])).toEqual([{ ...failed, advice }]);
  expect(anomalies).toEqual([]);
  const [answer] = guarded([subscribe], [{ channel: "/meta/subscribe", id: "8", successful: false, advice }]);
  expect(answer?.["advice"] ?? {}).toEqual({});
});

test("keys of advice that would change every object are dropped", () => {
  const advice = json(
    '{"hosts":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1},"hasOwnProperty":1,"constructor":1,"interval":0}',
  );
  const [answer] = guarded([connect], [{ ...connected, advice }]);
  expect(Object.keys(answer?.["advice"] as object)).toEqual(["interval"]);
  expect(Object.getPrototypeOf(answer?.["advice"])).toBe(Object.prototype);
  expect(Reflect.ownKeys({}.constructor.prototype)).not.toContain("polluted");
});

test("of an answer only what is known reaches the client", () => {
  const answer = json(
    '{"channel":"/meta/connect","id":"7","successful":true,"hasOwnProperty":1,"__proto__":{"x":1},"failure":{},"x-messages":3,"clientId":{},"ext":{"ack":1,"__proto__":{"x":1},"timesync":{}}}',
  );
  expect(guarded([connect], [answer])).toEqual([{ ...connected, ext: { ack: 1 } }]);
});

test.each([
  ["without a client id", { supportedConnectionTypes: ["long-polling"] }],
  ["with an empty client id", { clientId: "", supportedConnectionTypes: ["long-polling"] }],
  ["with a client id that is no text", { clientId: 7, supportedConnectionTypes: ["long-polling"] }],
  ["without long-polling", { clientId: "c", supportedConnectionTypes: ["websocket"] }],
  ["without any way to connect", { clientId: "c" }],
])("a handshake that succeeds %s has failed", (_what, fields) => {
  const [answer] = guarded(
    [handshake],
    [{ channel: "/meta/handshake", id: "1", successful: true, ...fields }],
  );
  expect(answer).toMatchObject({ successful: false });
  expect(codes()).toEqual(["unexpected-content"]);
});

test.each([
  ["true", true, true],
  ["the new form", { enabled: true, batch: 3 }, { enabled: true, batch: 3 }],
  ["a number", 4, 4],
  ["text", "yes", undefined],
  ["a fraction", 0.5, undefined],
  ["null", null, undefined],
])("the ack extension as %s is passed on when it makes sense", (_what, ack, expected) => {
  const [answer] = guarded([connect], [{ ...connected, ext: { ack } }]);
  expect((answer?.["ext"] as { ack?: unknown } | undefined)?.ack).toEqual(expected);
});

test("what is reported quotes nothing of what came", () => {
  const secret = "Frau Öz, 4111 1111 1111 1111";
  guarded(
    [connect],
    [
      secret,
      { channel: secret, data: secret },
      { channel: `/meta/${secret}`, id: secret },
      { ...connected, advice: { reconnect: secret, interval: secret } },
    ],
  );
  expect(anomalies.length).toBeGreaterThan(3);
  expect(JSON.stringify(anomalies)).not.toContain("4111");
});
