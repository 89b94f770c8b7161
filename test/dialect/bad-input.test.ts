import { expect, test } from "vitest";
import type { AnomalyCode } from "../../src/index.ts";
import { recordedBatch, recordedInteraction, type Fields } from "../recorded/read.ts";
import { documentOf, recordedDesk } from "./recorded-desk.ts";

const chatId = recordedInteraction("chat-accepted")["id"] as string;
const envelope = (data: unknown) => ({ channel: "/v2/me/interactions", data });
const chat = (changes: Fields) =>
  envelope({
    interaction: { ...recordedInteraction("chat-properties-changed"), ...changes },
    messageType: "InteractionStateMessage",
  });
const fromJson = (json: string) => JSON.parse(json) as Fields;
const events = (list: unknown, latestEventId: unknown = 5) => ({
  content: { latestEventId, sessionId: chatId, events: list },
});

/** Returns what a desk shows after the recorded chat and then this message; checks that it continues to work. */
function survive(message: unknown) {
  const { desk, link } = recordedDesk();
  link.deliver(recordedBatch("chat-accepted"));
  const before = documentOf(desk);
  link.deliver([message]);
  const after = documentOf(desk);
  const codes = desk.anomalies.getSnapshot().map(({ code }) => code);
  link.deliver(recordedBatch("email-invited"));
  link.deliver(recordedBatch("chat-properties-changed"));
  expect(desk.interaction("0000Ka8WP8G94H9A")?.state).toBe("Invited");
  const interaction = desk.interaction(chatId);
  expect(interaction?.kind === "chat" && interaction.transcript.length).toBeGreaterThanOrEqual(5);
  for (const one of desk.interactions.getSnapshot()) expect(one.actor.getSnapshot().status).toBe("active");
  expect(Object.keys(Object.prototype)).toEqual([]);
  return { before, after, codes, chat: interaction };
}

const rejected: readonly [string, unknown, AnomalyCode][] = [
  ["a login page instead of a message", "<!DOCTYPE html><html>Sign in</html>", "not-a-message"],
  ["nothing", undefined, "not-a-message"],
  ["null", null, "not-a-message"],
  ["a number", 42, "not-a-message"],
  ["a list within the list", [envelope({})], "not-a-message"],
  ["a message without data", { channel: "/v2/me/interactions" }, "not-a-message"],
  ["data that is null", envelope(null), "not-a-message"],
  ["data that is text", envelope("InteractionStateMessage"), "not-a-message"],
  ["data that is a list", envelope([]), "not-a-message"],
  ["data without content", envelope({}), "unknown-message"],
  [
    "data of an unknown kind",
    envelope({ messageType: "CallStateChangeMessage", call: {} }),
    "unknown-message",
  ],
  ["a topic without a subscription", { channel: "/v2/me/calls", data: { call: {} } }, "unknown-topic"],
  ["an interaction that is null", envelope({ interaction: null, messageType: "X" }), "unknown-message"],
  ["an interaction without an id", chat({ id: undefined }), "missing-field"],
  ["an id that is a number", chat({ id: 7 }), "missing-field"],
  ["an empty id", chat({ id: "" }), "unsafe-id"],
  ["an id that climbs out of its address", chat({ id: "../../admin" }), "unsafe-id"],
  ["an id that is two dots", chat({ id: ".." }), "unsafe-id"],
  ["an id with a line end", chat({ id: "a\r\nb" }), "unsafe-id"],
  ["a hundred kilobytes of id", chat({ id: "a".repeat(100_000) }), "unsafe-id"],
  ["an error of the server", envelope({ errorCode: 1, errorMessage: "secret" }), "server-error"],
];

test.each(rejected)("%s is reported once, and changes nothing", (_, message, code) => {
  const { before, after, codes } = survive(message);
  expect(after).toEqual(before);
  expect(codes).toEqual([code]);
});

const leftOut: readonly [string, Fields, number][] = [
  ["capabilities that are text", { capabilities: "Send" }, 1],
  ["capabilities that are an object", { capabilities: { Send: true } }, 1],
  ["user data that is text", { userData: "Subject" }, 1],
  ["user data that is a list", { userData: [["Subject", "x"]] }, 1],
  ["content that is text", { content: "hello" }, 1],
  ["events that are an object", events({ 1: {} }, 3), 1],
  ["a count that is text", events([], "5"), 1],
  ["a count below zero", events([], -1), 1],
  ["a count that JSON cannot hold", events([], 2 ** 60), 1],
  ["a start date that is text, as the pages print it", { startDate: "1382984933000L" }, 1],
  ["a start date that no calendar has", { startDate: 1e300 }, 1],
  ["queues that hold numbers", { inQueues: { a: 1 } }, 1],
  ["a queue that is a list", { currentQueue: ["q"] }, 1],
  ["a thread that is an object", { threadId: {} }, 1],
  [
    "five fields of an unexpected type",
    { type: 1, subType: 2, threadId: 3, currentQueue: 4, startDate: "5" },
    5,
  ],
];

test.each(leftOut)("%s: that field is left out and reported, what was known stays", (_, changes, count) => {
  const { before, after, codes } = survive(chat({ ...events(undefined, 3), ...changes }));
  expect(after).toEqual(before);
  expect(codes).toEqual(Array.from({ length: count }, () => "bad-field"));
});

test("events that cannot be read, but were counted, are a known gap until the next full list", () => {
  const { desk, link } = recordedDesk();
  link.deliver([...recordedBatch("chat-accepted"), chat(events({ 4: {} }, 5))]);
  const kept = desk.interaction(chatId);
  expect(kept?.kind === "chat" && kept.transcript.gaps).toEqual([{ from: 4, to: 5 }]);
  link.deliver(recordedBatch("chat-properties-changed"));
  expect(kept?.kind === "chat" && kept.transcript.gaps).toEqual([]);
});

test("capabilities of mixed types: those that are text count, the others are reported", () => {
  const { codes, chat: kept } = survive(
    chat({ capabilities: ["Send", null, 5, ["LeaveChat"], "LeaveChat"] }),
  );
  expect(kept?.capabilities).toEqual(["Send", "LeaveChat"]);
  expect(codes).toEqual(["bad-field", "bad-field", "bad-field"]);
});

test.each([
  "xstate.stop",
  "xstate.init",
  "xstate.error.actor.x",
  "xstate.done.state.chat",
  "*",
  "",
  "__proto__",
])("the state %j is text to a statechart, never an event of its own", (state) => {
  const { codes, chat: kept } = survive(chat({ state }));
  expect([kept?.state, kept?.isEnded, codes]).toEqual(["Accepted", false, ["unknown-state"]]);
});

test.each(["Missing", "Gone", "Unknown", "StateUnknown", "OperationConfirmed", "OperationExpired", "Left"])(
  "the state %j, which is a word of this library and not of the server, is not known",
  (state) => {
    const { codes, chat: kept } = survive(chat({ state }));
    expect([kept?.state, kept?.serverState, codes]).toEqual(["Accepted", state, ["unknown-state"]]);
  },
);

test("an interaction called __proto__ is one like any other", () => {
  const { desk, link } = recordedDesk();
  for (const id of ["__proto__", "constructor", "toString"]) {
    link.deliver([chat({ id, state: "Accepted", capabilities: ["Send"] })]);
    expect(desk.interaction(id)).toMatchObject({ id, state: "Accepted", capabilities: ["Send"] });
  }
  expect(desk.interaction("hasOwnProperty")).toBeUndefined();
  expect(desk.interactions.getSnapshot()).toHaveLength(3);
  expect("state" in {}).toBe(false);
});

test("user data, extras and queues may have the keys __proto__ and constructor, which pollute no prototype", () => {
  const hostile = '{"__proto__":"p","constructor":"c","a":"1"}';
  const { desk, link } = recordedDesk();
  const interaction = {
    ...fromJson(`{"__proto__":{"polluted":1},"x":1}`),
    ...recordedInteraction("chat-accepted"),
  };
  link.deliver([
    envelope({ interaction: { ...interaction, userData: fromJson(hostile), inQueues: fromJson(hostile) } }),
  ]);
  const held = desk.interaction(chatId)!;
  expect(JSON.stringify([held.userData, held.inQueues])).toBe(`[${hostile},${hostile}]`);
  expect([Object.getPrototypeOf(held.userData), Object.getPrototypeOf(held.raw)]).toEqual([null, null]);
  expect("polluted" in {} || "polluted" in held || "polluted" in held.raw).toBe(false);
});

test("an unknown field a hundred thousand levels deep is kept and breaks nothing", () => {
  let deep: unknown = "bottom";
  for (let level = 0; level < 100_000; level++) deep = [deep];
  const { desk, link } = recordedDesk();
  link.deliver([chat({ deep, state: "Accepted" }), chat({ deep: [deep], state: "Accepted" })]);
  expect(desk.interaction(chatId)?.raw["deep"]).toEqual(expect.any(Array));
});

test("text from strangers is text: markup and scripts arrive as they were sent", () => {
  const hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;\u202e";
  const message = { id: 6, messageType: "MESSAGE", userId: hostile, text: hostile, nickName: hostile };
  const { chat: kept } = survive(chat({ userData: { Subject: hostile }, ...events([message], 6) }));
  expect(kept?.userData["Subject"]).toBe(hostile);
  expect(kept?.kind === "chat" && kept.transcript.after(5)).toEqual([message]);
});

test("a flood of events in one message is taken whole; a flood of keys is cut and reported", () => {
  const flood = Array.from({ length: 100_000 }, (_, index) => ({ id: index + 1, messageType: "MESSAGE" }));
  const { codes, chat: kept } = survive(chat(events(flood, 100_000)));
  expect([kept?.kind === "chat" && kept.transcript.isWhole, codes]).toEqual([true, []]);
  const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, index]));
  expect(survive(chat({ userData: keys })).codes).toEqual(["too-large"]);
});

test.each(["a", " ", "%", "(", "\u0000", "😀", "<a ", "a@", "../"])(
  "a hundred kilobytes of %j in every field delay nothing",
  (part) => {
    const long = part.repeat(100_000 / part.length);
    const message = { id: 6, messageType: long, text: long, userId: long };
    const fields = { state: long, type: long, currentQueue: long, threadId: long, capabilities: [long] };
    const { codes, chat: kept } = survive(
      chat({ ...fields, [long]: long, userData: { [long]: long }, ...events([message], 6) }),
    );
    expect(codes).toEqual(["unknown-state", "unknown-capability"]);
    expect(kept?.serverState).toBe(long);
  },
);

test("reports hold names and types of fields, never what customers wrote", () => {
  const { desk, link } = recordedDesk();
  const secret = "4711 0815 secret";
  link.deliver([
    chat({
      currentQueue: [secret],
      state: secret,
      capabilities: [secret],
      userData: { [secret]: { secret } },
    }),
    envelope({ errorMessage: secret }),
    envelope({ messageType: secret }),
    secret,
  ]);
  expect(desk.anomalies.total()).toBeGreaterThan(5);
  expect(JSON.stringify(desk.anomalies.getSnapshot())).not.toContain("secret");
});
