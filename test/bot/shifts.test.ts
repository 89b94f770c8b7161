import { expect, test } from "vitest";
import type { BotError } from "../../src/bot/index.ts";
import { handBot } from "./hand-bot.ts";

/** A notification of a channel's readiness that the bot did not ask for. */
function eventsOf(channel: string, state: string): object {
  return { channel: "/v2/me/channels", data: { channels: [{ channel, userState: { state } }] } };
}

test("without a shift a bot is Ready on all its channels until it is stopped", async () => {
  const hand = await handBot({ email: () => {}, chat: () => {} });
  await hand.pass(60_000);
  expect(hand.operations()).toEqual(["Ready email", "Ready chat"]);
  expect(hand.eventsOf("readiness")).toMatchObject([
    { channel: "email", state: "Ready" },
    { channel: "chat", state: "Ready" },
  ]);
});

test("a shift goes Ready, takes breaks with reasons, and stops the bot at its end", async () => {
  const hand = await handBot({
    channels: ["chat"],
    shift: async (agent) => {
      await agent.ready();
      await agent.pause(1000);
      await agent.takeBreak("OutToLunch", 500);
      await agent.pause(1000);
      await agent.notReady({ reason: "Training" });
    },
  });
  await hand.pass(1200);
  expect(hand.desk.channel("chat")).toMatchObject({ state: "NotReady", reason: "OutToLunch" });
  await hand.pass(2000);
  expect(hand.asked.map(({ operation, parameters }) => [operation, parameters["reason"]])).toEqual([
    ["Ready", undefined],
    ["NotReady", "OutToLunch"],
    ["Ready", undefined],
    ["NotReady", "Training"],
  ]);
  expect(hand.eventsOf("stopped")).toMatchObject([{ summary: { ending: "shift-over", failed: 0 } }]);
});

test("a shift may be Ready on some channels only", async () => {
  const hand = await handBot({
    channels: ["email", "chat"],
    shift: async (agent) => {
      await agent.ready("email");
      await agent.pause(100);
      await agent.ready();
      await agent.pause(100);
      await agent.notReady({ channels: ["email"] });
      await agent.pause(100_000);
    },
  });
  await hand.pass(1000);
  expect(hand.operations()).toEqual(["Ready email", "Ready chat", "NotReady email"]);
});

test("after a break the agent is Ready again on the channels that were Ready before", async () => {
  const hand = await handBot({
    channels: ["email", "chat"],
    shift: async (agent) => {
      await agent.takeBreak("Early", 100);
      await agent.ready("chat");
      await agent.takeBreak("OutToLunch", 100);
      await agent.pause(100_000);
    },
  });
  await hand.pass(1000);
  expect(hand.asked.map(({ operation, parameters }) => [operation, parameters["reason"]])).toEqual([
    ["NotReady", "Early"],
    ["NotReady", "Early"],
    ["Ready", undefined],
    ["NotReady", "OutToLunch"],
    ["NotReady", "OutToLunch"],
    ["Ready", undefined],
  ]);
  expect([hand.desk.channel("email").state, hand.desk.channel("chat").state]).toEqual(["NotReady", "Ready"]);
});

test("a channel that the server forgot to be Ready is made Ready again when the connection is back", async () => {
  const hand = await handBot({ channels: ["chat"] });
  hand.loseLink();
  hand.list.channels = [{ channel: "chat", userState: { state: "NotReady" } }];
  await hand.pass(1000);
  await hand.regainLink();
  await hand.pass();
  expect(hand.operations()).toEqual(["Ready chat", "Ready chat"]);
});

test("a channel on which the agent has a break stays NotReady when the connection is back", async () => {
  const hand = await handBot({
    channels: ["chat"],
    shift: async (agent) => {
      await agent.ready();
      await agent.takeBreak("Break", 60_000);
    },
  });
  hand.list.channels = [{ channel: "chat", userState: { state: "NotReady" } }];
  hand.loseLink();
  await hand.pass(1000);
  await hand.regainLink();
  await hand.pass(1000);
  expect(hand.operations()).toEqual(["Ready chat", "NotReady chat"]);
});

test("a second request for Ready is no failure", async () => {
  const hand = await handBot({
    channels: ["chat"],
    shift: async (agent) => {
      await Promise.all([agent.ready(), agent.ready()]);
      await agent.ready();
      await agent.pause(100_000);
    },
  });
  await hand.pass(100);
  expect(hand.operations()).toEqual(["Ready chat"]);
  expect(hand.bot.summary().failed).toBe(0);
});

test("a Ready that is replaced by a later NotReady fails as Superseded", async () => {
  const errors: unknown[] = [];
  const hand = await handBot(
    {
      channels: ["chat"],
      shift: async (agent) => {
        const ready = agent.ready().catch((error: unknown) => errors.push(error));
        await agent.pause(10);
        await agent.notReady();
        await ready;
      },
    },
    {},
    { Ready: "ignore" },
  );
  await hand.pass(100);
  expect(errors).toMatchObject([{ code: "not-done", outcome: { outcome: "Superseded" } }]);
});

test("a bot without a shift retries Ready when it is unknown whether it was done", async () => {
  const hand = await handBot({ channels: ["chat"] }, {}, { Ready: "ignore" });
  await hand.pass(14_000);
  expect(hand.operations()).toEqual(["Ready chat"]);
  hand.serve("Ready", "do");
  await hand.pass(3000);
  expect(hand.operations()).toEqual(["Ready chat", "Ready chat"]);
  expect(hand.desk.channel("chat").state).toBe("Ready");
});

test("a bot without a shift that is refused Ready ends with a failure", async () => {
  const hand = await handBot({ channels: ["chat"] }, {}, { Ready: "refuse" });
  await hand.pass(1000);
  expect(hand.eventsOf("stopped")).toMatchObject([{ summary: { ending: "failed" } }]);
  expect(hand.eventsOf("failed")).toMatchObject([{ part: "shift", code: "not-done" }]);
});

test("a shift that throws is reported, and the bot ends its work in order", async () => {
  const hand = await handBot({
    channels: ["chat"],
    shift: async (agent) => {
      await agent.ready();
      throw new Error("no more");
    },
  });
  await hand.pass(1000);
  expect(hand.eventsOf("failed")).toMatchObject([{ part: "shift", step: "ready", code: "threw" }]);
  expect(hand.operations()).toEqual(["Ready chat", "NotReady chat"]);
  expect(hand.eventsOf("stopped")).toMatchObject([{ summary: { ending: "failed" } }]);
});

test("a readiness that is refused fails the shift with its outcome", async () => {
  let error: BotError | undefined;
  const hand = await handBot({
    channels: ["chat"],
    shift: async (agent) => {
      await agent.pause(100);
      await agent.ready().catch((reason: BotError) => {
        error = reason;
      });
    },
  });
  hand.serve("Ready", "refuse");
  await hand.pass(1000);
  expect(error?.message).toBe("Ready on the shift of ana was not done: Refused (4).");
});

test("the error of a wait of a shift has the readiness of the agent", async () => {
  let error: BotError | undefined;
  const hand = await handBot({
    channels: ["chat"],
    shift: async (agent) => {
      await agent.ready();
      await agent
        .within(3000)
        .waitUntil("work", (desk) => desk.interactions.getSnapshot().length > 0)
        .catch((reason: BotError) => {
          error = reason;
        });
    },
  });
  hand.deliver(eventsOf("chat", "NotReady"));
  await hand.pass(3000);
  expect(error?.message).toBe(
    "Waited 3000 ms for work on the shift of ana; instead: nothing; now: chat NotReady, connection Live.",
  );
});

test("a shift that does not return when the bot stops is reported, and does not delay it", async () => {
  const hand = await handBot({ channels: ["chat"], shift: () => new Promise(() => {}) });
  void hand.bot.stop({ within: 100 });
  await hand.pass(300);
  expect(hand.eventsOf("failed")).toMatchObject([
    {
      part: "shift",
      code: "stuck",
      message:
        "The script of the shift of ana did not come back when the bot was stopped; its last call was none. It was left behind.",
    },
  ]);
  expect(hand.eventsOf("stopped")).toHaveLength(1);
});

test("the waits of a shift fail as soon as the bot stops", async () => {
  const hand = await handBot({ channels: ["chat"], shift: (agent) => agent.pause(100_000) });
  void hand.bot.stop();
  await hand.pass(100);
  expect(hand.eventsOf("stopped")).toMatchObject([{ summary: { failed: 0, ending: "stopped" } }]);
});

test("a shift that returns when the server stops the desk is not reported", async () => {
  const hand = await handBot({ channels: ["chat"], shift: (agent) => agent.pause(100_000) });
  await hand.desk.stop();
  await hand.pass(100);
  expect(hand.eventsOf("stopped")).toMatchObject([{ summary: { failed: 0, ending: "desk-stopped" } }]);
});

test("a wait for the bot to stop ends immediately", async () => {
  const seen: string[] = [];
  const hand = await handBot({
    channels: ["chat"],
    typing: 0,
    chat: async (one, agent) => {
      await one.waitUntil("the end of the work", () => agent.isStopping);
      seen.push("chat");
    },
  });
  hand.offerChat("chat1");
  await hand.pass();
  hand.serve("NotReady", "ignore");
  void hand.bot.stop();
  await hand.pass();
  expect(seen).toEqual(["chat"]);
});
