import { expect, test } from "vitest";
import { gws851 } from "../../src/links/gws/index.ts";
import { recordedBatch, recordedInteraction, type Fields } from "../recorded/read.ts";
import { documentAfter, recordedDesk } from "./recorded-desk.ts";

const topic = "/v2/me/interactions";
const message = (fields: Fields) => ({
  channel: topic,
  data: { interaction: fields, messageType: "InteractionStateMessage" },
});
const email = (changes: Fields = {}) => message({ ...recordedInteraction("email-accepted"), ...changes });
const chat = (changes: Fields = {}) => message({ ...recordedInteraction("chat-accepted"), ...changes });
const emailId = recordedInteraction("email-accepted")["id"] as string;
const chatId = recordedInteraction("chat-accepted")["id"] as string;

test.each(["/meta/handshake", "/meta/connect", "/meta/subscribe", "/meta/disconnect"])(
  "a reply of %s among the notifications is no fact about interactions",
  (channel) => {
    const reply = { channel, id: "7", successful: true, advice: { interval: 0, reconnect: "retry" } };
    expect(gws851.decode(reply)).toEqual({ facts: [], anomalies: [] });
    const { desk, link } = recordedDesk();
    link.deliver([reply, ...recordedBatch("chat-invited"), reply, ...recordedBatch("email-invited"), reply]);
    expect(desk.invitations.getSnapshot().map(({ channel }) => channel)).toEqual(["chat", "email"]);
    expect(desk.anomalies.total()).toBe(0);
  },
);

test("a message is read without an envelope channel, and on a topic of another name", () => {
  for (const envelope of [{}, { channel: null }, { channel: "/v2/me/other" }, { channel: 7 }]) {
    expect(gws851.decode({ ...envelope, data: email().data })).toEqual(gws851.decode(email()));
  }
});

test("a message whose messageType is missing, or spelt messageTypeName, is read by its content", () => {
  const { messageType: _, ...fields } = recordedBatch("chat-invited")[0]!["data"] as Fields;
  const facts = gws851.decode(recordedBatch("chat-invited")[0]).facts;
  expect(gws851.decode({ channel: topic, data: fields }).facts).toEqual(facts);
  const spelt = { ...fields, messageTypeName: "InteractionStateMessage" };
  expect(gws851.decode({ channel: topic, data: spelt }).facts).toEqual(facts);
});

test("an email_object with more than an id is read as the content of the email", () => {
  const data = {
    ...(recordedBatch("email-revoked")[0]!["data"] as Fields),
    state: "Invited",
    capabilities: ["Accept", "Reject"],
    email_object: { interactionId: "0000Ja8V814907JM", subject: "test_reply" },
  };
  const { desk, link } = recordedDesk();
  link.deliver([{ channel: topic, data }]);
  expect(desk.interaction("0000Ja8V814907JM")).toMatchObject({ email: { subject: "test_reply" } });
});

test("a PropertiesChanged without capabilities keeps the state and what is allowed", () => {
  const { desk, link } = recordedDesk();
  link.deliver([...recordedBatch("chat-accepted"), ...recordedBatch("chat-properties-changed")]);
  expect(desk.interaction(chatId)).toMatchObject({
    state: "Accepted",
    serverState: "Accepted",
    capabilities: recordedInteraction("chat-accepted")["capabilities"],
  });
});

test("a PropertiesChanged with capabilities changes what is allowed; an empty list allows nothing", () => {
  const { desk, link } = recordedDesk();
  link.deliver([chat(), chat({ state: "PropertiesChanged", capabilities: ["Send", "LeaveChat"] })]);
  expect(desk.interaction(chatId)).toMatchObject({ state: "Accepted", capabilities: ["Send", "LeaveChat"] });
  link.deliver([chat({ state: "PropertiesChanged", capabilities: [] })]);
  expect(desk.interaction(chatId)).toMatchObject({ state: "Accepted", capabilities: [] });
});

test("a full transcript in no order gives a sorted one", () => {
  const { desk, link } = recordedDesk();
  link.deliver(recordedBatch("chat-properties-changed"));
  const interaction = desk.interaction(chatId);
  if (interaction?.kind !== "chat") throw new Error("no chat");
  expect(interaction.transcript.events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  expect(interaction.transcript.isWhole).toBe(true);
});

test("an update that does not name its channel is read by what its content holds", () => {
  const { channel: _, ...unnamed } = recordedInteraction("chat-properties-changed");
  for (const content of [unnamed["content"] as Fields, { latestEventId: 5 }]) {
    const { desk, link } = recordedDesk();
    link.deliver([chat(), message({ ...unnamed, content })]);
    const interaction = desk.interaction(chatId);
    if (interaction?.kind !== "chat") throw new Error("no chat");
    expect(interaction.transcript.latestEventId).toBe(5);
    expect(interaction.transcript.isWhole).toBe("events" in content);
  }
});

test("null user data, and any other field that is null, means unchanged", () => {
  const fields = Object.keys(recordedInteraction("email-accepted")).filter(
    (name) => !["id", "state"].includes(name),
  );
  const nulls = Object.fromEntries(fields.map((name) => [name, null]));
  const { desk, link } = recordedDesk();
  link.deliver([email()]);
  const before = desk.interaction(emailId)?.getSnapshot();
  link.deliver([email({ ...nulls, state: "PropertiesChanged" })]);
  expect(desk.interaction(emailId)?.getSnapshot()).toBe(before);
  expect(desk.anomalies.total()).toBe(0);
});

test("unknown fields are readable as extras, of an interaction and of its content", () => {
  const content = { ...(recordedInteraction("email-accepted")["content"] as Fields), mime: "text/plain" };
  const { desk, link } = recordedDesk();
  link.deliver([email({ content, priority: 7, notes: ["a"] })]);
  const raw = desk.interaction(emailId)?.raw;
  expect({ ...raw }).toEqual({ priority: 7, notes: ["a"], "content.mime": "text/plain" });
});

test("unknown fields beside a nested interaction are readable as extras too, as in the flat shape", () => {
  const { interaction, messageType } = email().data;
  const nested = { channel: topic, data: { interaction, messageType, referenceId: 17 } };
  const flat = { channel: topic, data: { ...interaction, messageType, referenceId: 17 } };
  for (const one of [nested, flat]) {
    const { desk, link } = recordedDesk();
    link.deliver([one]);
    expect({ ...desk.interaction(emailId)?.raw }).toEqual({ referenceId: 17 });
  }
});

test("an unknown state is kept as text, keeps the known state and its operations, and is reported", () => {
  const { desk, link } = recordedDesk();
  link.deliver([chat(), chat({ state: "Pondering" })]);
  expect(desk.interaction(chatId)).toMatchObject({
    state: "Accepted",
    serverState: "Pondering",
    capabilities: recordedInteraction("chat-accepted")["capabilities"],
  });
  expect(desk.anomalies.getSnapshot().map(({ code, id }) => [code, id])).toEqual([["unknown-state", chatId]]);
});

test("an unknown capability is kept as text, disables nothing else, and is reported once", () => {
  const capabilities = ["Send", "Levitate", "constructor"];
  const { desk, link } = recordedDesk();
  link.deliver([chat({ capabilities }), chat({ capabilities })]);
  expect(desk.interaction(chatId)?.capabilities).toEqual(capabilities);
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).toEqual([
    "unknown-capability",
    "unknown-capability",
  ]);
});

test("an unknown channel is kept as text, can be seen, and is reported", () => {
  const { desk, link } = recordedDesk();
  link.deliver([message({ ...recordedInteraction("chat-accepted"), channel: "facebook" })]);
  expect(desk.interaction(chatId)).toMatchObject({
    kind: "other",
    channel: "facebook",
    state: "Accepted",
    currentQueue: "SimpleChatInQueue",
    actions: {},
  });
  expect(desk.anomalies.getSnapshot()[0]).toMatchObject({ code: "unknown-channel", id: chatId });
});

test("an interaction that names another channel than before stays what it was, and that is reported", () => {
  const { desk, link } = recordedDesk();
  link.deliver([chat(), chat({ channel: "email", state: "PropertiesChanged" })]);
  expect(desk.interaction(chatId)?.channel).toBe("chat");
  expect(desk.anomalies.getSnapshot()[0]).toMatchObject({ code: "channel-mismatch", id: chatId });
});

test("an interaction whose channel is named later becomes one of that channel, with all that was known", () => {
  const { desk, link } = recordedDesk();
  const { channel: _left, ...unnamed } = recordedInteraction("chat-accepted");
  link.deliver([message(unnamed)]);
  const interaction = desk.interaction(chatId);
  expect(interaction).toMatchObject({ kind: "other", state: "Accepted" });
  const seen: unknown[] = [];
  interaction?.subscribe(({ kind, state }) => seen.push([kind, state]));
  const before = interaction?.getSnapshot();
  link.deliver([message({ id: chatId, channel: "chat", state: "PropertiesChanged" })]);
  expect(seen).toContainEqual(["chat", "Accepted"]);
  expect(desk.interactions.getSnapshot()).toEqual([interaction]);
  expect(interaction).toMatchObject({
    kind: "chat",
    channel: "chat",
    capabilities: before?.capabilities,
    userData: before?.userData,
  });
  expect(interaction?.kind === "chat" && interaction.transcript.length).toBeGreaterThan(0);
  expect(interaction?.can("Send")).toEqual({ allowed: false, reason: "not-live" });
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).not.toContain("channel-mismatch");
});

test("the end states of 8.5.2 are taken, as 8.5.1 documents none", () => {
  for (const [state, expected] of [
    ["Completed", "Completed"],
    ["Sent", "Sent"],
    ["Canceled", "Canceled"],
    ["Cancelled", "Canceled"],
  ]) {
    expect(documentAfter([[email(), email({ state, capabilities: [] })]])).toMatchObject([
      { state: expected, serverState: state, outcome: expected, capabilities: [] },
    ]);
  }
  expect(documentAfter([[chat(), chat({ state: "LeftChat" })]])).toMatchObject([
    { state: "Left", isEnded: false },
  ]);
});
