import { describe, expect, onTestFinished, test } from "vitest";
import { runBot, type Bot } from "../../src/bot/index.ts";
import { autoScript } from "../../src/cli/auto-script.ts";
import { pause, waitUntil } from "../../src/cli/pause.ts";
import { reportBot } from "../../src/cli/reporter.ts";
import { createDesk, type Desk } from "../../src/index.ts";
import { gws } from "../../src/links/gws/index.ts";
import { createSimulator, type Simulator } from "../../src/simulator/index.ts";
import { fastClock } from "./command.ts";

interface BotAtWork {
  readonly simulator: Simulator;
  readonly desk: Desk;
  readonly bot: Bot;
  /** Each settled operation, with its outcome and the server's message. */
  readonly outcomes: string[];
  /** The failures of the script, with the channel of the interaction. */
  readonly failures: string[];
}

const clock = fastClock(5);

async function startSimulator(): Promise<Simulator> {
  const simulator = createSimulator({ behaviour: { afterLeaveChat: "LeftChat" }, clock });
  onTestFinished(() => simulator.stop());
  await simulator.start();
  return simulator;
}

function deskAt(simulator: Simulator): Desk {
  const credentials = { user: "agent1", password: "secret-agent1" };
  const link = gws({ url: simulator.url, credentials, handshakeSpread: 0, random: () => 0.2 });
  const desk = createDesk({ link, clock });
  onTestFinished(() => desk.stop());
  return desk;
}

const runAuto = (desk: Desk, channels = ["email", "chat"], onEvent = () => {}): Bot =>
  runBot(autoScript("Ana", channels), { desk, clock, name: "Ana", onEvent });

/** Waits for a condition; the time limit of the test is the only one. */
const until = (condition: () => boolean): Promise<boolean> =>
  waitUntil(condition, { clock, signal: new AbortController().signal });

/** Starts a bot, and waits until it is Ready. @param holdsReady - or only until it has asked to be, and is not answered */
async function startBot({ holdsReady = false } = {}): Promise<BotAtWork> {
  const simulator = await startSimulator();
  if (holdsReady) {
    simulator.faults.delay(2000, { operationName: "Ready" });
    simulator.faults.silence("agent1");
  }
  const desk = deskAt(simulator);
  const outcomes: string[] = [];
  const failures: string[] = [];
  let sent = 0;
  const onEvent = reportBot(desk, (event) => {
    if (event.type === "sent") sent++;
    if (event.type === "failed") {
      failures.push(`${event.interaction?.channel ?? "none"} ${event.failure.code}`);
    }
    if (event.type !== "settled") return;
    const { operation, outcome, message } = event.outcome;
    outcomes.push([`${operation}: ${outcome}`, message].filter(Boolean).join(" "));
  });
  const bot = runBot(autoScript("Ana", ["email", "chat"]), { desk, clock, name: "Ana", onEvent });
  const readyChannels = () => desk.channels.getSnapshot().filter(({ state }) => state === "Ready");
  await until(() => (holdsReady ? sent === 2 : readyChannels().length === 2));
  return { simulator, desk, bot, outcomes, failures };
}

describe("the bot of desk --auto", { timeout: 20_000 }, () => {
  test("continues its chat after the connection was lost in the middle of an answer", async () => {
    const { simulator, desk, outcomes } = await startBot();
    const chat = simulator.customers.chat({ text: "Hello?" });
    const wasSaid = (words: string): boolean =>
      chat.transcript.some(({ text }) => text?.includes(words) === true);
    await until(() => wasSaid("How can I help you?"));
    chat.write("It is broken.");
    await until(() => outcomes.filter((outcome) => outcome === "SendNotification: Done").length === 2);
    // A listener that reads interactions as soon as the connection is Live must not keep the bot from waking up.
    desk.connection.subscribe(() => desk.interactions.getSnapshot().forEach(({ actions }) => void actions));
    simulator.faults.refuseConnections(true);
    // Expiry as well, because between two polls there is no connection to drop.
    simulator.faults.expireComet("agent1");
    simulator.faults.dropConnections();
    await until(() => desk.connection.state === "Recovering");
    await pause(800, { clock, signal: new AbortController().signal });
    simulator.faults.refuseConnections(false);
    await until(() => wasSaid("Let me look that up"));
    expect(outcomes.every((outcome) => outcome.endsWith(": Done"))).toBe(true);
  });

  test("answers once the lines that a customer sends while the agent types", async () => {
    const { simulator } = await startBot();
    const chat = simulator.customers.chat({ text: "Hello?" });
    const agentTexts = (): (string | undefined)[] =>
      chat.transcript.flatMap(({ text, userId }) =>
        text === undefined || userId === chat.transcript[0]?.userId ? [] : [text],
      );
    await until(() => agentTexts().length === 1);
    chat.write("It is broken.");
    chat.write("And wet.");
    await until(() => agentTexts().length === 2);
    chat.write("Is it not?");
    await until(() => agentTexts().length === 3);
    expect(agentTexts().slice(1)).toEqual([
      "I see. Let me look that up for you.",
      "Thank you, I have found it.",
    ]);
  });

  test("hands back an email when the answer could not be sent, and reports why", async () => {
    const { simulator, bot, outcomes, failures } = await startBot();
    simulator.faults.refuse({ statusMessage: "no" }, { operationName: "Send" });
    const email = simulator.customers.email();
    await until(() => failures.length > 0);
    await bot.stop({ within: 3000 });
    expect(outcomes).toContain("Send: Refused no");
    expect(failures).toEqual(["email not-done"]);
    expect(outcomes).toContain("SingleStepTransfer: Done");
    expect(outcomes).not.toContain("StopProcessing: Done");
    await until(() => email.state === "Queued");
  });

  test("sends a reply that was begun before, and begins no other", async () => {
    const { simulator, desk, outcomes } = await startBot();
    const email = simulator.customers.email();
    await until(() => desk.interaction(email.id)?.state === "Accepted");
    const original = desk.interaction(email.id);
    if (original?.kind !== "email") throw new Error("It should be an email.");
    await original.actions.Reply?.();
    await until(() => email.state === "Ended");
    expect(outcomes).not.toContain("Reply: Done");
    expect(email.replies).toHaveLength(1);
    expect(await until(() => desk.interactions.getSnapshot().length === 0)).toBe(true);
  });

  test("takes up an interaction that was accepted before the bot started", async () => {
    const simulator = await startSimulator();
    const desk = deskAt(simulator);
    await desk.start({ channels: ["email"] });
    await desk.channel("email").actions.Ready?.();
    const email = simulator.customers.email();
    await until(() => "Accept" in (desk.interaction(email.id)?.actions ?? {}));
    const interaction = desk.interaction(email.id);
    if (interaction?.kind === "email") await interaction.actions.Accept?.();
    runAuto(desk, ["email"]);
    await until(() => email.state === "Ended");
    expect(email.replies[0]?.text).toContain("Ana");
  });

  test("works on one channel when it is refused on the other", async () => {
    const simulator = await startSimulator();
    simulator.faults.refuse({ statusMessage: "no" }, { operationName: "Ready", times: 1 });
    const bot = runAuto(deskAt(simulator));
    await until(() => bot.summary().operations === 2);
    const [email, chat] = [simulator.customers.email(), simulator.customers.chat()];
    await until(() => email.state === "Accepted" || chat.state === "Accepted");
    expect(bot.summary()).toMatchObject({ notDone: 1, failed: 0 });
  });

  test("at its end accepts nothing, sends a goodbye, and finishes", async () => {
    const { simulator, desk, bot, outcomes, failures } = await startBot();
    const chat = simulator.customers.chat({ text: "Hello?" });
    await until(() => chat.transcript.some(({ text }) => text?.includes("How can I help") === true));
    const offer = simulator.customers.email();
    await until(() => desk.interaction(offer.id)?.state === "Invited");
    const before = outcomes.filter((outcome) => outcome === "Accept: Done").length;
    await bot.stop({ within: 30_000 });
    await until(() => offer.state === "Queued");
    expect(outcomes.filter((outcome) => outcome === "Accept: Done")).toHaveLength(before);
    expect(chat.transcript.map(({ text }) => text)).toContain("I have to leave now. Goodbye!");
    expect(desk.interaction(chat.id)).toMatchObject({ state: "Completed", outcome: "Completed" });
    expect(failures).toEqual([]);
    expect(simulator.snapshot("agent1")).toMatchObject({
      channels: { email: { state: "NotReady" }, chat: { state: "NotReady" } },
      interactions: [],
    });
  });

  test("at its end is not Ready, even when its request for Ready is still pending", async () => {
    const { simulator, desk, bot, outcomes } = await startBot({ holdsReady: true });
    const pending = desk.channels.getSnapshot().map((channel) => channel.pending);
    expect({ pending, outcomes }).toEqual({ pending: [["Ready"], ["Ready"]], outcomes: [] });
    simulator.faults.clear();
    await bot.stop({ within: 30_000 });
    expect(outcomes.toSorted()).toEqual([
      "NotReady: Done",
      "NotReady: Done",
      "Ready: Superseded",
      "Ready: Superseded",
    ]);
    expect(simulator.snapshot("agent1").channels).toEqual({
      email: { state: "NotReady" },
      chat: { state: "NotReady" },
    });
  });

  test("at its end waits no longer than its limit", async () => {
    const { simulator, desk, bot } = await startBot();
    simulator.faults.refuseConnections(true);
    simulator.faults.expireComet("agent1");
    simulator.faults.dropConnections();
    await until(() => desk.connection.state === "Recovering");
    expect(await bot.stop({ within: 150 })).toMatchObject({ ending: "stopped" });
  });
});
