import type { Identifiers } from "./identifiers.ts";
import type { Leg } from "./interaction.ts";

/** The two channels that the simulator knows. */
export type ChannelName = "email" | "chat";

/** One agent who may log in. */
export interface AgentAccount {
  /** Name for HTTP Basic authentication; may not hold a colon. */
  readonly user: string;
  readonly password: string;
  /** The channels the agent has; default both. */
  readonly channels?: readonly ChannelName[];
}

/** Readiness of one channel, as the server spells it. */
export interface Readiness {
  readonly state: "Ready" | "NotReady";
  /** Why not ready, such as `OutToLunch`. */
  readonly reason?: string;
}

export interface SimAgent {
  readonly user: string;
  readonly password: string;
  readonly id: string;
  readonly channels: Map<ChannelName, Readiness>;
  /** What the agent is offered or handles now, by interaction id. */
  readonly live: Map<string, Leg>;
}

export const channelNames: readonly [ChannelName, ChannelName] = ["email", "chat"];

export function isChannelName(name: unknown): name is ChannelName {
  return name === "email" || name === "chat";
}

/** The accounts that a number of agents stands for: agent1, agent2 …, each with the password `secret-` + user. */
export function agentAccounts(agents: number | readonly AgentAccount[]): readonly AgentAccount[] {
  if (typeof agents !== "number") {
    const users = new Set(agents.map((account) => account.user));
    if (users.size !== agents.length || [...users].some((user) => user === "" || user.includes(":"))) {
      throw new Error("Each agent of a simulator needs a user name of his own, without a colon.");
    }
    return agents;
  }
  if (!Number.isInteger(agents) || agents < 0) {
    throw new Error(`A simulator cannot have ${agents} agents: give a whole number or a list of accounts.`);
  }
  return Array.from({ length: agents }, (_, index) => ({
    user: `agent${index + 1}`,
    password: `secret-agent${index + 1}`,
  }));
}

export function hireAgents(
  accounts: readonly AgentAccount[],
  identifiers: Identifiers,
): Map<string, SimAgent> {
  return new Map(
    accounts.map(({ user, password, channels = channelNames }) => [
      user,
      {
        user,
        password,
        id: identifiers.interaction(),
        channels: new Map(channels.map((channel) => [channel, { state: "NotReady" }])),
        live: new Map(),
      },
    ]),
  );
}
