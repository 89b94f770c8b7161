import { expect, test } from "vitest";
import type { TranscriptEvent } from "../../src/index.ts";
import { Transcript } from "../../src/kinds/chat/transcript.ts";
import { recordedInteraction, type Fields } from "../recorded/read.ts";

type Event = Omit<TranscriptEvent, "id">;

const joined = (userId: string, userType = "Client", nickName = userId): Event => ({
  messageType: "PARTY_JOINED",
  userId,
  userType,
  nickName,
});
const left = (userId: string): Event => ({ messageType: "PARTY_LEFT", userId });
const said = (userId: string): Event => ({ messageType: "MESSAGE", userId, text: "hello" });
const notice = (userId: string, noticeType: string): Event => ({ messageType: "NOTICE", userId, noticeType });

function parties(...events: readonly Event[]) {
  const numbered = events.map((event, index) => ({ ...event, id: index + 1 }));
  return Transcript.empty.with(numbered, undefined, () => {}).parties;
}

const short = (...events: readonly Event[]) =>
  parties(...events).map(({ userId, isPresent, isTyping }) => [userId, isPresent, isTyping]);

test("the recorded chat: the customer is here, the agent has left and no longer types", () => {
  const { events } = recordedInteraction("chat-properties-changed")["content"] as Fields;
  const transcript = Transcript.empty.with(events as unknown[], 5, () => {});
  expect(transcript.parties).toEqual([
    {
      userId: "0091526EACE5E036",
      nickName: "test_agent_notificationL",
      userType: "Client",
      isPresent: true,
      isTyping: false,
    },
    {
      userId: "0091526EACF0E038",
      nickName: "TestName",
      userType: "Agent",
      isPresent: false,
      isTyping: false,
    },
  ]);
});

test("parties stand in the order of joining, also when a party returns", () => {
  expect(short(joined("a"), joined("b"), left("a"), joined("c"), joined("a"))).toEqual([
    ["a", true, false],
    ["b", true, false],
    ["c", true, false],
  ]);
});

test("a party types from the notice until the next notice, message or leaving", () => {
  const typing = [joined("a"), notice("a", "TypingStarted")];
  expect(short(...typing)).toEqual([["a", true, true]]);
  expect(short(...typing, notice("a", "TypingStopped"))).toEqual([["a", true, false]]);
  expect(short(...typing, said("a"))).toEqual([["a", true, false]]);
  expect(short(...typing, left("a"))).toEqual([["a", false, false]]);
  expect(short(...typing, joined("b"), said("b"))).toEqual([
    ["a", true, true],
    ["b", true, false],
  ]);
});

test("who comes back may have another name", () => {
  expect(parties(joined("a", "Client", "Zoe"), left("a"), joined("a", "Client", "Zoë"))).toMatchObject([
    { nickName: "Zoë", isPresent: true },
  ]);
});

test("a notice or message of a user who never joined makes no party", () => {
  expect(parties(said("ghost"), notice("ghost", "TypingStarted"), left("ghost"))).toEqual([]);
});

test("an event without a user makes no party", () => {
  expect(parties({ messageType: "PARTY_JOINED", nickName: "Ana" })).toEqual([]);
});

test("a user called __proto__ is a party like any other", () => {
  expect(short(joined("__proto__"), joined("constructor"))).toEqual([
    ["__proto__", true, false],
    ["constructor", true, false],
  ]);
});
