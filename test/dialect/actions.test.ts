import { expect, test } from "vitest";
import { DeskError } from "../../src/index.ts";
import { gws851 } from "../../src/links/gws/index.ts";
import { recordedBatch, recordedInteraction } from "../recorded/read.ts";
import { liveDesk } from "./live-desk.ts";

const emailId = recordedInteraction("email-accepted")["id"] as string;
const chatId = recordedInteraction("chat-accepted")["id"] as string;

type AnyAction = (parameters?: unknown) => Promise<unknown>;

async function accepted(name: "email-accepted" | "chat-accepted") {
  const live = await liveDesk(gws851);
  live.deliver(recordedBatch(name));
  const interaction = live.desk.interaction(name === "email-accepted" ? emailId : chatId)!;
  // As from JavaScript, where nothing checks the types.
  const call = (operation: string, parameters?: unknown) => {
    const actions = interaction.actions as unknown as Readonly<Record<string, AnyAction>>;
    return actions[operation]!(parameters);
  };
  return { ...live, interaction, call };
}

test.each(["email-accepted", "chat-accepted"] as const)(
  "%s: there is an action for each capability granted",
  async (name) => {
    const { interaction } = await accepted(name);
    const { capabilities } = recordedInteraction(name);
    const known = name === "chat-accepted" ? ["SendNotification"] : [];
    expect(Object.keys(interaction.actions).toSorted()).toEqual(
      [...(capabilities as string[]), ...known].toSorted(),
    );
  },
);

test.each<["email-accepted" | "chat-accepted", string, unknown, string]>([
  ["chat-accepted", "Send", undefined, '"text" must be text that is not empty, but it is undefined'],
  ["chat-accepted", "Send", { text: "" }, '"text" must be text that is not empty, but it is text'],
  ["chat-accepted", "Send", "hello", 'its arguments must be one object, but they are "hello"'],
  ["chat-accepted", "Send", { text: "a", to: "b" }, 'it has no argument "to". It takes text'],
  ["chat-accepted", "SendNotification", {}, '"noticeType" must be one of TypingStarted, TypingStopped'],
  ["chat-accepted", "LeaveChat", { reason: "x" }, 'it has no argument "reason". It takes none'],
  ["chat-accepted", "SingleStepTransfer", {}, "give exactly one of targetUri, queueName"],
  ["chat-accepted", "SingleStepTransfer", { targetUri: "a", queueName: "b" }, "give exactly one of"],
  [
    "chat-accepted",
    "SingleStepConference",
    { targetUri: 5 },
    '"targetUri" must be a text of 1 to 256 characters',
  ],
  ["chat-accepted", "AttachUserData", { userData: {} }, '"userData" must be an object of text, numbers'],
  ["chat-accepted", "DeleteUserData", { keys: "a" }, '"keys" must be a list of at least one name'],
  ["email-accepted", "PlaceInWorkbin", undefined, '"workbinId" must be a text of 1 to 256 characters'],
  ["email-accepted", "Reply", { queueName: "" }, '"queueName" must be a text of 1 to 256 characters'],
])(
  "%s: %s called with %j throws synchronously, names what was expected, and sends nothing",
  async (name, operation, given, text) => {
    const { call, sent, interaction } = await accepted(name);
    expect(() => call(operation, given)).toThrow(DeskError);
    expect(() => call(operation, given)).toThrow(text);
    expect([sent, interaction.pending]).toEqual([[], []]);
  },
);

test("nothing can be asked of a channel whose name cannot be part of an address", async () => {
  const { desk, sent } = await liveDesk(gws851);
  for (const name of ["", ".", "..", "../users", "a\nb"]) {
    const channel = desk.channel(name);
    expect([channel.actions, channel.can("Ready")]).toEqual([{}, { allowed: false, reason: "unsafe-id" }]);
  }
  expect(sent).toEqual([]);
});

test("an interaction with a hostile id never comes to be, so nothing can be asked of it", async () => {
  const { desk, deliver } = await liveDesk(gws851);
  for (const id of ["", ".", "..", "../../admin", "a/b", "a\\b", "a\u0000"]) {
    deliver([{ data: { interaction: { ...recordedInteraction("email-accepted"), id } } }]);
    expect(desk.interaction(id)).toBeUndefined();
  }
  expect(desk.interactions.getSnapshot()).toEqual([]);
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).toEqual(
    Array.from({ length: 7 }, () => "unsafe-id"),
  );
});

test("an operation sends one request to its own interaction", async () => {
  const { call, sent, desk } = await accepted("chat-accepted");
  const sending = call("Send", { text: "How may I help you?" });
  expect(sent).toEqual([
    {
      method: "POST",
      path: `/me/interactions/${chatId}`,
      body: { operationName: "SendMessage", text: "How may I help you?" },
    },
  ]);
  await desk.stop();
  expect(await sending).toEqual({ operation: "Send", outcome: "Stopped" });
});

test("the recorded acceptance confirms Accept, with the answer before or after it", async () => {
  for (const answersFirst of [true, false]) {
    const { desk, deliver, sent } = await liveDesk(gws851);
    deliver(recordedBatch("email-invited"));
    const accepting = desk.interaction(emailId)!.actions.Accept!();
    if (answersFirst) await Promise.resolve();
    deliver(recordedBatch("email-accepted"));
    expect(await accepting).toEqual({ operation: "Accept", outcome: "Done" });
    expect(sent).toEqual([
      { method: "POST", path: `/me/interactions/${emailId}`, body: { operationName: "Accept" } },
    ]);
  }
});
