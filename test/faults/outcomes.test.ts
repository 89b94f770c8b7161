// What an outcome may claim; after public bug reports, see the issue about outcomes.
import { describe, expect, test } from "vitest";
import type { InteractionOf } from "../../src/index.ts";
import { chat as chatMessage, handDesk } from "../desk/hand-desk.ts";
import { noAnswer, user, worldDesk, type Through, type WorldDesk } from "./world-desk.ts";

/** Cuts the connection instead of passing the request on. */
const lose =
  (lost: string): Through =>
  ({ operation }, forward) =>
    operation === lost ? Promise.reject(new TypeError("The connection was cut.")) : forward();

/** Replies to an email, and returns the draft. */
async function draftAt({ desk, accepted, settled }: WorldDesk) {
  const email = await accepted("email");
  const { interactionId = "" } = await settled(email.actions.Reply!());
  return { email, draft: desk.interaction(interactionId) as InteractionOf<"email"> };
}

describe("an ending with several possible causes does not make an operation Done", () => {
  // An operation whose answer was lost is taken to have caused every ending but a revoke.
  test.fails.each(["Completed", "Canceled"])("Send, when the draft ends as %s", async (ending) => {
    const all = await worldDesk({ through: lose("Send") });
    const { world, settled, truthOf } = all;
    const { draft } = await draftAt(all);
    const truth = truthOf(draft);
    const sending = draft.actions.Send!({ text: "Dear customer" });
    await all.time.advance(200);
    world.end(user, truth, ending);
    expect(await settled(sending)).toMatchObject({ outcome: "Ended" });
    expect(draft).toMatchObject({ state: ending, outcome: ending });
    expect(truth.performed).toEqual([]);
  });

  test("Send, when the draft is revoked", async () => {
    const all = await worldDesk({ through: lose("Send") });
    const { draft } = await draftAt(all);
    const truth = all.truthOf(draft);
    const sending = draft.actions.Send!({ text: "Dear customer" });
    await all.time.advance(200);
    all.world.end(user, truth, "Revoked");
    expect(await all.settled(sending)).toMatchObject({ outcome: "Revoked" });
    expect(draft.outcome).toBe("Revoked");
  });

  // The list does not contain the draft any more, which is taken for the effect of Send.
  test.fails("Send, when the draft is revoked while the connection is lost", async () => {
    const all = await worldDesk({ through: lose("Send") });
    const { draft } = await draftAt(all);
    const truth = all.truthOf(draft);
    const sending = draft.actions.Send!({ text: "Dear customer" });
    await all.time.advance(200);
    all.server.expireComet();
    all.world.end(user, truth, "Revoked");
    const { outcome } = await all.settled(sending);
    expect(outcome).not.toBe("Done");
    expect(draft.outcome).not.toBe("Sent");
  });

  // The same for the other operations that end an interaction.
  test.fails.each([
    ["email", "SingleStepTransfer", "Transfer", { queueName: "Q" }],
    ["email", "StopProcessing", "Complete", undefined],
    ["chat", "EndChatSession", "EndChatSession", undefined],
  ] as const)("in %s, %s", async (channel, operation, wire, parameters) => {
    const all = await worldDesk({
      through: (request, forward) =>
        request.operation === operation || request.operation === wire
          ? Promise.reject(new TypeError("The connection was cut."))
          : forward(),
    });
    const interaction = await all.accepted(channel);
    const actions = interaction.actions as Readonly<
      Record<string, (given?: object) => Promise<{ outcome: string }>>
    >;
    const performing = actions[operation]!(parameters);
    await all.time.advance(200);
    all.world.end(user, all.truthOf(interaction), "Completed");
    expect(await all.settled(performing)).toMatchObject({ outcome: "Ended" });
    expect(interaction.outcome).toBe("Completed");
  });

  test("an ending that the server names itself does: Send, when the draft ends as Sent", async () => {
    const all = await worldDesk();
    const { draft } = await draftAt(all);
    const sending = draft.actions.Send!({ text: "Dear customer" });
    expect(await all.settled(sending)).toMatchObject({ outcome: "Done" });
    expect(draft.outcome).toBe("Sent");
    expect(all.truthOf(draft).performed).toHaveLength(1);
  });
});

// A change of the first draft is taken for the creation that the second Reply waits for.
test.fails(
  "a reply is confirmed only by an interaction that is first received after the request",
  async () => {
    let replies = 0;
    const all = await worldDesk({
      through: async ({ operation }, forward) => {
        if (operation !== "Reply" || ++replies === 1) return forward();
        await new Promise((resolve) => void all.time.setTimeout(() => resolve(undefined), 500));
        return Response.json({ statusCode: 4, statusMessage: "There is a reply already." });
      },
    });
    const { email, draft } = await draftAt(all);
    const second = email.actions.Reply!();
    await all.time.advance(100);
    all.world.setData(user, all.truthOf(draft), { Saved: "1" });
    expect(await all.settled(second)).toMatchObject({ outcome: "Refused", code: 4 });
    expect(all.world.performed.filter(({ operation }) => operation === "Reply")).toHaveLength(1);
  },
);

test("two replies are each confirmed by a draft of their own", async () => {
  const all = await worldDesk();
  const { email, draft } = await draftAt(all);
  const { outcome, interactionId } = await all.settled(email.actions.Reply!());
  expect(outcome).toBe("Done");
  expect(interactionId).not.toBe(draft.id);
});

describe("NotReady is confirmed only by the reason that was asked for", () => {
  const readiness = (reason: string, more: object = {}) => ({
    channel: "/v2/me/channels",
    data: { channels: [{ channel: "chat", userState: { state: "NotReady", reason }, ...more }] },
  });

  // The state alone is compared.
  test.fails("a repeat of what was known does not confirm it", async () => {
    const hand = await handDesk();
    hand.deliver(readiness("Break"));
    const chat = hand.desk.channel("chat");
    const asking = chat.actions.NotReady!({ reason: "Lunch" });
    hand.deliver(readiness("Break", { dndState: "On" }));
    await hand.settle();
    expect(chat.pending).toEqual(["NotReady"]);
    await hand.asked[0]!.answer({ kind: "refused", code: 4, message: "There is no such reason." });
    expect(await asking).toMatchObject({ outcome: "Refused", code: 4 });
    expect(chat.reason).toBe("Break");
  });

  test("the reason that was asked for does", async () => {
    const hand = await handDesk();
    hand.deliver(readiness("Break"));
    const chat = hand.desk.channel("chat");
    const asking = chat.actions.NotReady!({ reason: "Lunch" });
    await hand.settle();
    await hand.asked[0]!.answer({ kind: "acknowledged" });
    hand.deliver(readiness("Lunch"));
    expect(await asking).toMatchObject({ outcome: "Done" });
    expect(chat.reason).toBe("Lunch");
  });
});

describe("a sent message is recognised although the server changes its text", () => {
  const echo = async (change: (text: string) => string, text: string) => {
    const all = await worldDesk({
      through: (request, forward) => {
        if (request.operation !== "SendMessage") return forward();
        const body = { ...(request.body as object), text: change(text) };
        return forward({ ...request, body });
      },
    });
    const chat = await all.accepted("chat");
    const { outcome } = await all.settled(chat.actions.Send!({ text }));
    expect(all.textsIn(chat)).toEqual([change(text)]);
    return outcome;
  };

  test("as it is", async () => {
    expect(await echo((text) => text, "Hello")).toBe("Done");
  });

  // The text of the echo is compared letter by letter.
  test.fails.each<[string, (text: string) => string, string]>([
    ["its ends trimmed", (text) => text.trim(), "Hello \n"],
    ["CRLF for LF", (text) => text.replaceAll("\n", "\r\n"), "one\ntwo"],
    ["LF for CRLF", (text) => text.replaceAll("\r\n", "\n"), "one\r\ntwo"],
    ["composed (NFC)", (text) => text.normalize("NFC"), "cafe\u0301"],
    ["escaped", (text) => text.replaceAll("&", "&amp;"), "R&D"],
    ["masked", (text) => text.replaceAll(/\d/g, "*"), "4111 1111"],
  ])("%s", async (_, change, text) => {
    expect(await echo(change, text)).toBe("Done");
  });

  test("two equal messages in a row each have an echo of their own", async () => {
    const { accepted, settled, textsIn } = await worldDesk();
    const chat = await accepted("chat");
    for (const text of ["Yes", "Yes"])
      expect(await settled(chat.actions.Send!({ text }))).toMatchObject({ outcome: "Done" });
    expect(textsIn(chat)).toEqual(["Yes", "Yes"]);
  });
});

describe("a bound never makes an operation fail", () => {
  const keys = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`Key${n}`, "v"]));

  const attach = async (count: number) => {
    const hand = await handDesk();
    const userData: Record<string, string> = keys(count);
    const message = (state: string) =>
      chatMessage("A", state, { userData: { ...userData }, capabilities: ["AttachUserData"] });
    hand.list.interactions = [message("Accepted")];
    hand.notify(message("Accepted"));
    const chat = hand.desk.interaction("A")!;
    const attaching = chat.actions.AttachUserData!({ userData: { Refund: "yes" } });
    userData["Refund"] = "yes";
    hand.list.interactions = [message("Accepted")];
    await hand.settle();
    await hand.asked[0]!.answer({ kind: "acknowledged" });
    hand.notify(message("PropertiesChanged"));
    await hand.lookUp();
    hand.clock.advance(20_000);
    await hand.settle();
    return { ...(await attaching), refund: chat.userData["Refund"] };
  };

  test("the 2,000th key of user data is held", async () => {
    expect(await attach(1999)).toMatchObject({ outcome: "Done", refund: "yes" });
  });

  // The 2,001st key is left out in silence.
  test.fails("the 2,001st key of user data is held", async () => {
    expect(await attach(2000)).toMatchObject({ outcome: "Done", refund: "yes" });
  });
});

test("a Send that the server does not answer, and did not perform, is not Done", async () => {
  const all = await worldDesk({
    through: (request, forward) => (request.operation === "SendMessage" ? noAnswer(request) : forward()),
  });
  const chat = await all.accepted("chat");
  expect(await all.settled(chat.actions.Send!({ text: "Hello" }))).toMatchObject({ outcome: "TimedOut" });
  expect(all.textsIn(chat)).toEqual([]);
});
