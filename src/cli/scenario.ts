import type { Clock, Desk } from "../index.ts";
import type { AgentSnapshot, ChannelName, Simulator } from "../simulator/index.ts";
import { scenes, type Scene } from "./kinds/scenes.ts";
import { pause, waitUntil } from "./pause.ts";
import type { InteractionContent } from "./reporter.ts";

/** The simulator and the desk of a scenario. */
export interface ScenarioSetup {
  readonly simulator: Simulator;
  readonly desk: Desk;
  /** The agent's user name. */
  readonly user: string;
  /** The channels that the agent works on. */
  readonly channels: readonly ChannelName[];
  /** Receives a description of each step. */
  readonly log: (text: string) => void;
  readonly clock: Clock;
  /** Ends the scenario. */
  readonly signal: AbortSignal;
}

/**
 * Plays a day of an agent in about twelve seconds: a customer on each channel, a revoked offer, a lost connection. After
 * that, customers keep coming.
 */
export async function playScenario(setup: ScenarioSetup): Promise<void> {
  const { simulator, desk, channels, log, signal } = setup;
  await waitUntil(() => channels.every((name) => desk.channel(name).state === "Ready"), setup);
  const played: Scene[] = [];
  for (const name of channels) {
    if (signal.aborted) return;
    const scene = scenes[name](simulator, setup);
    log(scene.title);
    played.push(scene);
    await waitUntil(scene.isHandled, setup);
  }
  await revokeOffer(setup, played);
  await cutConnection(setup, played);
  await waitUntil(() => played.every(({ isOver }) => isOver()), setup);
  await pause(1500, setup);
  if (signal.aborted) return;
  log("The scenario is over. From here on customers come by themselves; Ctrl-C ends the work politely.");
  signal.addEventListener("abort", simulator.startCustomers({ meanGap: 4000, channels }));
}

/** An offer that a supervisor revokes before the agent answers. */
async function revokeOffer(setup: ScenarioSetup, [scene]: readonly Scene[]): Promise<void> {
  const { simulator, log, signal } = setup;
  if (signal.aborted || scene === undefined) return;
  log("A customer is offered, but a supervisor revokes the offer before the agent accepts.");
  const offer = scene.offer();
  await waitUntil(() => offer.state === "Invited", setup);
  await pause(250, setup);
  if (!signal.aborted) simulator.revoke(offer.id);
  await pause(750, setup);
}

/** The connection is lost for a while, in which customers keep writing. */
async function cutConnection(setup: ScenarioSetup, played: readonly Scene[]): Promise<void> {
  const { simulator, desk, user, log, signal } = setup;
  if (signal.aborted) return;
  log("The connection is cut for 1.5 s. Meanwhile customers keep writing.");
  simulator.faults.refuseConnections(true);
  simulator.faults.dropConnections(user);
  await pause(500, setup);
  for (const { write } of played) write();
  await pause(1000, setup);
  simulator.faults.refuseConnections(false);
  if (!(await waitUntil(() => desk.connection.state === "Live", setup))) return;
  const timeout = new AbortController();
  const timer = setup.clock.setTimeout(() => timeout.abort(), 3000);
  const isEqual = await waitUntil(() => showsTruth(desk, simulator.snapshot(user)), {
    ...setup,
    signal: AbortSignal.any([signal, timeout.signal]),
  });
  setup.clock.clearTimeout(timer);
  if (isEqual) log("Nothing was lost: the desk shows exactly what the server knows.");
  else if (!signal.aborted) log("The desk does not show what the server knows.");
}

/** Whether the desk shows the interactions, states, capabilities and chat events that the server has for the agent. */
function showsTruth(desk: Desk, { interactions }: AgentSnapshot): boolean {
  return (
    interactions.length === desk.interactions.getSnapshot().length &&
    interactions.every(({ id, state, capabilities, transcript }) => {
      const shown = desk.interaction(id);
      if (shown?.serverState !== state || shown.capabilities.join() !== capabilities.join()) return false;
      const content: InteractionContent = shown;
      // An offer has no transcript yet.
      return state === "Invited" || textsOf(content.transcript?.events) === textsOf(transcript);
    })
  );
}

function textsOf(
  events: readonly { readonly id: number; readonly text?: string | undefined }[] = [],
): string {
  return JSON.stringify(events.map(({ id, text }) => [id, text]));
}
