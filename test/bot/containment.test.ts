import { expect, test } from "vitest";
import { runBot, type Chat } from "../../src/bot/index.ts";
import { chat } from "../desk/hand-desk.ts";
import { handBot } from "./hand-bot.ts";

/** A bot whose script does something bad in chat1 and talks in every other chat. */
async function withBadChat(bad: (one: Chat) => unknown) {
  const hand = await handBot({
    typing: 0,
    deadline: 5000,
    chat: async (one) => {
      if (one.id === "chat1") await bad(one);
      else await one.send("Hello");
    },
  });
  hand.offerChat("chat1");
  await hand.pass();
  return hand;
}

/** That the bot goes on. */
async function expectToGoOn(hand: Awaited<ReturnType<typeof handBot>>) {
  hand.offerChat("chat2");
  await hand.pass();
  expect(hand.answers("chat2")).toEqual(["Hello"]);
}

test("a script that throws is reported with the interaction and its last call, which is handed back; other work goes on", async () => {
  const hand = await withBadChat(async (one) => {
    await one.send("Hello");
    throw new TypeError("Unexpected token in what the customer wrote: 1234");
  });
  expect(hand.eventsOf("failed")).toMatchObject([
    {
      part: "chat",
      id: "chat1",
      step: "send",
      code: "threw",
      message: "The script of chat chat1 threw TypeError; its last call was send.",
      error: expect.any(TypeError) as unknown,
    },
  ]);
  expect(hand.eventsOf("work-ended")).toMatchObject([{ id: "chat1", ending: "failed", step: "send" }]);
  expect(hand.eventsOf("handed-back")).toMatchObject([{ id: "chat1", operation: "SingleStepTransfer" }]);
  expect(hand.desk.interaction("chat1")).toMatchObject({ isEnded: true });
  await expectToGoOn(hand);
});

test("a script that throws before its first call, or throws something that is no error, is contained", async () => {
  const { eventsOf } = await withBadChat(() => {
    throw "no error at all" as unknown as Error;
  });
  expect(eventsOf("failed")).toMatchObject([
    { step: "none", message: "The script of chat chat1 threw text; its last call was none." },
  ]);
});

test("a call that is not awaited does not end the process when it fails", async () => {
  const hand = await withBadChat((one) => {
    void one.within(100).customerSays();
    void one.actions.Send({ text: "" });
    return one.pause(1000);
  });
  await hand.pass(2000);
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "finished" }]);
  await expectToGoOn(hand);
});

test("a script that does not return is abandoned one deadline after the interaction has ended", async () => {
  const hand = await withBadChat(async (one) => {
    await one.send("Hello");
    await new Promise(() => {});
  });
  await hand.pass(60_000);
  expect(hand.eventsOf("failed")).toEqual([]);
  hand.notify(chat("chat1", "Completed"));
  await hand.pass(4900);
  expect(hand.eventsOf("failed")).toEqual([]);
  await hand.pass(200);
  expect(hand.eventsOf("failed")).toMatchObject([
    {
      id: "chat1",
      step: "send",
      code: "stuck",
      message:
        "The script of chat chat1 did not come back within 5000 ms of the end; its last call was send. It was left behind.",
    },
  ]);
  await expectToGoOn(hand);
});

test("a script that still waits as the agent after its chat has ended is not abandoned", async () => {
  const hand = await handBot({
    deadline: 1000,
    chat: async (one, agent) => {
      await one.leave();
      await agent.pause(5000);
    },
  });
  hand.offerChat("chat1");
  await hand.pass(4000);
  expect(hand.eventsOf("work-ended")).toEqual([]);
  await hand.pass(1100);
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "finished" }]);
});

test("a script that loops and ignores that its chat has ended is stopped as a runaway", async () => {
  const hand = await withBadChat(async (one) => {
    for (;;) await one.customerSays().catch(() => {});
  });
  hand.notify(chat("chat1", "Revoked"));
  await hand.pass();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await hand.pass();
  expect(hand.eventsOf("failed")).toMatchObject([{ id: "chat1", step: "customerSays()", code: "runaway" }]);
  await expectToGoOn(hand);
});

test("a script that loops over a condition that holds already is stopped as a runaway", async () => {
  const hand = await withBadChat(async (one) => {
    for (;;) await one.waitUntil("nothing", () => true);
  });
  await new Promise((resolve) => setTimeout(resolve, 0));
  await hand.pass();
  expect(hand.eventsOf("failed")).toMatchObject([
    { id: "chat1", step: "waitUntil(nothing)", code: "runaway" },
  ]);
  await expectToGoOn(hand);
});

test("an operation resets the count of calls without a wait", async () => {
  const hand = await handBot({
    chat: async (one) => {
      for (let round = 0; round < 2; round++) {
        for (let calls = 0; calls < 5_100; calls++) await one.waitUntil("nothing", () => true);
        await one.actions.Send({ text: "Still here" });
      }
    },
  });
  hand.offerChat("chat1");
  while (hand.eventsOf("work-ended").length === 0) await hand.pass();
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "finished" }]);
});

test("a rule that never decides is reported when the bot stops, and does not delay it", async () => {
  const hand = await handBot({ channels: ["chat"], deadline: 1000, offered: () => new Promise(() => {}) });
  hand.offerChat("chat1");
  await hand.pass();
  void hand.bot.stop();
  await hand.pass(1100);
  expect(hand.eventsOf("failed")).toMatchObject([{ part: "offered", id: "chat1", code: "stuck" }]);
  expect(hand.eventsOf("stopped")).toHaveLength(1);
});

test("a rule that is waiting when the desk is stopped has not failed", async () => {
  const hand = await handBot({
    channels: ["chat"],
    offered: async (offer) => {
      await offer.pause(3000);
      return "Accept";
    },
  });
  hand.offerChat("chat1");
  await hand.pass();
  await hand.desk.stop();
  expect(await hand.bot.finished).toMatchObject({ ending: "desk-stopped", failures: [] });
});

test("an interaction that the script failed on is not accepted again by the same bot", async () => {
  const hand = await withBadChat(() => {
    throw new Error("always");
  });
  hand.list.interactions = [chat("chat1", "Invited")];
  hand.notify(chat("chat1", "Invited"));
  await hand.pass(2000);
  expect(hand.desk.interaction("chat1")).toMatchObject({ state: "Invited" });
  expect(hand.operations().filter((one) => one === "Accept chat1")).toHaveLength(1);
  expect(hand.bot.summary()).toMatchObject({ offered: 2, accepted: 1 });
});

test("an observer that throws changes nothing and is counted", async () => {
  const hand = await handBot(
    { chat: (one) => one.send("Hello"), typing: 0 },
    {
      onEvent: ({ type }) => {
        if (type === "offered") throw new Error("in the observer");
        if (type === "accepted") return Promise.reject(new Error("later"));
        return undefined;
      },
    },
  );
  hand.offerChat("chat1");
  await hand.pass();
  expect(hand.answers("chat1")).toEqual(["Hello"]);
  expect(hand.bot.summary().failures).toMatchObject([{ part: "onEvent" }, { part: "onEvent" }]);
});

test("a desk that cannot be started ends the bot with the error of the desk", async () => {
  const hand = await handBot({ chat: () => {} });
  void hand.bot.stop();
  void hand.bot.stop();
  await hand.bot.finished;
  const bot = runBot({ chat: () => {} }, { desk: hand.desk, clock: hand.clock });
  hand.sink().onStopped("authentication-failed");
  const summary = await bot.finished;
  expect(summary).toMatchObject({ ending: "not-started", failures: [{ part: "start", code: "threw" }] });
  expect(summary.failures[0]!.message).toContain("The server refused the credentials");
});

test("a desk that is stopped by another caller ends the bot", async () => {
  const hand = await handBot({ chat: async (one) => void (await one.customerSays()) });
  hand.offerChat("chat1");
  await hand.pass();
  await hand.desk.stop();
  const summary = await hand.bot.finished;
  expect(summary).toMatchObject({ ending: "desk-stopped", failed: 0, leftOpen: [{ id: "chat1" }] });
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "stopped", step: "customerSays()" }]);
});
