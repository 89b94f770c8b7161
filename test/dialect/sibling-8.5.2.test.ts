import { expect, test } from "vitest";
import { createDesk } from "../../src/index.ts";
import { recorded } from "../../src/recording/index.ts";
import { sample, type Fields } from "../recorded/read.ts";
import { liveDesk } from "./live-desk.ts";
import { sibling852 } from "./sibling-8.5.2.ts";

const email = (name: string) => ({ channel: "/v2/me/emails", data: sample(name) });
const chat = (name: string) => ({ channel: "/v2/me/chats", data: sample(name) });
const chatId = "0000Na9B26EF002X";
/** The samples show different chats; these are the same messages about one chat. */
const ofChat = (name: string, id = chatId) => {
  const data = sample(name) as Fields;
  return { channel: "/v2/me/chats", data: { ...data, chatUri: `http://localhost:8080/api/v2/chats/${id}` } };
};

function desk852() {
  const link = recorded({ dialect: sibling852 });
  const desk = createDesk({ link });
  void desk.start();
  return { desk, link };
}

test("a created email is composed, an attachment is an extra, and canceling ends it", () => {
  const { desk, link } = desk852();
  link.deliver([email("8.5.2-email-create-notification")]);
  expect(desk.interaction("01QG9WAK37H38024")).toMatchObject({
    channel: "email",
    state: "Composing",
    serverState: "Composing",
  });
  link.deliver([email("8.5.2-email-add-attachment-notification")]);
  const withAttachment = desk.interaction("01QG9WAK37H38027");
  expect(withAttachment).toMatchObject({
    state: "Composing",
    email: {
      fromAddress: "htcc@gplus-w2k3-gf80",
      toAddress: "qwerty@gplus-w2k3-gf80",
      subject: "Thisisatest",
    },
  });
  expect(withAttachment?.raw["attachments"]).toHaveLength(1);
  link.deliver([email("8.5.2-email-cancel-notification")]);
  expect(desk.interaction("01QG9WAK37H38025")).toMatchObject({ state: "Canceled", outcome: "Canceled" });
});

test("a chat is accepted, spoken in and left, by the printed notifications", () => {
  const { desk, link } = desk852();
  link.deliver([
    chat("8.5.2-chat-accept-statuschange-notification"),
    chat("8.5.2-chat-accept-participants-notification"),
    ofChat("8.5.2-chat-sendmessage-notification"),
    ofChat("8.5.2-chat-typing-started-notification"),
  ]);
  const held = desk.interaction(chatId);
  if (held?.kind !== "chat") throw new Error("no chat");
  expect(held).toMatchObject({ state: "Accepted", serverState: "Chatting" });
  expect(held.capabilities).toContain("SendMessage");
  expect(held.transcript.events).toEqual([
    {
      id: 3,
      messageType: "MESSAGE",
      userId: "007352CE72D50290",
      userType: "Agent",
      nickName: "TestName",
      visibility: "All",
      text: "How may I help you?",
    },
    {
      id: 4,
      messageType: "NOTICE",
      noticeType: "TypingStarted",
      userId: "007352CE764002A3",
      userType: "Agent",
      nickName: "TestName",
      visibility: "All",
    },
  ]);
  expect(held.transcript.gaps).toEqual([{ from: 1, to: 2 }]);
  expect(held.raw["participants"]).toHaveLength(2);
  link.deliver([chat("8.5.2-chat-leave-notification")]);
  expect(held).toMatchObject({ state: "Left", serverState: "LeftChat", isEnded: false });
  link.deliver([{ channel: "/v2/me/chats", data: { chat: { id: chatId, state: "Completed" } } }]);
  expect(held).toMatchObject({ state: "Completed", outcome: "Completed", capabilities: [] });
});

test("a chat that is named by its address only is the same chat", () => {
  const { desk, link } = desk852();
  link.deliver([chat("8.5.2-chat-attach-user-data-notification.partial")]);
  expect(desk.interaction("0000Wa9CAM6W00J")?.userData).toMatchObject({
    UserData2: 123456789,
    RRequestedSkills: null,
  });
});

test("a message of which nothing is left but its kind is reported", () => {
  const { desk, link } = desk852();
  link.deliver([email("8.5.2-email-accept-notification.partial")]);
  expect([desk.interactions.getSnapshot(), desk.anomalies.total()]).toEqual([[], 1]);
});

test("the readiness of channels is read as before", () => {
  const { desk, link } = desk852();
  link.deliver([sample("8.5.2-channel-dnd-on-notification")]);
  expect(desk.channel("chat")).toMatchObject({ state: "Ready", doNotDisturb: true });
});

test.each([
  ["chat", "SendStartTypingNotification", {}, "8.5.2-chat-typing-started-request"],
  [
    "chat",
    "AttachUserData",
    { userData: { UserData1: "DATA1", UserData2: 123456789 } },
    "8.5.2-chat-attach-user-data-request",
  ],
  ["chat", "Leave", {}, "8.5.2-chat-leave-request"],
  ["chat", "Complete", {}, "8.5.2-chat-complete-request"],
  ["chat", "Reject", {}, "8.5.2-chat-reject-request"],
  ["email", "Accept", {}, "8.5.2-email-accept-request"],
  ["email", "Reject", {}, "8.5.2-email-reject-request"],
  ["email", "Cancel", {}, "8.5.2-email-cancel-request"],
])("%s %s is written as the page prints it", (channel, operation, parameters, name) => {
  const interaction = { id: "X1", kind: channel, channel, outQueues: undefined, data: {} };
  const target = { about: "interaction", ...interaction } as const;
  expect(sibling852.encode({ operation, operationName: operation, parameters, target })).toEqual({
    method: "POST",
    path: `/me/${channel}s/X1`,
    body: sample(name),
  });
});

test("its operations are actions, confirmed by what this server sends", async () => {
  const { desk, deliver, sent } = await liveDesk(sibling852);
  deliver([chat("8.5.2-chat-accept-statuschange-notification")]);
  const held = desk.interaction(chatId);
  if (held?.kind !== "chat") throw new Error("no chat");
  expect(Object.keys(held.actions)).toEqual([
    "SendMessage",
    "SendStartTypingNotification",
    "Leave",
    "Complete",
  ]);

  const typing = await held.actions.SendStartTypingNotification!();
  const sending = held.actions.SendMessage!({ text: "How may I help you?" });
  deliver([ofChat("8.5.2-chat-sendmessage-notification")]);
  const leaving = held.actions.Leave!();
  deliver([chat("8.5.2-chat-leave-notification")]);
  const completing = held.actions.Complete!();
  deliver([{ channel: "/v2/me/chats", data: { chat: { id: chatId, state: "Completed" } } }]);

  const outcomes = [typing, await sending, await leaving, await completing];
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["Done", "Done", "Done", "Done"]);
  expect(sent.map(({ path }) => path)).toEqual(Array.from({ length: 4 }, () => `/me/chats/${chatId}`));
});

test("the server's lists of emails and chats are read each for itself", () => {
  const read = (index: number, body: unknown) => sibling852.lists[index]!.read(body)?.ids;
  expect(read(1, { statusCode: 0, emails: [sample("8.5.2-email-resource")] })).toEqual(["FEWOIFWJ3243224"]);
  expect(read(2, { statusCode: 0, chats: [] })).toEqual([]);
  expect([read(1, { chats: [] }), read(2, undefined)]).toEqual([undefined, undefined]);
});
