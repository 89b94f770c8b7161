import type { Readiness } from "./agents.ts";
import type {
  ChatEvent,
  Leg,
  SimAgent,
  SimEmailContent,
  SimInteraction,
  SimUserDataValue,
} from "./contact-center.ts";

/** The state of one agent at the server: what a client that has caught up must show. */
export interface AgentSnapshot {
  /** The readiness by channel name, for the channels of the agent. */
  readonly channels: Readonly<Record<string, Readiness>>;
  /** The interactions that the agent is offered or handles, in ascending order of id, without ended ones. */
  readonly interactions: readonly SimInteractionSnapshot[];
}

/** One live interaction of an agent at the server. */
export interface SimInteractionSnapshot extends Readonly<
  Pick<SimInteraction, "id" | "channel" | "type" | "subType" | "queue" | "threadId" | "parentId">
> {
  readonly state: string;
  readonly capabilities: readonly string[];
  readonly userData: ReadonlyMap<string, SimUserDataValue>;
  /** When the agent accepted, in milliseconds since 1970; absent for an offer. */
  readonly startDate?: number;
  /** Present for emails only. */
  readonly email?: SimEmailContent;
  /** Present for chats only: all events, in order. */
  readonly transcript?: readonly ChatEvent[];
}

/** Returns a copy that later events do not change. */
export function agentSnapshot(agent: SimAgent): AgentSnapshot {
  const legs = [...agent.live.values()].map(interactionSnapshot);
  return {
    channels: Object.fromEntries(agent.channels),
    interactions: legs.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function interactionSnapshot({ interaction, state, capabilities, startDate }: Leg): SimInteractionSnapshot {
  const { id, channel, type, subType, queue, threadId, parentId, userData, email, chat } = interaction;
  return {
    id,
    channel,
    state,
    type,
    subType,
    capabilities: [...capabilities],
    userData: new Map(userData),
    queue,
    threadId,
    ...(parentId === undefined ? {} : { parentId }),
    ...(startDate === undefined ? {} : { startDate }),
    ...(email === undefined ? {} : { email }),
    ...(chat === undefined ? {} : { transcript: [...chat.events] }),
  };
}
