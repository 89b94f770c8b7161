import { expect, test } from "vitest";
import type { Chat, CustomerLine } from "../../src/bot/index.ts";
import { chat, joined, said, transcript } from "../desk/hand-desk.ts";
import { handBot } from "./hand-bot.ts";

/** Starts a bot in one chat, with the handler of the test. */
async function inChat(work: (one: Chat) => Promise<void>, text?: string) {
  const hand = await handBot({ chat: work, typing: 0 });
  hand.offerChat("chat1");
  if (text !== undefined) hand.says("chat1", text);
  await hand.pass();
  return hand;
}

test("a script waits for a line of the customer", async () => {
  const lines: string[] = [];
  const hand = await inChat(async (one) => {
    lines.push((await one.customerSays(/refund/)).text);
    lines.push((await one.customerSays("TODAY")).text);
    lines.push((await one.customerSays(({ text }) => text.length === 3)).text);
    lines.push((await one.customerSays()).text);
  });
  for (const text of ["Hello", "A refund, please", "Is it today?", "Hm", "Yes", "Anything"]) {
    hand.says("chat1", text);
    await hand.pass();
  }
  expect(lines).toEqual(["A refund, please", "Is it today?", "Yes", "Anything"]);
});

test("a wait also gets a line from before the chat was accepted", async () => {
  let line: CustomerLine | undefined;
  await inChat(async (one) => {
    line = await one.customerSays(/puncture/);
  }, "A puncture again");
  expect(line).toMatchObject({ text: "A puncture again", userId: "c" });
});

test("no line is matched twice, and lines before a match are skipped", async () => {
  const lines: string[] = [];
  const hand = await inChat(async (one) => {
    lines.push((await one.customerSays(/two/)).text);
    const error: unknown = await one
      .within(1000)
      .customerSays(/one|two/)
      .catch((reason: unknown) => reason);
    lines.push((error as { code: string }).code);
  });
  for (const text of ["one", "two"]) hand.says("chat1", text);
  await hand.pass(2000);
  expect(lines).toEqual(["two", "deadline"]);
});

test("a wait that fails takes no line: the next one gets the lines that came meanwhile", async () => {
  let lines = "";
  const hand = await inChat(async (one) => {
    await one
      .within(1000)
      .customerSays(/yes/)
      .catch(() => {});
    lines = (await one.customerSays(/no/)).text;
  });
  await hand.pass(500);
  hand.says("chat1", "no");
  await hand.pass(1000);
  expect(lines).toBe("no");
});

test("a global pattern matches as one without the flag does", async () => {
  const lines: string[] = [];
  const pattern = /a/g;
  const hand = await inChat(async (one) => {
    for (let count = 0; count < 3; count++) lines.push((await one.customerSays(pattern)).text);
  });
  for (const text of ["aa", "a", "xa"]) hand.says("chat1", text);
  await hand.pass();
  expect(lines).toEqual(["aa", "a", "xa"]);
});

test("a line of an agent is not a line of the customer", async () => {
  const lines: string[] = [];
  const hand = await inChat(async (one) => {
    await one.send("Do you want a refund?");
    lines.push((await one.customerSays(/refund/)).text);
  });
  hand.says("chat1", "Yes, a refund");
  await hand.pass();
  expect(lines).toEqual(["Yes, a refund"]);
});

test("a line that fills a gap is taken when it comes, and repeated lines are not taken again", async () => {
  const lines: string[] = [];
  const hand = await inChat(async (one) => {
    for (;;) lines.push((await one.customerSays()).text);
  });
  hand.notify(
    chat("chat1", "PropertiesChanged", transcript(5, ...joined, said(3, "c", "one"), said(5, "c", "three"))),
  );
  await hand.pass();
  hand.notify(chat("chat1", "PropertiesChanged", transcript(5, said(4, "c", "two"), said(3, "c", "one"))));
  await hand.pass();
  expect(lines).toEqual(["one", "three", "two"]);
});

test("a line of a party that joined within a gap is not taken for the customer's", async () => {
  const lines: string[] = [];
  const hand = await handBot({
    chat: async (one) => {
      for (;;) lines.push((await one.customerSays()).text);
    },
  });
  hand.notify(chat("chat1", "Invited"));
  hand.notify(
    chat("chat1", "Accepted", transcript(4, said(3, "a", "I am an agent"), said(4, "c", "I am not"))),
  );
  await hand.pass();
  expect(lines).toEqual([]);
  hand.notify(chat("chat1", "PropertiesChanged", transcript(4, ...joined)));
  await hand.pass();
  expect(lines).toEqual(["I am not"]);
});

test("typing takes time in proportion to the text, and the customer is notified of it", async () => {
  const hand = await handBot({ chat: (one) => one.send("x".repeat(70)), typing: 100 });
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

test("a typing notice that is refused does not prevent the message", async () => {
  const hand = await handBot({ chat: (one) => one.send("Hello"), typing: 100 });
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

test("a function may answer, and silence until the deadline is an ending, not a failure", async () => {
  let ending = "";
  const hand = await inChat(async (one) => {
    ending = await one.within(5000).answer(({ text }) => `You wrote ${text.length} letters.`);
  });
  hand.says("chat1", "Hey");
  await hand.pass(4900);
  expect(ending).toBe("");
  await hand.pass(200);
  expect(ending).toBe("silent");
  expect(hand.answers("chat1")).toEqual(["You wrote 3 letters."]);
});

test("answers may end as soon as the bot begins to stop, so that the script sends a goodbye", async () => {
  let ending = "";
  const hand = await inChat(async (one) => {
    ending = await one.answer([[/./, "Yes."]], { untilStopping: true });
    await one.send("I have to leave. Goodbye!");
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

test("answers end with customer-left, not stopping, when the customer has left", async () => {
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

test("when the customer has left, a wait for a line fails immediately, and the chat is handed back", async () => {
  const hand = await inChat(async (one) => void (await one.customerSays()));
  hand.leaves("chat1");
  await hand.pass();
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "customer-left", step: "customerSays()" }]);
  expect(hand.bot.summary().failed).toBe(0);
  expect(hand.operations().slice(2)).toEqual(["LeaveChat chat1"]);
});

test("a wait still gets the lines from before the customer left", async () => {
  const lines: string[] = [];
  const hand = await inChat(async (one) => {
    await one.pause(1000);
    lines.push((await one.customerSays(/bye/)).text);
    await one.customerLeaves();
    lines.push("left");
  });
  hand.says("chat1", "bye");
  hand.leaves("chat1");
  await hand.pass(1000);
  expect(lines).toEqual(["bye", "left"]);
});

test("a chat that ended by leaving is complete, and one that did not is completed", async () => {
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
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "finished", state: "Completed" }]);
});

test("a chat that ends in the middle ends its work without a failure", async () => {
  const hand = await inChat(async (one) => void (await one.customerSays(/refund/)));
  hand.notify(chat("chat1", "Revoked"));
  await hand.pass();
  expect(hand.eventsOf("work-ended")).toMatchObject([{ id: "chat1", ending: "ended", state: "Revoked" }]);
  expect(hand.bot.summary()).toMatchObject({ handled: 1, failed: 0 });
});

test("an operation that is overtaken by the end of its chat is no failure either", async () => {
  const hand = await handBot({ chat: (one) => one.send("Hello"), typing: 0 }, {}, { Send: "ignore" });
  hand.offerChat("chat1");
  await hand.pass();
  hand.notify(chat("chat1", "Revoked"));
  await hand.pass();
  expect(hand.eventsOf("settled").at(-1)).toMatchObject({ operation: "Send", outcome: "Revoked" });
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "ended" }]);
  expect(hand.bot.summary().failed).toBe(0);
});

test("several chats are worked on concurrently, each with the lines of its own customer", async () => {
  const hand = await handBot({
    typing: 0,
    chat: async (one) => {
      for (;;) await one.send(`${one.id}: ${(await one.customerSays()).text}`);
    },
  });
  for (const id of ["chat1", "chat2"]) hand.offerChat(id);
  await hand.pass();
  hand.says("chat2", "two");
  hand.says("chat1", "one");
  await hand.pass();
  expect([hand.answers("chat1"), hand.answers("chat2")]).toEqual([["chat1: one"], ["chat2: two"]]);
});
