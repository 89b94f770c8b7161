/** The channels of the simulator. */
export type ChannelName = "email" | "chat";

/** An agent that may log in. */
export interface AgentAccount {
  /** The name for HTTP Basic authentication, without a colon. */
  readonly user: string;
  readonly password: string;
  /** The channels of the agent; default both. */
  readonly channels?: readonly ChannelName[];
}

/** The readiness of one channel, as the server spells it. */
export interface Readiness {
  readonly state: "Ready" | "NotReady";
  /** The reason for NotReady, such as `OutToLunch`. */
  readonly reason?: string;
}

export const channelNames: readonly [ChannelName, ChannelName] = ["email", "chat"];

export function isChannelName(name: unknown): name is ChannelName {
  return name === "email" || name === "chat";
}

/** Returns the accounts for a number of agents: agent1, agent2 …, each with the password `secret-` + user. */
export function agentAccounts(agents: number | readonly AgentAccount[]): readonly AgentAccount[] {
  if (typeof agents !== "number") {
    const users = new Set(agents.map((account) => account.user));
    if (users.size !== agents.length || [...users].some((user) => user === "" || user.includes(":"))) {
      throw new Error("Each agent of a simulator needs a unique user name without a colon.");
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
