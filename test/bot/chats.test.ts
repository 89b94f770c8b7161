import { expect, test } from "vitest";
import type { Chat, Line } from "../../src/bot/index.ts";
import { chat, joined, said, transcript } from "../desk/hand-desk.ts";
import { handBot } from "./hand-bot.ts";

/** A bot in one chat, which does what the test says. */
async function inChat(work: (one: Chat) => Promise<void>, text?: string) {
  const hand = await handBot({ chat: work, typing: 0 });
  hand.offerChat("chat1");
  if (text !== undefined) hand.says("chat1", text);
  await hand.pass();
  return hand;
}

test("a script waits for what the customer says", async () => {
  const heard: string[] = [];
  const hand = await inChat(async (one) => {
    heard.push((await one.customerSays(/refund/)).text);
    heard.push((await one.customerSays("TODAY")).text);
    heard.push((await one.customerSays(({ text }) => text.length === 3)).text);
    heard.push((await one.customerSays()).text);
  });
  for (const text of ["Hello", "A refund, please", "Is it today?", "Hm", "Yes", "Anything"]) {
    hand.says("chat1", text);
    await hand.pass();
  }
  expect(heard).toEqual(["A refund, please", "Is it today?", "Yes", "Anything"]);
});

test("what the customer said before the chat was accepted is heard too", async () => {
  let line: Line | undefined;
  await inChat(async (one) => {
    line = await one.customerSays(/puncture/);
  }, "A puncture again");
  expect(line).toMatchObject({ text: "A puncture again", userId: "c" });
});

test("no line is matched twice, and those before a match are passed over", async () => {
  const heard: string[] = [];
  const hand = await inChat(async (one) => {
    heard.push((await one.customerSays(/two/)).text);
    const error: unknown = await one
      .within(1000)
      .customerSays(/one|two/)
      .catch((reason: unknown) => reason);
    heard.push((error as { code: string }).code);
  });
  for (const text of ["one", "two"]) hand.says("chat1", text);
  await hand.pass(2000);
  expect(heard).toEqual(["two", "deadline"]);
});

test("a wait that fails takes nothing: the next one hears what was said meanwhile", async () => {
  let heard = "";
  const hand = await inChat(async (one) => {
    await one
      .within(1000)
      .customerSays(/yes/)
      .catch(() => {});
    heard = (await one.customerSays(/no/)).text;
  });
  await hand.pass(500);
  hand.says("chat1", "no");
  await hand.pass(1000);
  expect(heard).toBe("no");
});

test("a pattern with memory hears as well as one without", async () => {
  const heard: string[] = [];
  const pattern = /a/g;
  const hand = await inChat(async (one) => {
    for (let count = 0; count < 3; count++) heard.push((await one.customerSays(pattern)).text);
  });
  for (const text of ["aa", "a", "xa"]) hand.says("chat1", text);
  await hand.pass();
  expect(heard).toEqual(["aa", "a", "xa"]);
});

test("what agents say is not what the customer says", async () => {
  const heard: string[] = [];
  const hand = await inChat(async (one) => {
    await one.say("Do you want a refund?");
    heard.push((await one.customerSays(/refund/)).text);
  });
  hand.says("chat1", "Yes, a refund");
  await hand.pass();
  expect(heard).toEqual(["Yes, a refund"]);
});

test("a line that fills a gap is heard when it comes, and those that are sent again are not heard again", async () => {
  const heard: string[] = [];
  const hand = await inChat(async (one) => {
    for (;;) heard.push((await one.customerSays()).text);
  });
  hand.notify(
    chat("chat1", "PropertiesChanged", transcript(5, ...joined, said(3, "c", "one"), said(5, "c", "three"))),
  );
  await hand.pass();
  hand.notify(chat("chat1", "PropertiesChanged", transcript(5, said(4, "c", "two"), said(3, "c", "one"))));
  await hand.pass();
  expect(heard).toEqual(["one", "three", "two"]);
});

test("a line of somebody who is hidden by a gap is not taken for the customer's", async () => {
  const heard: string[] = [];
  const hand = await handBot({
    chat: async (one) => {
      for (;;) heard.push((await one.customerSays()).text);
    },
  });
  hand.notify(chat("chat1", "Invited"));
  hand.notify(
    chat("chat1", "Accepted", transcript(4, said(3, "a", "I am an agent"), said(4, "c", "I am not"))),
  );
  await hand.pass();
  expect(heard).toEqual([]);
  hand.notify(chat("chat1", "PropertiesChanged", transcript(4, ...joined)));
  await hand.pass();
  expect(heard).toEqual(["I am not"]);
});

test("typing takes as long as the text is long, and the customer is told of it", async () => {
  const hand = await handBot({ chat: (one) => one.say("x".repeat(70)), typing: 100 });
  hand.offerChat("chat1");
  await hand.pass(6980);
  expect(hand.answers("chat1")).toEqual([]);
  await hand.pass(40);
  expect(hand.answers("chat1")).toHaveLength(1);
  expect(hand.operations().slice(2)).toEqual([
    "SendNotification chat1",
    "SendNotification chat1",
    "Send chat1",
  ]);
});

test("a typing notice that is refused keeps nothing from being said", async () => {
  const hand = await handBot({ chat: (one) => one.say("Hello"), typing: 100 });
  hand.serve("SendNotification", "refuse");
  hand.offerChat("chat1");
  await hand.pass(1000);
  expect(hand.answers("chat1")).toEqual(["Hello"]);
  expect(hand.bot.summary()).toMatchObject({ notDone: 1, failed: 0 });
});

test("rules answer line by line until the customer leaves", async () => {
  let ending = "";
  const hand = await inChat(async (one) => {
    ending = await one.answer([
      [/refund/i, "It is on its way."],
      ["order", async ({ text }) => `Which order? ${text.length}`],
      [/silence/, () => undefined],
    ]);
  });
  for (const text of ["Refund!", "silence", "My ORDER", "Nothing for this"]) hand.says("chat1", text);
  await hand.pass();
  hand.leaves("chat1");
  await hand.pass();
  expect(hand.answers("chat1")).toEqual(["It is on its way.", "Which order? 8"]);
  expect(ending).toBe("customer-left");
});

test("a function answers too, and silence until the deadline is an ending, not a failure", async () => {
  let ending = "";
  const hand = await inChat(async (one) => {
    ending = await one.within(5000).answer(({ text }) => `You said ${text.length} letters.`);
  });
  hand.says("chat1", "Hey");
  await hand.pass(4900);
  expect(ending).toBe("");
  await hand.pass(200);
  expect(ending).toBe("silent");
  expect(hand.answers("chat1")).toEqual(["You said 3 letters."]);
});

test("answers may end as soon as the bot begins to stop, so that the script says goodbye", async () => {
  let ending = "";
  const hand = await inChat(async (one) => {
    ending = await one.answer([[/./, "Yes."]], { untilStopping: true });
    await one.say("I have to leave. Goodbye!");
  });
  hand.says("chat1", "Hey");
  await hand.pass(1000);
  expect(ending).toBe("");
  void hand.bot.stop();
  await hand.pass();
  expect(ending).toBe("stopping");
  expect(hand.answers("chat1")).toEqual(["Yes.", "I have to leave. Goodbye!"]);
});

test("otherwise the customer is answered while the bot stops", async () => {
  const hand = await inChat(async (one) => void (await one.answer([[/./, "Yes."]])));
  void hand.bot.stop();
  await hand.pass();
  hand.says("chat1", "Hey");
  await hand.pass();
  expect(hand.answers("chat1")).toEqual(["Yes."]);
});

test("a customer who has left needs no goodbye of a bot that stops", async () => {
  let ending = "";
  const hand = await inChat(async (one) => {
    await one.pause(1000);
    ending = await one.answer([], { untilStopping: true });
  });
  hand.leaves("chat1");
  void hand.bot.stop();
  await hand.pass(1000);
  expect(ending).toBe("customer-left");
});

test("when the customer has left, a wait for what he says fails at once, and the chat is not left lying", async () => {
  const hand = await inChat(async (one) => void (await one.customerSays()));
  hand.leaves("chat1");
  await hand.pass();
  expect(hand.told("work-ended")).toMatchObject([{ ending: "customer-left", step: "customerSays()" }]);
  expect(hand.bot.summary().failed).toBe(0);
  expect(hand.operations().slice(2)).toEqual(["LeaveChat chat1"]);
});

test("what the customer said before leaving is still heard", async () => {
  const heard: string[] = [];
  const hand = await inChat(async (one) => {
    await one.pause(1000);
    heard.push((await one.customerSays(/bye/)).text);
    await one.customerLeaves();
    heard.push("left");
  });
  hand.says("chat1", "bye");
  hand.leaves("chat1");
  await hand.pass(1000);
  expect(heard).toEqual(["bye", "left"]);
});

test("a chat that is over by leaving is complete, and one that is not is completed", async () => {
  const finish = async (one: Chat) => {
    await one.leave();
    await one.complete();
  };
  const over = await inChat(finish);
  expect(over.operations().slice(2)).toEqual(["LeaveChat chat1"]);
  const hand = await handBot({ chat: finish });
  hand.serve("LeaveChat", "ignore");
  hand.offerChat("chat1");
  await hand.pass();
  hand.notify({ ...chat("chat1", "LeftChat"), capabilities: ["StopProcessing"] });
  await hand.asked.at(-1)!.answer({ kind: "acknowledged" });
  await hand.pass();
  expect(hand.operations().slice(2)).toEqual(["LeaveChat chat1", "StopProcessing chat1"]);
  expect(hand.told("work-ended")).toMatchObject([{ ending: "finished", state: "Completed" }]);
});

test("a chat that ends in the middle ends its work without a failure", async () => {
  const hand = await inChat(async (one) => void (await one.customerSays(/refund/)));
  hand.notify(chat("chat1", "Revoked"));
  await hand.pass();
  expect(hand.told("work-ended")).toMatchObject([{ id: "chat1", ending: "ended", state: "Revoked" }]);
  expect(hand.bot.summary()).toMatchObject({ handled: 1, failed: 0 });
});

test("an operation that is overtaken by the end of its chat is no failure either", async () => {
  const hand = await handBot({ chat: (one) => one.say("Hello"), typing: 0 }, {}, { Send: "ignore" });
  hand.offerChat("chat1");
  await hand.pass();
  hand.notify(chat("chat1", "Revoked"));
  await hand.pass();
  expect(hand.told("settled").at(-1)).toMatchObject({ operation: "Send", outcome: "Revoked" });
  expect(hand.told("work-ended")).toMatchObject([{ ending: "ended" }]);
  expect(hand.bot.summary().failed).toBe(0);
});

test("several chats are talked in side by side, each with what its own customer says", async () => {
  const hand = await handBot({
    typing: 0,
    chat: async (one) => {
      for (;;) await one.say(`${one.id}: ${(await one.customerSays()).text}`);
    },
  });
  for (const id of ["chat1", "chat2"]) hand.offerChat(id);
  await hand.pass();
  hand.says("chat2", "two");
  hand.says("chat1", "one");
  await hand.pass();
  expect([hand.answers("chat1"), hand.answers("chat2")]).toEqual([["chat1: one"], ["chat2: two"]]);
});
