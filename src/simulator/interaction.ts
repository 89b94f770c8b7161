import type { ChannelName, Readiness } from "./accounts.ts";

/** A value of user data, as JSON carries it. */
export type UserDataValue = string | number | boolean | null;

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

export interface Chat {
  readonly customer: string;
  readonly events: ChatEvent[];
  customerPresent: boolean;
  /** Called with every new event, so that simulated customers receive the messages of the agent. */
  readonly listeners: Set<(event: ChatEvent) => void>;
}

/** The place of an interaction that no agent has. */
export type Place = "Queued" | "WithAgent" | "InWorkbin" | "Parked" | "Ended";

export interface SimInteraction {
  readonly id: string;
  readonly channel: ChannelName;
  readonly type: "Inbound" | "Outbound";
  readonly subType: string;
  readonly threadId: string;
  readonly parentId?: string;
  readonly userData: Map<string, UserDataValue>;
  place: Place;
  queue: string;
  email?: SimEmailContent;
  readonly chat?: Chat;
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
  const [leg] = liveLegs(interaction);
  return leg === undefined ? interaction.place : leg.state;
}
