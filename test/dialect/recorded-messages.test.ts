import { expect, test } from "vitest";
import { gws851 } from "../../src/links/gws/index.ts";
import { recordedDesk } from "./recorded-desk.ts";
import { recordedBatch, recordedInteraction, recordedNames, type RecordedName } from "../recorded/read.ts";

const onlyFact = (name: RecordedName) => {
  const decoded = recordedBatch(name).map(gws851.decode);
  expect(decoded.flatMap(({ anomalies }) => anomalies)).toEqual([]);
  const facts = decoded.flatMap(({ facts }) => facts);
  expect(facts).toHaveLength(1);
  return facts[0];
};

const emailQueues = {
  currentQueue: "SimpleEmailInQueue",
  inQueues: { __STOP__: "" },
  outQueues: { SimpleEmailOutQueue: "" },
};
const inbound = { direction: "Inbound", subType: "InboundNew" };
const userData = (name: RecordedName) => recordedInteraction(name)["userData"];

test("email-invited: an email is offered, with Accept and Reject and no text yet", () => {
  expect(onlyFact("email-invited")).toEqual({
    about: "interaction",
    id: "0000Ka8WP8G94H9A",
    channel: "email",
    change: "Invited",
    state: "Invited",
    capabilities: ["Accept", "Reject"],
    known: {
      serverState: "Invited",
      ...inbound,
      ...emailQueues,
      userData: userData("email-invited"),
      email: { interactionId: "0000Ka8WP8G94H9A" },
    },
  });
});

test("email-accepted: the email has its text, addresses and thread, and grants eight operations", () => {
  expect(onlyFact("email-accepted")).toEqual({
    about: "interaction",
    id: "0000Ka8WP8G94H9A",
    channel: "email",
    change: "Accepted",
    state: "Accepted",
    capabilities: [
      "StopProcessing",
      "UpdateUserData",
      "AttachUserData",
      "DeleteUserData",
      "PlaceInWorkbin",
      "SingleStepTransfer",
      "Reply",
      "ReplyAll",
    ],
    known: {
      serverState: "Accepted",
      ...inbound,
      ...emailQueues,
      userData: userData("email-accepted"),
      startDate: 1382994529967,
      threadId: "0000Ka8WP8G94H99",
      email: {
        interactionId: "0000Ka8WP8G94H9A",
        text: "Thisisemailbody.\r\nTesting, hopefullythiswillwork",
        fromAddress: "Customer1@ci-vm106",
        toAddress: "support@ci-vm106",
        subject: "Rendering_response_category",
      },
    },
  });
});

test("email-revoked: the flat shape with email_object has the same content and no capabilities", () => {
  expect(onlyFact("email-revoked")).toEqual({
    about: "interaction",
    id: "0000Ja8V814907JM",
    channel: "email",
    change: "Revoked",
    state: "Revoked",
    capabilities: [],
    known: {
      serverState: "Revoked",
      ...inbound,
      currentQueue: "SimpleEmailInQueue",
      userData: userData("email-revoked"),
      email: { interactionId: "0000Ja8V814907JM" },
    },
  });
});

test.each([
  ["chat-invited", "Invited", ["Accept", "Reject"]],
  ["chat-revoked", "Revoked", []],
] as const)(
  "%s: the flat shape without content leaves the transcript unchanged",
  (name, state, capabilities) => {
    expect(onlyFact(name)).toEqual({
      about: "interaction",
      id: "0000Ja8V814907KS",
      channel: "chat",
      change: state,
      state,
      capabilities,
      known: { serverState: state, ...inbound, currentQueue: "SimpleChatInQueue", userData: userData(name) },
    });
  },
);

const acceptedChat = {
  ...inbound,
  currentQueue: "SimpleChatInQueue",
  inQueues: { SimpleChatTranscriptQueue: "" },
  startDate: 1382984933000,
  threadId: "00002a94345B0MXY",
};

const [client, agent] = ["0091526EACE5E036", "0091526EACF0E038"];
const clientJoined = {
  id: 1,
  messageType: "PARTY_JOINED",
  userId: client,
  userType: "Client",
  nickName: "test_agent_notificationL",
  visibility: "All",
};
const agentJoined = {
  id: 2,
  messageType: "PARTY_JOINED",
  userId: agent,
  userType: "Agent",
  nickName: "TestName",
  visibility: "All",
};
const byAgent = { userId: agent, visibility: "All" };
const typing = { id: 3, messageType: "NOTICE", noticeType: "TypingStarted", ...byAgent };

test("chat-accepted: although its envelope has no channel, it is read, with eleven operations and three events", () => {
  expect(recordedBatch("chat-accepted")[0]).not.toHaveProperty("channel");
  expect(onlyFact("chat-accepted")).toEqual({
    about: "interaction",
    id: "00002a94345B0MXX",
    channel: "chat",
    change: "Accepted",
    state: "Accepted",
    capabilities: [
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
    ],
    known: {
      serverState: "Accepted",
      ...acceptedChat,
      userData: userData("chat-accepted"),
      transcript: { latestEventId: 3, events: [clientJoined, agentJoined, typing] },
    },
  });
});

test("chat-properties-changed: an update, not a state: it carries neither state nor capabilities", () => {
  const fact = onlyFact("chat-properties-changed");
  expect(fact).toEqual({
    about: "interaction",
    id: "00002a94345B0MXX",
    channel: "chat",
    change: "PropertiesChanged",
    state: "PropertiesChanged",
    known: {
      ...acceptedChat,
      userData: userData("chat-properties-changed"),
      transcript: {
        latestEventId: 5,
        events: [
          { id: 4, messageType: "NOTICE", noticeType: "TypingStopped", ...byAgent },
          typing,
          clientJoined,
          agentJoined,
          { id: 5, messageType: "PARTY_LEFT", ...byAgent },
        ],
      },
    },
  });
});

test("user data arrives whole: null stays null, numbers stay numbers, unusual keys stay as they are", () => {
  for (const name of recordedNames) {
    const { desk, link } = recordedDesk();
    link.deliver(recordedBatch(name));
    const { id, userData: recorded } = recordedInteraction(name);
    const held = desk.interaction(id as string)?.userData;
    expect({ ...held }).toEqual(recorded);
    expect(held).toMatchObject({ RRequestedSkills: null, "PegAG?: 2>1": 1, RTargetRequested: "?: 2>1" });
  }
});
