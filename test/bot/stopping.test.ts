import { expect, test } from "vitest";
import { runBot, type Chat } from "../../src/bot/index.ts";
import { chat, email } from "../desk/hand-desk.ts";
import { handBot } from "./hand-bot.ts";

/** Lets a bot stop while time passes. */
async function stopped(hand: Awaited<ReturnType<typeof handBot>>, within = 10_000) {
  let summary: Awaited<typeof hand.bot.finished> | undefined;
  void hand.bot.finished.then((result) => {
    summary = result;
  });
  for (let passed = 0; summary === undefined && passed <= within * 3; passed += 100) await hand.pass(100);
  if (summary === undefined) throw new Error("The bot did not stop.");
  return summary;
}

test("a bot that stops goes NotReady with a reason, accepts nothing new, finishes its work, and stops its desk", async () => {
  const hand = await handBot({
    typing: 0,
    chat: async (one) => {
      await one.customerSays(/bye/);
      await one.leave();
    },
  });
  hand.offerChat("chat1");
  await hand.pass();
  void hand.bot.stop({ reason: "Training" });
  await hand.pass();
  hand.offerChat("chat2");
  hand.says("chat1", "bye");
  const summary = await stopped(hand);
  expect(hand.operations()).toEqual(["Ready chat", "Accept chat1", "NotReady chat", "LeaveChat chat1"]);
  expect(hand.asked[2]!.parameters).toEqual({ reason: "Training" });
  expect(summary).toMatchObject({ ending: "stopped", handled: 1, failed: 0, leftOpen: [] });
  expect(hand.desk.connection.state).toBe("Stopped");
  expect(hand.events.at(-1)).toMatchObject({ type: "stopped", summary });
  expect(hand.clock.pending).toBe(0);
});

test("unfinished work is handed back: an email to its queue, a chat to its queue while the customer is present", async () => {
  const hand = await handBot({
    email: (one) => one.pause(100_000),
    chat: async (one) => void (await one.within(100_000).customerSays()),
  });
  hand.offerEmail("email1");
  hand.offerChat("chat1");
  await hand.pass();
  void hand.bot.stop({ within: 5000 });
  await hand.pass(4900);
  expect(hand.eventsOf("work-ended")).toEqual([]);
  const summary = await stopped(hand);
  expect(hand.eventsOf("work-ended").map(({ id, ending, step }) => [id, ending, step])).toEqual([
    ["email1", "stopped", "pause"],
    ["chat1", "stopped", "customerSays()"],
  ]);
  expect(hand.asked.slice(-2).map(({ operation, parameters }) => [operation, parameters])).toEqual([
    ["SingleStepTransfer", { queueName: "Questions" }],
    ["SingleStepTransfer", { queueName: "Talks" }],
  ]);
  expect(hand.eventsOf("handed-back")).toHaveLength(2);
  expect(summary).toMatchObject({ leftOpen: [], failed: 0 });
});

test("a script sets where interactions are handed back to", async () => {
  const hand = await handBot({ email: (one) => one.pause(100_000), handBack: { workbinId: "later" } });
  hand.offerEmail("email1");
  await hand.pass();
  void hand.bot.stop({ within: 100 });
  await stopped(hand);
  expect(hand.operations().at(-1)).toBe("PlaceInWorkbin email1");
  expect(hand.asked.at(-1)!.parameters).toEqual({ workbinId: "later" });
});

test("a chat whose customer has left is left and not transferred", async () => {
  const hand = await handBot({ chat: (one) => one.pause(100_000) });
  hand.offerChat("chat1");
  await hand.pass();
  hand.leaves("chat1");
  void hand.bot.stop({ within: 100 });
  await stopped(hand);
  expect(hand.operations().at(-1)).toBe("LeaveChat chat1");
});

test("a reply that was begun is discarded when its email is handed back", async () => {
  const hand = await handBot({ email: (one) => one.reply({ text: "x".repeat(1000) }), typing: 100 });
  hand.offerEmail("email1");
  await hand.pass();
  void hand.bot.stop({ within: 100 });
  await stopped(hand);
  expect(hand.operations().slice(-2).toSorted()).toEqual([
    "Cancel reply-email1",
    "SingleStepTransfer email1",
  ]);
});

test("what cannot be handed back is left open with an event; an email is never completed unanswered", async () => {
  const hand = await handBot({ email: (one) => one.pause(100_000) });
  hand.offerEmail("email1");
  await hand.pass();
  hand.notify({ ...email("email1", "PropertiesChanged"), capabilities: ["StopProcessing"] });
  void hand.bot.stop({ within: 100 });
  const summary = await stopped(hand);
  expect(summary.leftOpen).toEqual([{ id: "email1", channel: "email", state: "Accepted" }]);
  expect(hand.eventsOf("left-open")).toMatchObject([{ id: "email1", state: "Accepted" }]);
  expect(hand.operations()).not.toContain("StopProcessing email1");
});

test("LeaveOpen leaves all interactions as they are", async () => {
  const hand = await handBot({ email: (one) => one.pause(100_000), handBack: "LeaveOpen" });
  hand.offerEmail("email1");
  await hand.pass();
  void hand.bot.stop({ within: 100 });
  expect((await stopped(hand)).leftOpen).toHaveLength(1);
});

test("an interaction that a script left unfinished stays until the bot stops", async () => {
  const hand = await handBot({ email: () => {} });
  hand.offerEmail("email1");
  await hand.pass(60_000);
  expect(hand.desk.interaction("email1")).toMatchObject({ state: "Accepted" });
  void hand.bot.stop();
  await stopped(hand);
  expect(hand.operations().at(-1)).toBe("SingleStepTransfer email1");
});

test("a second call of stop stops the bot immediately", async () => {
  const hand = await handBot({ chat: (one) => one.pause(100_000) });
  hand.offerChat("chat1");
  await hand.pass();
  const first = hand.bot.stop();
  await hand.pass();
  const second = hand.bot.stop();
  await hand.pass();
  expect(await first).toBe(await second);
  expect(await second).toBe(await hand.bot.finished);
  expect((await second).leftOpen).toHaveLength(1);
  expect(hand.clock.pending).toBe(0);
});

test("a bot that is stopped before it is Live stops without work", async () => {
  const hand = await handBot({ chat: () => {} });
  void hand.bot.stop();
  void hand.bot.stop();
  await hand.bot.finished;
  const bot = runBot({ chat: () => {} }, { desk: hand.desk, clock: hand.clock });
  const summary = await bot.stop();
  expect(summary).toMatchObject({ ending: "stopped", failed: 0, operations: 0 });
  expect(hand.clock.pending).toBe(0);
});

test("a bot that loses its link while it stops does not wait forever", async () => {
  const hand = await handBot({ chat: (one) => one.pause(100_000) });
  hand.offerChat("chat1");
  await hand.pass();
  hand.loseLink();
  void hand.bot.stop({ within: 2000 });
  await hand.pass(3900);
  expect(hand.eventsOf("stopped")).toEqual([]);
  await hand.pass(200);
  expect(hand.eventsOf("stopped")).toMatchObject([{ summary: { leftOpen: [{ id: "chat1" }] } }]);
});

test("a script that was stopped performs nothing more, even if it goes on", async () => {
  const codes: unknown[] = [];
  const hand = await handBot({
    typing: 0,
    handBack: "LeaveOpen",
    chat: async (one) => {
      const addCode = (error: { code: string }) => codes.push(error.code);
      await one.customerSays().catch(addCode);
      await one.actions.Send({ text: "Still here" }).catch(addCode);
      await one.pause(1).catch(addCode);
      codes.push((await one.try.Send({ text: "Still here" })).outcome);
    },
  });
  hand.offerChat("chat1");
  await hand.pass();
  void hand.bot.stop({ within: 100 });
  await stopped(hand);
  expect(codes).toEqual(["stopped", "stopped", "stopped", "Stopped"]);
  expect(hand.operations()).toEqual(["Ready chat", "Accept chat1", "NotReady chat"]);
});

test("an offer that is accepted while the bot stops is worked on", async () => {
  const hand = await handBot({ chat: (one) => one.leave(), typing: 0 });
  hand.serve("Accept", "ignore");
  hand.offerChat("chat1");
  await hand.pass();
  void hand.bot.stop();
  await hand.pass(1000);
  await hand.asked[1]!.answer({ kind: "acknowledged" });
  hand.notify(chat("chat1", "Accepted"));
  expect((await stopped(hand)).handled).toBe(1);
  expect(hand.operations()).toContain("LeaveChat chat1");
});

test("a script may stop its bot, and isStopping is then true", async () => {
  const seen: boolean[] = [];
  const hand = await handBot({
    typing: 0,
    chat: async (one, agent) => {
      seen.push(agent.isStopping);
      agent.stop();
      seen.push(agent.isStopping);
      await one.send("Goodbye");
      await one.leave();
    },
  });
  hand.offerChat("chat1");
  await hand.pass();
  const summary = await stopped(hand);
  expect([seen, summary.ending, hand.answers("chat1")]).toEqual([[false, true], "stopped", ["Goodbye"]]);
});

test("a bot stops after its time, after its number of interactions, or when its function returns true", async () => {
  const leave = (one: Chat) => one.leave();
  const byTime = await handBot({ chat: leave, until: { elapsed: 2000 } });
  await byTime.pass(2100);
  expect(byTime.eventsOf("stopped")).toMatchObject([{ summary: { ending: "until" } }]);
  const byCount = await handBot({ chat: leave, until: { handled: 2 } });
  const byFunction = await handBot({ chat: leave, until: ({ tally }) => tally.accepted === 2 });
  for (const hand of [byCount, byFunction]) {
    hand.offerChat("chat1");
    await hand.pass(100);
    expect(hand.eventsOf("stopping")).toEqual([]);
    hand.offerChat("chat2");
    expect((await stopped(hand)).ending).toBe("until");
  }
});

test("a stop condition that throws ends the bot and is reported", async () => {
  const hand = await handBot({
    chat: () => {},
    until: ({ tally }) => {
      if (tally.offered > 0) throw new Error("no");
      return false;
    },
  });
  hand.offerChat("chat1");
  const summary = await stopped(hand);
  expect(summary).toMatchObject({ ending: "failed", failures: [{ part: "until", code: "threw" }] });
});

test("an invalid time to stop within is refused, and the bot goes on", async () => {
  const hand = await handBot({ chat: (one) => one.pause(100_000) });
  for (const within of [3_000_000_000, -1, Number.NaN, "1" as unknown as number]) {
    await expect(hand.bot.stop({ within })).rejects.toMatchObject({
      code: "invalid-options",
      message: expect.stringContaining(
        '"within" of stop must be milliseconds from 0 to 2147483647, or Infinity, but it is ',
      ) as unknown,
    });
  }
  expect(hand.eventsOf("stopping")).toEqual([]);
  void hand.bot.stop({ within: 0 });
  expect((await stopped(hand)).ending).toBe("stopped");
});

test("a bot may be given any time to finish its work", async () => {
  const hand = await handBot({ chat: (one) => one.pause(100_000) });
  hand.offerChat("chat1");
  await hand.pass();
  void hand.bot.stop({ within: Infinity });
  await hand.pass(99_900);
  expect(hand.eventsOf("work-ended")).toEqual([]);
  await hand.pass(200);
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "finished" }]);
});
