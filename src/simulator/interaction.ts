import type { SimAgent, ChannelName } from "./agent.ts";

/** A value of user data, as JSON carries it. */
export type UserDataValue = string | number | boolean | null;

/** One entry of a chat's transcript, as the server spells it. */
export interface ChatEvent {
  /** 1 and up, unique in the chat. */
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
  /** Called with every new event; how customers of the simulator hear the agent. */
  readonly listeners: Set<(event: ChatEvent) => void>;
}

/** Where an interaction is when no agent has it. */
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
  /** The latest leg of every agent who ever had it; ended ones stay, so that a late Accept is refused properly. */
  readonly legs: Map<string, Leg>;
  /** Until when an agent who did not take the offer is passed by, by user. */
  readonly skippedUntil: Map<string, number>;
}

/** One agent's part in an interaction. A chat in conference has several at once. */
export interface Leg {
  readonly agent: SimAgent;
  readonly interaction: SimInteraction;
  state: string;
  capabilities: readonly string[];
  /** When the agent took it, in milliseconds since 1970. */
  startDate?: number;
  /** The agent's party id in a chat, once he has joined. */
  party?: string;
  /** The highest transcript event that a notification has carried to the agent. */
  sentUpTo: number;
  /** Takes back the timer of an unanswered offer. */
  cancelOffer?: () => void;
}

export function isLive(leg: Leg): boolean {
  return leg.agent.live.get(leg.interaction.id) === leg;
}

export function liveLegs(interaction: SimInteraction): Leg[] {
  return [...interaction.legs.values()].filter(isLive);
}

/** The legs of agents who have taken it, those who have left its chat among them. */
export function takenLegs(interaction: SimInteraction): Leg[] {
  return liveLegs(interaction).filter((leg) => leg.state !== "Invited");
}

/** The legs of agents who have taken it and, if it is a chat, are in it. */
export function workingLegs(interaction: SimInteraction): Leg[] {
  return takenLegs(interaction).filter((leg) => leg.state !== "LeftChat");
}

/** One word for where an interaction stands: the state of a live leg, else its place. */
export function statusOf(interaction: SimInteraction): string {
  const [leg] = liveLegs(interaction);
  return leg === undefined ? interaction.place : leg.state;
}
