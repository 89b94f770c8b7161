import type { Clock } from "../domain/clock.ts";
import type { Random } from "../domain/random.ts";
import { type AgentAccount, type ChannelName, channelNames } from "./accounts.ts";
import { type SimAgent } from "./interaction.ts";
import { createAgents } from "./agent.ts";
import { type AgentState, agentStates } from "./agent-states.ts";
import type { Behaviour } from "./behaviour.ts";
import { type ChanceStream, type Identifiers, chanceStreams, seededIdentifiers } from "./identifiers.ts";
import type { SimInteraction } from "./interaction.ts";
import { type Roster, createRoster } from "./roster.ts";
import { type Timers, createTimers } from "./timers.ts";

export const interactionsTopic = "/v2/me/interactions";
export const channelsTopic = "/v2/me/channels";

/** The state of the simulated contact centre and what its rules need; it knows no HTTP and no CometD. */
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
  /** Interactions that wait for an agent, oldest first, by channel. */
  readonly waiting: ReadonlyMap<ChannelName, Set<SimInteraction>>;
  readonly roster: Roster;
  /** Sends one message to the sessions of this agent that are subscribed to the topic. */
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
    agents: createAgents(accounts, identifiers),
    states: agentStates(reasons, identifiers.guid),
    interactions: new Map(),
    waiting: new Map(channelNames.map((channel) => [channel, new Set()])),
    roster: createRoster(behaviour.capacity),
    notify,
  };
}

/** Removes every interaction and sets every channel to NotReady, as on a server with a new database. */
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

/** The limit of ended interactions that are kept so that a late operation is refused for the right reason. */
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
