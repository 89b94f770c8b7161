import { describe, expect, onTestFinished, test } from "vitest";
import { AutoAgent } from "../../src/cli/auto-agent.ts";
import { follow, together } from "../../src/cli/reporter.ts";
import { pause, until, untilSeen } from "../../src/cli/wait.ts";
import { createDesk, type Desk } from "../../src/index.ts";
import { gws } from "../../src/link/index.ts";
import { createSimulator, type Simulator } from "../../src/simulator/index.ts";

interface AtWork {
  readonly simulator: Simulator;
  readonly desk: Desk;
  readonly agent: AutoAgent;
  /** Each operation that was settled, with its outcome. */
  readonly outcomes: string[];
  /** Waits until something holds; the test's own time limit is the only one. */
  readonly seen: (holds: () => boolean) => Promise<boolean>;
}

async function atWork({ isReady = true } = {}): Promise<AtWork> {
  const simulator = createSimulator({ behaviour: { afterLeaveChat: "LeftChat" } });
  onTestFinished(() => simulator.stop());
  await simulator.start();
  const credentials = { user: "agent1", password: "secret-agent1" };
  const link = gws({ url: simulator.url, credentials, handshakeSpread: 0, random: () => 0.2 });
  const desk = createDesk({ link });
  onTestFinished(() => desk.stop());
  const outcomes: string[] = [];
  const operate = follow(
    desk,
    together([{ settled: (_, { operation, outcome }) => void outcomes.push(`${operation}: ${outcome}`) }]),
  );
  const agent = new AutoAgent({ desk, channels: ["email", "chat"], nickname: "Ana", operate });
  agent.begin();
  await desk.start();
  const seen = (holds: () => boolean) => untilSeen(holds, new AbortController().signal);
  if (isReady) await seen(() => desk.channels.getSnapshot().every(({ state }) => state === "Ready"));
  return { simulator, desk, agent, outcomes, seen };
}

describe("the automatic agent", { timeout: 20_000 }, () => {
  test("goes on with its chat after the connection was lost in the middle of an answer", async () => {
    const { simulator, desk, seen, outcomes } = await atWork();
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

  test("leaves an email to people when the answer could not be sent", async () => {
    const { simulator, desk, agent, outcomes, seen } = await atWork();
    simulator.faults.refuse({ statusMessage: "no" }, { operationName: "Send" });
    const email = simulator.customers.email();
    await seen(() => outcomes.includes("Send: Refused"));
    await agent.end(5000);
    expect(outcomes).not.toContain("StopProcessing: Done");
    expect(desk.interaction(email.id)?.state).toBe("Accepted");
  });

  test("sends the reply that was begun before, and does not begin another", async () => {
    const { simulator, desk, outcomes, seen } = await atWork();
    const email = simulator.customers.email();
    await seen(() => desk.interaction(email.id)?.state === "Accepted");
    const original = desk.interaction(email.id);
    if (original?.channel !== "email") throw new Error("It should be an email.");
    await original.actions.Reply?.();
    await seen(() => email.state === "Ended");
    expect(outcomes).not.toContain("Reply: Done");
    expect(email.replies).toHaveLength(1);
    expect(await seen(() => desk.interactions.getSnapshot().length === 0)).toBe(true);
  });

  test("takes up what was accepted before it came", async () => {
    const { simulator, desk, agent, seen } = await atWork();
    const email = simulator.customers.email();
    await seen(() => email.state === "Invited");
    await agent.end(5000);
    const interaction = desk.interaction(email.id);
    expect(interaction?.state).not.toBe("Accepted");
    simulator.offer(email.id, "agent1");
    await seen(() => interaction?.actions !== undefined && "Accept" in interaction.actions);
    if (interaction?.channel === "email") await interaction.actions.Accept?.();
    const operate = follow(desk, together([]));
    new AutoAgent({ desk, channels: ["email"], nickname: "Ben", operate }).begin();
    await seen(() => email.state === "Ended");
    expect(email.replies[0]?.text).toContain("Ben");
  });

  test("at its end takes nothing new, says goodbye, and finishes", async () => {
    const { simulator, desk, agent, seen, outcomes } = await atWork();
    const chat = simulator.customers.chat({ text: "Hello?" });
    await seen(() => chat.transcript.some(({ text }) => text?.includes("How can I help") === true));
    const offer = simulator.customers.email();
    await seen(() => desk.interaction(offer.id)?.state === "Invited");
    const before = outcomes.filter((outcome) => outcome === "Accept: Done").length;
    await agent.end(5000);
    await seen(() => offer.state === "Queued");
    expect(outcomes.filter((outcome) => outcome === "Accept: Done")).toHaveLength(before);
    expect(chat.transcript.map(({ text }) => text)).toContain("I have to leave now. Goodbye!");
    expect(desk.interaction(chat.id)).toMatchObject({ state: "Completed", outcome: "Completed" });
    expect(simulator.truth("agent1")).toMatchObject({
      channels: { email: { state: "NotReady" }, chat: { state: "NotReady" } },
      interactions: [],
    });
  });

  test("at its end is not Ready, also when it had only just asked for it", async () => {
    const { simulator, agent, outcomes } = await atWork({ isReady: false });
    expect(outcomes).toEqual([]);
    await agent.end(5000);
    expect(outcomes).toContain("NotReady: Done");
    expect(simulator.truth("agent1").channels).toEqual({
      email: { state: "NotReady" },
      chat: { state: "NotReady" },
    });
  });

  test("at its end waits no longer than it may", async () => {
    const { simulator, agent } = await atWork();
    simulator.faults.refuseConnections(true);
    simulator.faults.dropConnections();
    await pause(50, new AbortController().signal);
    const began = performance.now();
    await agent.end(300);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
