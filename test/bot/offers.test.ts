import { expect, test } from "vitest";
import { defineBot, runBot } from "../../src/bot/index.ts";
import { chat } from "../desk/hand-desk.ts";
import { handBot } from "./hand-bot.ts";

test("a bot is Ready on its channels, accepts what it is offered under its name, and works on it", async () => {
  const hand = await handBot({ chat: async (one) => void (await one.actions.Send({ text: "Hello" })) });
  hand.offerChat("chat1");
  await hand.pass();
  expect(hand.operations()).toEqual(["Ready chat", "Accept chat1", "Send chat1"]);
  expect(hand.asked[1]!.parameters).toEqual({ nickname: "ana" });
  expect(hand.answers("chat1")).toEqual(["Hello"]);
});

test("customers see the script's nickname", async () => {
  const hand = await handBot({ nickname: "Support", chat: () => {} });
  hand.offerChat("chat1");
  await hand.pass();
  expect(hand.asked[1]!.parameters).toEqual({ nickname: "Support" });
});

test("a rule decides on each offer: accept, reject, or let the server take it away", async () => {
  const hand = await handBot({
    channels: ["chat"],
    offered: async ({ id }) => (id === "chat1" ? "Accept" : id === "chat2" ? "Reject" : "Ignore"),
  });
  for (const id of ["chat1", "chat2", "chat3"]) hand.offerChat(id);
  await hand.pass(5000);
  hand.notify(chat("chat3", "Revoked"));
  expect(hand.operations().slice(1)).toEqual(["Accept chat1", "Reject chat2"]);
  expect(hand.bot.summary()).toMatchObject({ offered: 3, accepted: 1, rejected: 1, revoked: 1 });
});

test("an offer that is taken away while the agent thinks is no failure, and nothing is sent", async () => {
  const hand = await handBot({
    channels: ["chat"],
    offered: async (offer) => {
      await offer.pause(3000);
      return "Accept";
    },
  });
  hand.offerChat("chat1");
  await hand.pass(1000);
  hand.notify(chat("chat1", "Revoked"));
  await hand.pass(5000);
  expect(hand.operations()).toEqual(["Ready chat"]);
  expect(hand.bot.summary()).toMatchObject({ revoked: 1, failed: 0 });
});

test("several offers are decided on concurrently", async () => {
  const hand = await handBot({
    chat: () => new Promise(() => {}),
    offered: async (offer, agent) => {
      await offer.pause(500);
      return agent.working("chat") < 2 ? "Accept" : "Ignore";
    },
  });
  for (const id of ["chat1", "chat2"]) hand.offerChat(id);
  await hand.pass(500);
  hand.offerChat("chat3");
  await hand.pass(500);
  expect(hand.operations().slice(1)).toEqual(["Accept chat1", "Accept chat2"]);
});

test("a rule is given how often the same interaction was offered", async () => {
  const times: number[] = [];
  const hand = await handBot({
    channels: ["chat"],
    offered: async (offer) => {
      times.push(offer.times);
      return offer.times === 1 ? "Ignore" : "Accept";
    },
  });
  hand.offerChat("chat1");
  await hand.pass();
  hand.notify(chat("chat1", "Revoked"));
  hand.list.interactions = [chat("chat1", "Invited")];
  hand.notify(chat("chat1", "Invited"));
  await hand.pass(2000);
  expect(times).toEqual([1, 2]);
  expect(hand.operations()).toContain("Accept chat1");
});

test("the end of an offer is emitted once its outcome is known, after the answer to the Reject", async () => {
  const hand = await handBot({ channels: ["chat"], offered: "Reject" }, {}, { Reject: "ignore" });
  hand.offerChat("chat1");
  await hand.pass();
  hand.notify(chat("chat1", "Revoked"));
  await hand.pass();
  expect(hand.eventsOf("ended")).toEqual([]);
  await hand.asked.at(-1)!.answer({ kind: "acknowledged" });
  expect(hand.eventsOf("ended")).toMatchObject([{ id: "chat1", outcome: "Rejected", from: "Invited" }]);
  expect(hand.bot.summary()).toMatchObject({ rejected: 1, revoked: 0 });
});

test("a rule that throws, or returns no decision, is reported and the offer is ignored; other offers go on", async () => {
  const hand = await handBot({
    channels: ["chat"],
    offered: async ({ id }) => {
      if (id === "chat1") throw new TypeError("the customer wrote: 1234");
      return (id === "chat2" ? "Take" : "Accept") as "Accept";
    },
  });
  for (const id of ["chat1", "chat2", "chat3"]) hand.offerChat(id);
  await hand.pass();
  expect(hand.operations().slice(1)).toEqual(["Accept chat3"]);
  expect(hand.eventsOf("failed").map(({ part, id, code, message }) => ({ part, id, code, message }))).toEqual(
    [
      {
        part: "offered",
        id: "chat1",
        code: "threw",
        message: "The script of the offer of chat chat1 threw TypeError; its last call was none.",
      },
      {
        part: "offered",
        id: "chat2",
        code: "invalid-script",
        message:
          '"offered" must give "Accept", "Reject" or "Ignore", but it gave text; the offer is ignored.',
      },
    ],
  );
});

test("an Accept whose answer was lost still leads to work when the server sends Accepted", async () => {
  const hand = await handBot({ chat: (one) => one.send("Hello"), typing: 0 });
  hand.serve("Accept", "ignore");
  hand.offerChat("chat1");
  await hand.pass();
  await hand.asked[1]!.answer({ kind: "unanswered" });
  hand.notify(chat("chat1", "Accepted"));
  await hand.pass();
  expect(hand.answers("chat1")).toEqual(["Hello"]);
});

test("an interaction that was accepted before the bot started is worked on", async () => {
  const script = defineBot({ chat: (one) => one.send("I am here again."), typing: 0 });
  const hand = await handBot({ channels: ["email"], offered: "Ignore" });
  hand.offerChat("chat1");
  hand.notify(chat("chat1", "Accepted"));
  runBot(script, { desk: hand.desk, clock: hand.clock, name: "ben" });
  await hand.pass();
  expect(hand.answers("chat1")).toEqual(["I am here again."]);
});

test("each event of an offer has its duration", async () => {
  const hand = await handBot({
    channels: ["chat"],
    offered: async (offer) => {
      await offer.pause(400);
      return "Accept";
    },
  });
  hand.offerChat("chat1");
  await hand.pass(1000);
  const seen = hand.events.filter((one) => "id" in one && one.id === "chat1");
  expect(seen).toMatchObject([
    { type: "offered", channel: "chat", bot: "ana" },
    { type: "sent", operation: "Accept" },
    { type: "accepted", duration: 400 },
    { type: "settled", operation: "Accept", outcome: "Done", duration: 0 },
  ]);
});

test("the duration of accepted is since the latest offer, not since the interaction was first seen", async () => {
  const hand = await handBot({
    channels: ["chat"],
    offered: async (offer) => {
      await offer.pause(400);
      return "Accept";
    },
  });
  hand.notify(chat("chat1", "Routed"));
  await hand.pass(5000);
  hand.notify(chat("chat1", "Invited"));
  await hand.pass(2000);
  // Led back to an offer by the server's list.
  hand.list.interactions = [chat("chat1", "Invited")];
  hand.loseLink();
  await hand.regainLink();
  await hand.pass(1000);
  expect(hand.eventsOf("accepted").map(({ duration }) => duration)).toEqual([400, 400]);
});

test("an interaction that is offered and accepted again while the script works on it is worked on once", async () => {
  const hand = await handBot({ chat: async (one) => void (await one.within(Infinity).customerSays()) });
  hand.offerChat("chat1");
  await hand.pass();
  // Led back to an offer by the server's list.
  hand.list.interactions = [chat("chat1", "Invited")];
  hand.loseLink();
  await hand.regainLink();
  await hand.pass(1000);
  expect(hand.eventsOf("accepted")).toHaveLength(2);
  expect(hand.eventsOf("work-began")).toHaveLength(1);
});
