import type { Clock } from "../domain/clock.ts";
import type { Random } from "../domain/random.ts";
import type { AgentAccount, SimAgent, ChannelName } from "./agent.ts";
import { channelNames, hireAgents } from "./agent.ts";
import type { AgentState } from "./agent-states.ts";
import { agentStates } from "./agent-states.ts";
import type { Behaviour } from "./behaviour.ts";
import type { ChanceStream, Identifiers } from "./identifiers.ts";
import { chanceStreams, seededIdentifiers } from "./identifiers.ts";
import type { SimInteraction } from "./interaction.ts";
import type { Roster } from "./roster.ts";
import { createRoster } from "./roster.ts";
import type { Timers } from "./timers.ts";
import { createTimers } from "./timers.ts";

export const interactionsTopic = "/v2/me/interactions";
export const channelsTopic = "/v2/me/channels";

/** Everything the simulated contact centre knows and leans on; no HTTP and no CometD in it. */
export interface ContactCenter {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly behaviour: Behaviour;
  /** Milliseconds until an unanswered offer is revoked; 0 is never. */
  readonly offerTimeout: number;
  readonly chance: (stream: ChanceStream) => Random;
  readonly identifiers: Identifiers;
  readonly agents: ReadonlyMap<string, SimAgent>;
  readonly states: ReadonlyMap<string, AgentState>;
  readonly interactions: Map<string, SimInteraction>;
  /** Interactions waiting for an agent, longest first, by channel. */
  readonly waiting: ReadonlyMap<ChannelName, Set<SimInteraction>>;
  readonly roster: Roster;
  /** Hands one message to whatever sessions of this agent are subscribed to the topic. */
  readonly notify: (user: string, topic: string, data: unknown) => void;
}

export interface ContactCenterSetup {
  readonly accounts: readonly AgentAccount[];
  readonly reasons: readonly string[];
  readonly seed: number;
  readonly clock: Clock;
  readonly offerTimeout: number;
  readonly behaviour: Behaviour;
  readonly notify: (user: string, topic: string, data: unknown) => void;
}

export function createContactCenter(setup: ContactCenterSetup): ContactCenter {
  const { accounts, reasons, seed, clock, offerTimeout, behaviour, notify } = setup;
  const chance = chanceStreams(seed);
  const identifiers = seededIdentifiers(chance);
  return {
    clock,
    timers: createTimers(clock),
    behaviour,
    offerTimeout,
    chance,
    identifiers,
    agents: hireAgents(accounts, identifiers),
    states: agentStates(reasons, identifiers.guid),
    interactions: new Map(),
    waiting: new Map(channelNames.map((channel) => [channel, new Set()])),
    roster: createRoster(behaviour.capacity),
    notify,
  };
}

/** Forgets every interaction and sets every channel to NotReady, as a server with a new database would be. */
export function emptyContactCenter(center: ContactCenter): void {
  center.timers.clear();
  for (const queue of center.waiting.values()) queue.clear();
  center.interactions.clear();
  for (const agent of center.agents.values()) {
    agent.live.clear();
    for (const channel of agent.channels.keys()) agent.channels.set(channel, { state: "NotReady" });
    center.roster.update(agent);
  }
}

export function stopWaiting(center: ContactCenter, interaction: SimInteraction): void {
  center.waiting.get(interaction.channel)?.delete(interaction);
}

/** How many ended interactions are kept, so that a late operation is refused for the right reason. */
const maxEndedKept = 1_000;

export function keepInteraction(center: ContactCenter, interaction: SimInteraction): void {
  center.interactions.set(interaction.id, interaction);
  if (center.interactions.size <= maxEndedKept) return;
  for (const [id, { place }] of center.interactions) {
    if (center.interactions.size <= maxEndedKept) return;
    if (place === "Ended") center.interactions.delete(id);
  }
}

export function inQueueOf(channel: ChannelName): string {
  return channel === "email" ? "SimpleEmailInQueue" : "SimpleChatInQueue";
}
