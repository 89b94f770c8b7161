import type { SimAgent, Readiness } from "./agent.ts";
import type { ChatEvent, SimEmailContent, Leg, UserDataValue } from "./interaction.ts";

/** What the server knows of one agent at this moment: what a client that has caught up must show. */
export interface AgentSnapshot {
  /** Readiness by channel name, for the channels the agent has. */
  readonly channels: Readonly<Record<string, Readiness>>;
  /** What the agent is offered or handles, by id in ascending order. Ended interactions are not in it. */
  readonly interactions: readonly InteractionSnapshot[];
}

/** One live interaction of an agent, as the server knows it. */
export interface InteractionSnapshot {
  readonly id: string;
  readonly channel: "email" | "chat";
  readonly state: string;
  readonly type: "Inbound" | "Outbound";
  readonly subType: string;
  readonly capabilities: readonly string[];
  readonly userData: ReadonlyMap<string, UserDataValue>;
  readonly queue: string;
  readonly threadId: string;
  readonly parentId?: string;
  /** When the agent took it, in milliseconds since 1970; absent while it is only offered. */
  readonly startDate?: number;
  /** Emails only. */
  readonly email?: SimEmailContent;
  /** Chats only: the whole log, in order. */
  readonly transcript?: readonly ChatEvent[];
}

/** A copy that later events do not change. */
export function agentSnapshot(agent: SimAgent): AgentSnapshot {
  const legs = [...agent.live.values()].map(interactionSnapshot);
  return {
    channels: Object.fromEntries(agent.channels),
    interactions: legs.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function interactionSnapshot({ interaction, state, capabilities, startDate }: Leg): InteractionSnapshot {
  const { id, channel, type, subType, queue, threadId, parentId, email, chat } = interaction;
  return {
    id,
    channel,
    state,
    type,
    subType,
    capabilities: [...capabilities],
    userData: new Map(interaction.userData),
    queue,
    threadId,
    ...(parentId === undefined ? {} : { parentId }),
    ...(startDate === undefined ? {} : { startDate }),
    ...(email === undefined ? {} : { email }),
    ...(chat === undefined ? {} : { transcript: [...chat.events] }),
  };
}
