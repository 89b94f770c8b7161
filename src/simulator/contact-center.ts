import type { Clock } from "../domain/clock.ts";
import type { Random } from "../domain/random.ts";
import {
  type AgentAccount,
  type AgentState,
  type ChannelName,
  type Readiness,
  agentStates,
  channelNames,
} from "./agents.ts";
import type { Behaviour } from "./behaviour.ts";
import { type ChanceStream, type Identifiers, chanceStreams, seededIdentifiers } from "./identifiers.ts";
import { type SimTimers, createTimers } from "./timers.ts";

export const interactionsTopic = "/v2/me/interactions";
export const channelsTopic = "/v2/me/channels";

/** A value of user data, as JSON carries it. */
export type SimUserDataValue = string | number | boolean | null;

/** One entry of a chat's transcript, as the server spells it. */
export interface ChatEvent {
  /** Counts from 1, unique in the chat. */
  readonly id: number;
  /** `PARTY_JOINED`, `PARTY_LEFT`, `NOTICE`, or the name of a text message. */
  readonly messageType: string;
  readonly userId: string;
  readonly visibility: "All";
  readonly userType?: "Client" | "Agent";
  readonly nickName?: string;
  readonly noticeType?: TypingNotice;
  readonly text?: string;
}

export type TypingNotice = "TypingStarted" | "TypingStopped";

export interface SimEmailContent {
  readonly text: string;
  readonly fromAddress: string;
  readonly toAddress: string;
  readonly subject: string;
}

export interface SimChat {
  readonly customer: string;
  readonly events: ChatEvent[];
  customerPresent: boolean;
  /** Called with every new event, so that simulated customers receive the messages of the agent. */
  readonly listeners: Set<(event: ChatEvent) => void>;
}

export interface SimInteraction {
  readonly center: ContactCenter;
  readonly id: string;
  readonly channel: ChannelName;
  readonly type: "Inbound" | "Outbound";
  readonly subType: string;
  readonly threadId: string;
  readonly parentId?: string;
  readonly userData: Map<string, SimUserDataValue>;
  /** Where the interaction is while no agent has it. */
  place: "Queued" | "WithAgent" | "InWorkbin" | "Parked" | "Ended";
  queue: string;
  email?: SimEmailContent;
  readonly chat?: SimChat;
  /** The replies that reached the customer, in order. */
  readonly sentReplies: SimEmailContent[];
  /** The latest leg of every agent by user. Ended legs stay, so that a late Accept is refused for the right reason. */
  readonly legs: Map<string, Leg>;
  /** The time until which the router skips an agent that did not take the offer, by user. */
  readonly skippedUntil: Map<string, number>;
}

export interface SimAgent {
  readonly user: string;
  readonly password: string;
  readonly id: string;
  readonly channels: Map<ChannelName, Readiness>;
  /** The interactions that the agent is offered or handles now, by id. */
  readonly live: Map<string, Leg>;
}

/** One agent's part in an interaction. A chat in conference has several live legs. */
export interface Leg {
  readonly agent: SimAgent;
  readonly interaction: SimInteraction;
  state: string;
  capabilities: readonly string[];
  /** When the agent accepted, in milliseconds since 1970. */
  startDate?: number;
  /** The agent's party id in a chat that the agent has joined. */
  party?: string;
  /** The highest transcript event that the agent was sent. */
  sentUpTo: number;
  /** Cancels the timer of a pending offer. */
  cancelOffer?: () => void;
}

/** Sends one message to the sessions of this agent that are subscribed to the topic. */
export type Notify = (user: string, topic: string, data: unknown) => void;

export interface ContactCenterSetup {
  readonly accounts: readonly AgentAccount[];
  readonly reasons: readonly string[];
  readonly seed: number;
  readonly clock: Clock;
  /** Milliseconds until an unanswered offer is revoked; 0 is never. */
  readonly offerTimeout: number;
  readonly behaviour: Behaviour;
  readonly notify: Notify;
}

/** The state of the simulated contact centre and what its rules need; it knows no HTTP and no CometD. */
export interface ContactCenter extends ContactCenterSetup {
  readonly timers: SimTimers;
  readonly chance: (stream: ChanceStream) => Random;
  readonly identifiers: Identifiers;
  readonly agents: ReadonlyMap<string, SimAgent>;
  readonly states: ReadonlyMap<string, AgentState>;
  readonly interactions: Map<string, SimInteraction>;
  /** Interactions that wait for an agent, oldest first, by channel. */
  readonly waiting: Readonly<Record<ChannelName, Set<SimInteraction>>>;
  /** The agents that can be offered an interaction, with the number of those that they have, by channel. */
  readonly free: Readonly<Record<ChannelName, Map<SimAgent, number>>>;
}

export function createContactCenter(setup: ContactCenterSetup): ContactCenter {
  const chance = chanceStreams(setup.seed);
  const identifiers = seededIdentifiers(chance);
  const agents = setup.accounts.map(({ user, password, channels = channelNames }): [string, SimAgent] => [
    user,
    {
      user,
      password,
      id: identifiers.interaction(),
      channels: new Map(channels.map((channel) => [channel, { state: "NotReady" }])),
      live: new Map(),
    },
  ]);
  return {
    ...setup,
    timers: createTimers(setup.clock),
    chance,
    identifiers,
    agents: new Map(agents),
    states: agentStates(setup.reasons, identifiers.guid),
    interactions: new Map(),
    waiting: { email: new Set(), chat: new Set() },
    free: { email: new Map(), chat: new Map() },
  };
}

/** Removes every interaction and sets every channel to NotReady, as on a server with a new database. */
export function emptyContactCenter({ timers, waiting, free, interactions, agents }: ContactCenter): void {
  timers.clear();
  for (const channel of channelNames) {
    waiting[channel].clear();
    free[channel].clear();
  }
  interactions.clear();
  for (const agent of agents.values()) {
    agent.live.clear();
    for (const channel of agent.channels.keys()) agent.channels.set(channel, { state: "NotReady" });
  }
}

/** Returns the agent of this name. Throws when there is none. */
export function agentNamed({ agents }: ContactCenter, user: string): SimAgent {
  const agent = agents.get(user);
  if (agent === undefined) throw new Error(`The simulator has no agent ${user}.`);
  return agent;
}

/** Updates the free agents after the readiness or the live interactions of an agent have changed. */
export function updateFree({ free, behaviour }: ContactCenter, agent: SimAgent): void {
  const live = { email: 0, chat: 0 };
  for (const { interaction } of agent.live.values()) live[interaction.channel]++;
  for (const channel of channelNames) {
    const isReady = agent.channels.get(channel)?.state === "Ready";
    if (isReady && live[channel] < behaviour.capacity[channel]) free[channel].set(agent, agent.live.size);
    else free[channel].delete(agent);
  }
}

/** The limit of ended interactions that are kept so that a late operation is refused for the right reason. */
const maxEndedKept = 1_000;

/** Creates an interaction with an id, and with a thread unless it belongs to one. */
export function createInteraction(
  center: ContactCenter,
  fields: Pick<SimInteraction, "channel" | "type" | "subType" | "queue"> & Partial<SimInteraction>,
): SimInteraction {
  const { interactions, identifiers } = center;
  const interaction: SimInteraction = {
    center,
    id: identifiers.interaction(),
    threadId: fields.threadId ?? identifiers.interaction(),
    userData: new Map(),
    place: "Queued",
    sentReplies: [],
    legs: new Map(),
    skippedUntil: new Map(),
    ...fields,
  };
  interactions.set(interaction.id, interaction);
  for (const [id, { place }] of interactions) {
    if (interactions.size <= maxEndedKept) break;
    if (place === "Ended") interactions.delete(id);
  }
  return interaction;
}

/** Creates the part of an agent in an interaction, without a notification. */
export function createLeg(interaction: SimInteraction, agent: SimAgent, fields: Partial<Leg> = {}): Leg {
  const leg = { agent, interaction, state: "Invited", capabilities: [], sentUpTo: 0, ...fields };
  interaction.place = "WithAgent";
  interaction.legs.set(agent.user, leg);
  agent.live.set(interaction.id, leg);
  updateFree(interaction.center, agent);
  return leg;
}

export function isLive(leg: Leg): boolean {
  return leg.agent.live.get(leg.interaction.id) === leg;
}

export function liveLegs(interaction: SimInteraction): Leg[] {
  return [...interaction.legs.values()].filter(isLive);
}

/** Returns the legs of agents that accepted, including those that have left the chat. */
export function takenLegs(interaction: SimInteraction): Leg[] {
  return liveLegs(interaction).filter((leg) => leg.state !== "Invited");
}

/** Returns the legs of agents that accepted and have not left the chat. */
export function workingLegs(interaction: SimInteraction): Leg[] {
  return takenLegs(interaction).filter((leg) => leg.state !== "LeftChat");
}

/** Returns the state of a live leg, else the place of the interaction. */
export function statusOf(interaction: SimInteraction): string {
  return liveLegs(interaction)[0]?.state ?? interaction.place;
}

export function inQueueOf(channel: ChannelName): string {
  return channel === "email" ? "SimpleEmailInQueue" : "SimpleChatInQueue";
}
