import { expect, test } from "vitest";
import { checkParameters } from "../../src/domain/parameters.ts";
import { gws851 } from "../../src/links/gws/index.ts";
import { sample } from "../recorded/read.ts";

const emailContent = {
  interactionId: "E1",
  fromAddress: "support@ci-vm106",
  toAddress: "Customer1@ci-vm106",
  subject: "Light",
};
const outQueues = { SimpleEmailOutQueue: "", Second: "" };
const targets = {
  email: {
    about: "interaction",
    id: "E1",
    kind: "email",
    channel: "email",
    outQueues,
    data: { email: emailContent },
  },
  chat: { about: "interaction", id: "C1", kind: "chat", channel: "chat", outQueues: undefined, data: {} },
} as const;

type Row = readonly [
  channel: "email" | "chat",
  operation: string,
  parameters: object | undefined,
  body: object,
];

const userData = { Subject: "New", Count: 2, Empty: null };
const both = (channel: "email" | "chat"): readonly Row[] => [
  [channel, "Accept", undefined, { operationName: "Accept" }],
  [channel, "Reject", undefined, { operationName: "Reject" }],
  [channel, "SingleStepTransfer", { targetUri: "a2" }, { operationName: "Transfer", targetUri: "a2" }],
  [channel, "SingleStepTransfer", { queueName: "q" }, { operationName: "Transfer", queueName: "q" }],
  [channel, "PlaceInWorkbin", { workbinId: "w1" }, { operationName: "PlaceInWorkbin", workbinId: "w1" }],
  [channel, "AttachUserData", { userData }, { operationName: "AttachUserData", userData }],
  [channel, "UpdateUserData", { userData }, { operationName: "UpdateUserData", userData }],
  [channel, "DeleteUserData", { keys: ["a", "b"] }, { operationName: "DeleteUserData", keys: ["a", "b"] }],
];

const held = { from: "support@ci-vm106", to: ["Customer1@ci-vm106"], subject: "Light" };
const queueName = "SimpleEmailOutQueue";
const changed = {
  subject: "Re: Light",
  to: "a@x.example; b@x.example",
  cc: '"Doe, Jane; Ms" <c@x.example>, "unclosed@x.example, e@x.example,',
  bcc: "d@x.example",
};

const rows: readonly Row[] = [
  ...both("email"),
  ...both("chat"),
  ["chat", "Accept", { nickname: "Ana" }, { operationName: "Accept", nickname: "Ana" }],
  ["email", "Accept", { nickname: "Ana" }, { operationName: "Accept" }],
  ["email", "StopProcessing", undefined, { operationName: "Complete" }],
  ["chat", "StopProcessing", undefined, { operationName: "StopProcessing" }],
  ["email", "Reply", undefined, { operationName: "Reply", queueName }],
  ["email", "Reply", { queueName: "q" }, { operationName: "Reply", queueName: "q" }],
  ["email", "ReplyAll", undefined, { operationName: "ReplyAll", queueName }],
  [
    "email",
    "Send",
    { text: "Hello" },
    { operationName: "Send", queueName, email: { ...held, bodyAsPlainText: "Hello" } },
  ],
  [
    "email",
    "Send",
    { text: "Hello", queueName: "q", ...changed },
    {
      operationName: "Send",
      queueName: "q",
      email: {
        ...held,
        subject: "Re: Light",
        to: ["a@x.example", "b@x.example"],
        cc: ['"Doe, Jane; Ms" <c@x.example>', '"unclosed@x.example', "e@x.example"],
        bcc: ["d@x.example"],
        bodyAsPlainText: "Hello",
      },
    },
  ],
  ["email", "Cancel", undefined, { operationName: "Cancel" }],
  ["chat", "Send", { text: "Hello" }, { operationName: "SendMessage", text: "Hello" }],
  [
    "chat",
    "SendNotification",
    { noticeType: "TypingStarted" },
    { operationName: "SendNotification", noticeType: "TypingStarted" },
  ],
  [
    "chat",
    "SendNotification",
    { noticeType: "TypingStopped" },
    { operationName: "SendNotification", noticeType: "TypingStopped" },
  ],
  ["chat", "LeaveChat", undefined, { operationName: "LeaveChat" }],
  ["chat", "EndChatSession", undefined, { operationName: "EndChatSession" }],
  [
    "chat",
    "SingleStepConference",
    { targetUri: "a2" },
    { operationName: "SingleStepConference", targetUri: "a2" },
  ],
  ["chat", "RequestChatHistory", undefined, { operationName: "RequestChatHistory" }],
];

/** As an action does it: the parameters are checked by the table first. */
function encoded(kind: "email" | "chat", operation: string, given: unknown) {
  const rule = gws851.rules.interaction.get(kind)!.get(operation)!;
  const parameters = checkParameters(operation, rule.parameters, given);
  return gws851.encode({ operation, operationName: rule.operationName, parameters, target: targets[kind] });
}

test.each(rows)("%s %s %j becomes %j", (channel, operation, given, body) => {
  const request = encoded(channel, operation, given);
  expect(request).toMatchObject({
    method: "POST",
    path: channel === "email" ? "/me/interactions/E1" : "/me/interactions/C1",
  });
  expect(JSON.parse(JSON.stringify(request.body))).toEqual(body);
});

test.each(["email", "chat"] as const)("every operation of %s is in the table of this test", (channel) => {
  const known = gws851.rules.interaction.get(channel)!.keys();
  const tried = new Set(rows.filter((row) => row[0] === channel).map((row) => row[1]));
  expect([...known].filter((operation) => !tried.has(operation))).toEqual([]);
});

test.each([
  ["Ready", {}, sample("8.5.1-channel-ready-request")],
  ["NotReady", {}, sample("8.5.1-channel-notready-request")],
  ["NotReady", { reason: "OutToLunch" }, { operationName: "OutToLunch" }],
])("channel %s %j becomes the body that the page prints", (operation, given, body) => {
  const parameters = checkParameters(operation, gws851.rules.channel.get(operation)!.parameters, given);
  expect(
    gws851.encode({
      operation,
      operationName: operation,
      parameters,
      target: { about: "channel", channel: "chat" },
    }),
  ).toEqual({
    method: "POST",
    path: "/me/channels/chat",
    body,
  });
});

test("a reply to an email of which nothing is known names no queue and no addresses", () => {
  const target = { ...targets.email, outQueues: undefined, data: {} };
  const send = gws851.encode({
    operation: "Send",
    operationName: "Send",
    parameters: { text: "Hello" },
    target,
  });
  expect(send.body).toEqual({ operationName: "Send", email: { bodyAsPlainText: "Hello" } });
  const reply = gws851.encode({ operation: "Reply", operationName: "Reply", parameters: {}, target });
  expect(reply.body).toEqual({ operationName: "Reply" });
});

test("user data keeps keys that are dangerous elsewhere", () => {
  const given = JSON.parse('{"userData":{"__proto__":"a","constructor":"b","PegAG?: 2>1":1}}') as object;
  const { body } = encoded("chat", "UpdateUserData", given);
  expect(JSON.stringify(body)).toBe(
    '{"operationName":"UpdateUserData","userData":{"__proto__":"a","constructor":"b","PegAG?: 2>1":1}}',
  );
});

test("a session begins with the agent's channels and ends with the session itself", () => {
  expect(gws851.session.signIn).toEqual({ method: "GET", path: "/me" });
  expect(gws851.session.begin?.(["email", "chat"])).toEqual({
    method: "POST",
    path: "/me",
    body: { operationName: "StartContactCenterSession", channels: ["email", "chat"] },
  });
  expect(gws851.session.end).toEqual({
    method: "POST",
    path: "/me",
    body: { operationName: "EndContactCenterSession" },
  });
  expect(gws851.topics).toEqual(["/v2/me/interactions", "/v2/me/channels"]);
});
