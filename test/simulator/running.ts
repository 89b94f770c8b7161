import { onTestFinished } from "vitest";
import type { Simulator, SimulatorOptions } from "../../src/simulator/index.ts";
import { createSimulator } from "../../src/simulator/index.ts";
import type { HandClock } from "./hand-clock.ts";
import { handClock } from "./hand-clock.ts";
import type { Reply, TestAgent } from "./test-agent.ts";
import { testAgent } from "./test-agent.ts";

export interface Running {
  readonly simulator: Simulator;
  readonly clock: HandClock;
  /** agent1, logged in and listening. */
  readonly ana: TestAgent;
  /** agent2, logged in and listening. */
  readonly ben: TestAgent;
  /** agent3, logged in, with no CometD session yet. */
  readonly cleo: TestAgent;
}

/** A simulator with three agents and a clock that stands still, stopped when the test is over. */
export async function running(options: SimulatorOptions = {}): Promise<Running> {
  const clock = handClock();
  // Tests move the clock in steps that are longer than a session without a connect lives by default.
  const comet = { maxInterval: 1e9 };
  const simulator = createSimulator({ agents: 3, clock, comet, ...options });
  onTestFinished(() => simulator.stop());
  await simulator.start();
  const ana = testAgent(simulator, "agent1");
  const ben = testAgent(simulator, "agent2");
  onTestFinished(() => {
    ana.hangUp();
    ben.hangUp();
  });
  await ana.listen();
  await ben.listen();
  const cleo = testAgent(simulator, "agent3");
  await cleo.login();
  return { simulator, clock, ana, ben, cleo };
}

/** Sends a poll and waits until the server holds it. */
export async function heldPoll(
  simulator: Simulator,
  agent: TestAgent,
  user: string,
): Promise<{ reply: Promise<Reply> }> {
  const reply = agent.poll();
  reply.catch(() => undefined);
  await new Promise<void>((resolve) => {
    const stop = simulator.onRequest((request) => {
      if (request.user !== user || request.operationName !== "/meta/connect") return;
      stop();
      setImmediate(resolve);
    });
  });
  return { reply };
}

export async function ready(agent: TestAgent, ...channels: readonly ("email" | "chat")[]): Promise<void> {
  for (const channel of channels) await agent.post(`/me/channels/${channel}`, { operationName: "Ready" });
  await agent.catchUp();
}

/** An email that agent1 has accepted. */
export async function acceptedEmail(run: Running): Promise<string> {
  await ready(run.ana, "email");
  const { id } = run.simulator.customers.email({
    from: "zoe@mail.example",
    subject: "Light",
    text: "It broke.",
  });
  await run.ana.operate(id, "Accept");
  await run.ana.catchUp();
  return id;
}

/** A chat that agent1 has accepted. */
export async function acceptedChat(run: Running): Promise<ReturnType<Simulator["customers"]["chat"]>> {
  await ready(run.ana, "chat");
  const chat = run.simulator.customers.chat({ nickname: "Zoë" });
  await run.ana.operate(chat.id, "Accept", { nickname: "Ana" });
  await run.ana.catchUp();
  return chat;
}
