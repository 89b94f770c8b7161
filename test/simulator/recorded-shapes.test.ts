import { expect, test } from "vitest";
import { ready, running } from "./running.ts";
import type { Json } from "./test-agent.ts";
import { chatContent } from "./test-agent.ts";

/** Keys of the recorded messages of 8.5.1; the values differ from site to site. */
const nestedEmail = [
  "capabilities",
  "channel",
  "content",
  "currentQueue",
  "id",
  "inQueues",
  "outQueues",
  "state",
];
const nestedChat = ["capabilities", "channel", "content", "currentQueue", "id", "inQueues", "state"];
const ofNested = ["subType", "type", "userData"];
const ofFlat = ["interactionSubType", "interactionType", "messageType", "userData"];
const flat = ["capabilities", "channel", "currentQueue", "id", "state"];
const taken = ["startDate", "threadId"];

function keys(object: Json | undefined): string[] {
  return Object.keys(object ?? {}).toSorted();
}

function sorted(...lists: readonly string[][]): string[] {
  return lists.flat().toSorted();
}

test("an email is invited nested, with nothing but its id as content", async () => {
  const { simulator, ana } = await running();
  await ready(ana, "email");
  const { id } = simulator.customers.email();
  const [message] = await ana.catchUp();
  expect(keys(message?.data)).toEqual(["interaction", "messageType"]);
  expect(message?.data["messageType"]).toBe("InteractionStateMessage");
  const interaction = message?.data["interaction"];
  expect(keys(interaction)).toEqual(sorted(nestedEmail, ofNested));
  expect(interaction).toMatchObject({
    id,
    channel: "email",
    state: "Invited",
    type: "Inbound",
    subType: "InboundNew",
    capabilities: ["Accept", "Reject"],
    currentQueue: "SimpleEmailInQueue",
    inQueues: { __STOP__: "" },
    outQueues: { SimpleEmailOutQueue: "" },
  });
  expect(interaction?.["content"]).toEqual({ interactionId: id });
  expect(interaction?.["userData"]).toMatchObject({ "PegAG?: 2>1": 1, RRequestedSkills: null });
});

test("an email is accepted nested, with its text", async () => {
  const { simulator, clock, ana } = await running();
  await ready(ana, "email");
  const { id } = simulator.customers.email({
    from: "zoe@mail.example",
    subject: "Light",
    text: "It\r\nbroke.",
  });
  await ana.operate(id, "Accept");
  const interaction = (await ana.catchUp())[1]?.data["interaction"];
  expect(keys(interaction)).toEqual(sorted(nestedEmail, ofNested, taken));
  expect(interaction?.["startDate"]).toBe(clock.now());
  expect(interaction?.["content"]).toEqual({
    interactionId: id,
    text: "It\r\nbroke.",
    fromAddress: "zoe@mail.example",
    toAddress: "support@lindenrad.example",
    subject: "Light",
  });
  expect(interaction?.["capabilities"]).toEqual([
    "StopProcessing",
    "UpdateUserData",
    "AttachUserData",
    "DeleteUserData",
    "PlaceInWorkbin",
    "SingleStepTransfer",
    "Reply",
    "ReplyAll",
  ]);
});

test("an email is revoked flat, with an email_object and no capabilities", async () => {
  const { simulator, clock, ana } = await running();
  await ready(ana, "email");
  const { id } = simulator.customers.email();
  clock.advance(15_000);
  const data = (await ana.catchUp())[1]?.data;
  expect(keys(data)).toEqual(sorted(flat, ofFlat, ["email_object"]));
  expect(data).toMatchObject({ id, state: "Revoked", capabilities: [], email_object: { interactionId: id } });
  expect(data).toMatchObject({
    interactionType: "Inbound",
    interactionSubType: "InboundNew",
    channel: "email",
  });
});

test("a chat is invited and revoked flat, without content", async () => {
  const { simulator, clock, ana } = await running();
  await ready(ana, "chat");
  const { id } = simulator.customers.chat();
  clock.advance(15_000);
  const [invited, revoked] = (await ana.catchUp()).map(({ data }) => data);
  expect(keys(invited)).toEqual(sorted(flat, ofFlat));
  expect(keys(revoked)).toEqual(sorted(flat, ofFlat));
  expect(invited).toMatchObject({
    id,
    state: "Invited",
    capabilities: ["Accept", "Reject"],
    channel: "chat",
  });
  expect(revoked).toMatchObject({
    id,
    state: "Revoked",
    capabilities: [],
    currentQueue: "SimpleChatInQueue",
  });
});

test("a chat is accepted nested, with the whole log", async () => {
  const { simulator, ana } = await running();
  await ready(ana, "chat");
  const { id } = simulator.customers.chat({ nickname: "Zoë" });
  await ana.operate(id, "Accept", { nickname: "Ana" });
  const interaction = (await ana.catchUp())[1]?.data["interaction"];
  expect(keys(interaction)).toEqual(sorted(nestedChat, ofNested, taken));
  expect(interaction?.["inQueues"]).toEqual({ SimpleChatTranscriptQueue: "" });
  expect(interaction?.["capabilities"]).toEqual([
    "StopProcessing",
    "UpdateUserData",
    "AttachUserData",
    "DeleteUserData",
    "PlaceInWorkbin",
    "SingleStepTransfer",
    "LeaveChat",
    "EndChatSession",
    "SingleStepConference",
    "RequestChatHistory",
    "Send",
  ]);
  const content = interaction?.["content"] as unknown as { events: { id: number }[] };
  const userId = expect.stringMatching(/^[0-9A-F]{16}$/);
  expect({ ...content, events: content.events.toSorted((a, b) => a.id - b.id) }).toEqual({
    latestEventId: 2,
    sessionId: id,
    events: [
      { id: 1, messageType: "PARTY_JOINED", userId, userType: "Client", nickName: "Zoë", visibility: "All" },
      { id: 2, messageType: "PARTY_JOINED", userId, userType: "Agent", nickName: "Ana", visibility: "All" },
    ],
  });
});

test("a PropertiesChanged carries the whole log in no order, and no capabilities", async () => {
  const { simulator, ana } = await running();
  await ready(ana, "chat");
  const chat = simulator.customers.chat();
  await ana.operate(chat.id, "Accept", { nickname: "Ana" });
  for (let count = 0; count < 10; count++) chat.write(`${count}`);
  const messages = (await ana.catchUp()).slice(2);
  expect(messages).toHaveLength(10);
  const first = messages[0]?.data["interaction"];
  expect(keys(first)).toEqual(sorted(nestedChat, ofNested, taken).filter((key) => key !== "capabilities"));
  expect(first?.["state"]).toBe("PropertiesChanged");
  const ids = messages.map((message) => chatContent(message).events.map(({ id }) => id));
  expect(ids.map((list) => list.toSorted((a, b) => a - b))).toEqual(
    messages.map((message) => Array.from({ length: chatContent(message).latestEventId }, (_, at) => at + 1)),
  );
  expect(ids.some((list) => list.some((id, index) => id !== index + 1))).toBe(true);
});

test("an id has the length and the beginning of the recorded ones", async () => {
  const { simulator } = await running();
  expect(simulator.customers.email().id).toMatch(/^0000[0-9A-Z]{12}$/);
});
