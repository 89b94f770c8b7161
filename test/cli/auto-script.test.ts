import { describe, expect, onTestFinished, test } from "vitest";
import { runBot, type Bot } from "../../src/bot/index.ts";
import { autoScript } from "../../src/cli/auto-script.ts";
import { followBot, together } from "../../src/cli/reporter.ts";
import { pause, until, untilSeen } from "../../src/cli/wait.ts";
import { createDesk, type Desk } from "../../src/index.ts";
import { gws } from "../../src/links/gws/index.ts";
import { createSimulator, type Simulator } from "../../src/simulator/index.ts";

interface AtWork {
  readonly simulator: Simulator;
  readonly desk: Desk;
  readonly bot: Bot;
  /** Each operation that was settled, with its outcome and what the server said to it. */
  readonly outcomes: string[];
  /** What the script failed at, by the channel of the interaction. */
  readonly failures: string[];
}

async function simulated(): Promise<Simulator> {
  const simulator = createSimulator({ behaviour: { afterLeaveChat: "LeftChat" } });
  onTestFinished(() => simulator.stop());
  await simulator.start();
  return simulator;
}

function deskAt(simulator: Simulator): Desk {
  const credentials = { user: "agent1", password: "secret-agent1" };
  const link = gws({ url: simulator.url, credentials, handshakeSpread: 0, random: () => 0.2 });
  const desk = createDesk({ link });
  onTestFinished(() => desk.stop());
  return desk;
}

/** Waits until something holds; the test's own time limit is the only one. */
const seen = (holds: () => boolean): Promise<boolean> => untilSeen(holds, new AbortController().signal);

async function atWork({ isReady = true } = {}): Promise<AtWork> {
  const simulator = await simulated();
  const desk = deskAt(simulator);
  const outcomes: string[] = [];
  const failures: string[] = [];
  let asksForReady = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    asksForReady = resolve;
  });
  const reporter = together([
    {
      asked: () => asksForReady(),
      settled: (_, { operation, outcome, message }) =>
        void outcomes.push([`${operation}: ${outcome}`, message].filter(Boolean).join(" ")),
      failed: ({ code }, interaction) => void failures.push(`${interaction?.channel ?? "none"} ${code}`),
    },
  ]);
  const script = autoScript("Ana", ["email", "chat"]);
  const bot = runBot(script, { desk, name: "Ana", onEvent: followBot(desk, reporter) });
  const readyChannels = () => desk.channels.getSnapshot().filter(({ state }) => state === "Ready");
  await (isReady ? seen(() => readyChannels().length === 2) : isAsked);
  return { simulator, desk, bot, outcomes, failures };
}

describe("the bot of desk --auto", { timeout: 20_000 }, () => {
  test("goes on with its chat after the connection was lost in the middle of an answer", async () => {
    const { simulator, desk, outcomes } = await atWork();
    const chat = simulator.customers.chat({ text: "Hello?" });
    const said = (words: string): boolean =>
      chat.transcript.some(({ text }) => text?.includes(words) === true);
    await seen(() => said("How can I help you?"));
    chat.say("It is broken.");
    await seen(() => outcomes.filter((outcome) => outcome === "SendNotification: Done").length === 2);
    // Whoever looks at an interaction as soon as the connection is Live must not keep the agent from waking up.
    desk.connection.subscribe(() => desk.interactions.getSnapshot().forEach(({ actions }) => void actions));
    simulator.faults.refuseConnections(true);
    simulator.faults.dropConnections();
    await until(
      [desk.connection],
      () => desk.connection.state === "Recovering",
      new AbortController().signal,
    );
    await pause(800, new AbortController().signal);
    simulator.faults.refuseConnections(false);
    await seen(() => said("Let me look that up"));
    expect(outcomes.every((outcome) => outcome.endsWith(": Done"))).toBe(true);
  });

  test("answers once what a customer says while it types", async () => {
    const { simulator } = await atWork();
    const chat = simulator.customers.chat({ text: "Hello?" });
    const agentTexts = (): (string | undefined)[] =>
      chat.transcript.flatMap(({ text, userId }) =>
        text === undefined || userId === chat.transcript[0]?.userId ? [] : [text],
      );
    await seen(() => agentTexts().length === 1);
    chat.say("It is broken.");
    chat.say("And wet.");
    await seen(() => agentTexts().length === 2);
    chat.say("Is it not?");
    await seen(() => agentTexts().length === 3);
    expect(agentTexts().slice(1)).toEqual([
      "I see. Let me look that up for you.",
      "Thank you, I have found it.",
    ]);
  });

  test("leaves an email to people when the answer could not be sent, and says why", async () => {
    const { simulator, bot, outcomes, failures } = await atWork();
    simulator.faults.refuse({ statusMessage: "no" }, { operationName: "Send" });
    const email = simulator.customers.email();
    await seen(() => failures.length > 0);
    await bot.stop({ within: 3000 });
    expect(outcomes).toContain("Send: Refused no");
    expect(failures).toEqual(["email not-done"]);
    expect(outcomes).toContain("SingleStepTransfer: Done");
    expect(outcomes).not.toContain("StopProcessing: Done");
    await seen(() => email.state === "Queued");
  });

  test("sends the reply that was begun before, and does not begin another", async () => {
    const { simulator, desk, outcomes } = await atWork();
    const email = simulator.customers.email();
    await seen(() => desk.interaction(email.id)?.state === "Accepted");
    const original = desk.interaction(email.id);
    if (original?.kind !== "email") throw new Error("It should be an email.");
    await original.actions.Reply?.();
    await seen(() => email.state === "Ended");
    expect(outcomes).not.toContain("Reply: Done");
    expect(email.replies).toHaveLength(1);
    expect(await seen(() => desk.interactions.getSnapshot().length === 0)).toBe(true);
  });

  test("takes up what was accepted before it came", async () => {
    const simulator = await simulated();
    const desk = deskAt(simulator);
    await desk.start({ channels: ["email"] });
    await desk.channel("email").actions.Ready?.();
    const email = simulator.customers.email();
    await seen(() => desk.interaction(email.id)?.actions !== undefined);
    const interaction = desk.interaction(email.id);
    await seen(() => interaction?.actions !== undefined && "Accept" in interaction.actions);
    if (interaction?.kind === "email") await interaction.actions.Accept?.();
    runBot(autoScript("Ben", ["email"]), { desk, name: "Ben" });
    await seen(() => email.state === "Ended");
    expect(email.replies[0]?.text).toContain("Ben");
  });

  test("works on one channel when it is refused on the other", async () => {
    const simulator = await simulated();
    simulator.faults.refuse({ statusMessage: "no" }, { operationName: "Ready", times: 1 });
    const bot = runBot(autoScript("Ana", ["email", "chat"]), { desk: deskAt(simulator), name: "Ana" });
    await seen(() => bot.summary().operations === 2);
    const [email, chat] = [simulator.customers.email(), simulator.customers.chat()];
    await seen(() => email.state === "Accepted" || chat.state === "Accepted");
    expect(bot.summary()).toMatchObject({ notDone: 1, failed: 0 });
  });

  test("at its end takes nothing new, says goodbye, and finishes", async () => {
    const { simulator, desk, bot, outcomes, failures } = await atWork();
    const chat = simulator.customers.chat({ text: "Hello?" });
    await seen(() => chat.transcript.some(({ text }) => text?.includes("How can I help") === true));
    const offer = simulator.customers.email();
    await seen(() => desk.interaction(offer.id)?.state === "Invited");
    const before = outcomes.filter((outcome) => outcome === "Accept: Done").length;
    await bot.stop({ within: 3000 });
    await seen(() => offer.state === "Queued");
    expect(outcomes.filter((outcome) => outcome === "Accept: Done")).toHaveLength(before);
    expect(chat.transcript.map(({ text }) => text)).toContain("I have to leave now. Goodbye!");
    expect(desk.interaction(chat.id)).toMatchObject({ state: "Completed", outcome: "Completed" });
    expect(failures).toEqual([]);
    expect(simulator.snapshot("agent1")).toMatchObject({
      channels: { email: { state: "NotReady" }, chat: { state: "NotReady" } },
      interactions: [],
    });
  });

  test("at its end is not Ready, also when it had only just asked for it", async () => {
    const { simulator, bot, outcomes } = await atWork({ isReady: false });
    expect(outcomes).toEqual([]);
    await bot.stop({ within: 3000 });
    expect(outcomes).toContain("NotReady: Done");
    expect(simulator.snapshot("agent1").channels).toEqual({
      email: { state: "NotReady" },
      chat: { state: "NotReady" },
    });
  });

  test("at its end waits no longer than it may", async () => {
    const { simulator, bot } = await atWork();
    simulator.faults.refuseConnections(true);
    simulator.faults.dropConnections();
    await pause(50, new AbortController().signal);
    expect(await bot.stop({ within: 150 })).toMatchObject({ ending: "stopped" });
  });
});
