import { describe, expect, onTestFinished, test } from "vitest";
import {
  defineBot,
  runBot,
  type Bot,
  type BotSummary,
  type BotEvent,
  type Script,
} from "../../src/bot/index.ts";
import { gws } from "../../src/links/gws/index.ts";
import type { Simulator, SimulatorOptions } from "../../src/simulator/index.ts";
import { simulate } from "../link/simulate.ts";
import { handClock } from "../simulator/hand-clock.ts";
import { until } from "../link/until.ts";
import { briefPauses } from "./brief-pauses.ts";

interface Team {
  readonly simulator: Simulator;
  readonly bots: readonly Bot[];
  readonly events: BotEvent[];
  /** Stops all of them and gives what became of each. */
  readonly stop: (within?: number) => Promise<readonly BotSummary[]>;
}

/** So many bots at one simulator, Ready. */
async function team(
  size: number,
  scriptOf: (index: number) => Script,
  options: SimulatorOptions = {},
): Promise<Team> {
  const simulator = await simulate({
    agents: size,
    seed: 3,
    comet: { timeout: 10_000, maxInterval: 10_000 },
    ...options,
  });
  const events: BotEvent[] = [];
  const bots = simulator.agents.map((credentials, index) =>
    runBot(scriptOf(index), {
      name: credentials.user,
      clock: briefPauses,
      link: gws({ url: simulator.url, credentials, handshakeSpread: 50 }),
      onEvent: (event) => events.push(event),
    }),
  );
  const stop = (within = 20_000) => Promise.all(bots.map((bot) => bot.stop({ within })));
  onTestFinished(async () => {
    for (const bot of bots) {
      void bot.stop();
      await bot.stop();
    }
  });
  const isReady = ({ desk }: Bot) => desk.channels.getSnapshot().every(({ state }) => state === "Ready");
  await until("all bots are Ready", () =>
    bots.every((bot) => bot.desk.channels.getSnapshot().length > 0 && isReady(bot)),
  );
  return { simulator, bots, events, stop };
}

const talk = defineBot({
  typing: 0,
  reading: 0,
  chat: async (chat) => {
    await chat.send("Hello");
    const { text } = await chat.customerSays(/refund/);
    await chat.send(`I received ${text.length} letters.`);
    await chat.leave();
    await chat.complete();
  },
  email: async (email) => {
    await email.read();
    await email.reply({ text: "Thank you" });
    await email.complete();
  },
});

/** Sends customers who ask for a refund as soon as they are greeted. */
function sendCustomers({ customers }: Simulator, count: number) {
  return Array.from({ length: count }, () => {
    const chat = customers.chat();
    chat.subscribe(({ text }) => {
      if (text === "Hello") chat.write("A refund");
    });
    return { chat, email: customers.email() };
  });
}

describe("bots at the simulator", { timeout: 30_000 }, () => {
  test("a bot handles chats and emails and stops with nothing left open", async () => {
    const { simulator, stop, events } = await team(1, () => talk);
    const customers = sendCustomers(simulator, 3);
    await until("all is done", () =>
      customers.every(({ chat, email }) => chat.state === "Ended" && email.state === "Ended"),
    );
    const [summary] = await stop();
    expect(summary).toMatchObject({
      offered: 6,
      accepted: 6,
      handled: 6,
      notDone: 0,
      failed: 0,
      leftOpen: [],
    });
    expect(customers.every(({ email }) => email.replies[0]?.text === "Thank you")).toBe(true);
    expect(simulator.snapshot("agent1")).toMatchObject({
      channels: { email: { state: "NotReady" }, chat: { state: "NotReady" } },
      interactions: [],
    });
    expect(events.filter(({ type }) => type === "echoed")).toHaveLength(6);
  });

  test("bots share the work of one server; a script that throws and one that ignores offers do not affect the others", async () => {
    const offerTimeout = 500;
    const clock = handClock();
    const { simulator, stop } = await team(
      6,
      (index) => {
        if (index === 0)
          return {
            ...talk,
            chat: () => {
              throw new Error("bad");
            },
            email: () => {
              throw new Error("bad");
            },
          };
        return index === 1 ? { ...talk, offered: "Ignore" } : talk;
      },
      { offerTimeout, clock },
    );
    const customers = sendCustomers(simulator, 6);
    const isOffered = ({ user }: { user: string }) =>
      simulator.snapshot(user).interactions.some(({ state }) => state === "Invited");
    await until(
      "every customer is served",
      () => {
        // No offer runs out that a bot may still answer, however slow this machine is.
        if (!simulator.agents.some((agent, index) => index !== 1 && isOffered(agent)))
          clock.advance(offerTimeout);
        return customers.every(({ chat, email }) => chat.state === "Ended" && email.replies.length === 1);
      },
      20_000,
    );
    const [bad, lazy, ...others] = await stop();
    expect(bad!.failures.every(({ message }) => message.includes("threw Error"))).toBe(true);
    expect(lazy).toMatchObject({ accepted: 0, failed: 0 });
    expect(others.every(({ failed, leftOpen }) => failed === 0 && leftOpen.length === 0)).toBe(true);
    expect(others.reduce((sum, { handled }) => sum + handled, 0)).toBeGreaterThanOrEqual(12);
    for (const { user } of simulator.agents) expect(simulator.snapshot(user).interactions).toEqual([]);
  });

  test("bots survive lost answers, cut connections, revokes and a server that is restarted", async () => {
    const { simulator, bots, stop, events } = await team(4, () => ({
      ...talk,
      chat: async (chat) => {
        await chat.within(Infinity).answer(() => "I understand.", { untilStopping: true });
      },
    }));
    const chats = Array.from({ length: 4 }, () => simulator.customers.chat({ text: "One" }));
    const answers = () =>
      chats.map(({ transcript }) => transcript.filter(({ text }) => text === "I understand.").length);
    const write = async (text: string, times: number) => {
      for (const chat of chats) chat.write(text);
      await until(
        `every customer was answered ${times} times`,
        () => answers().every((count) => count >= times),
        15_000,
      );
    };
    await until("every customer was answered once", () => answers().every((count) => count === 1));
    simulator.faults.loseAnswer({ operationName: "SendMessage", times: 2 });
    await write("Two", 2);
    simulator.faults.dropConnections();
    await write("Three", 3);
    await simulator.restart({ downFor: 100 });
    await write("Four", 4);
    expect(answers()).toEqual([4, 4, 4, 4]);
    const revoked = chats[0]!;
    simulator.revoke(revoked.id);
    await until("the bot lets go", () =>
      events.some((one) => one.type === "work-ended" && one.id === revoked.id),
    );
    expect(bots.every((bot) => bot.summary().reconnects >= 1 && bot.summary().failed === 0)).toBe(true);
    const summaries = await stop();
    expect(summaries.every(({ leftOpen }) => leftOpen.length === 0)).toBe(true);
  });

  test("credentials that the server refuses end only their bot", async () => {
    const simulator = await simulate({ agents: 2 });
    const [ana, ben] = simulator.agents;
    const good = runBot(talk, { name: "ana", link: gws({ url: simulator.url, credentials: ana! }) });
    const credentials = { user: ben!.user, password: "other-password" };
    const bad = runBot(talk, { name: "ben", link: gws({ url: simulator.url, credentials }) });
    const summary = await bad.finished;
    expect(summary).toMatchObject({ ending: "not-started", failures: [{ part: "start" }] });
    expect(JSON.stringify(summary)).not.toContain("other-password");
    await until("the other one is Live", () => good.desk.connection.state === "Live");
    expect((await good.stop()).failed).toBe(0);
  });
});
