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

/** One entry of `GET /settings/agent-states`: a state that an agent may set a channel to. */
export interface AgentState {
  readonly id: string;
  readonly displayName: string;
  readonly readiness: Readiness;
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

/** Returns the states by `operationName`. The Genesys pages fix the ids of Ready and NotReady; each site has its own others. */
export function agentStates(
  reasons: readonly string[],
  newId: () => string,
): ReadonlyMap<string, AgentState> {
  const ready = "9430250E-0A1B-421F-B372-F29E69366DED";
  const notReady = "900D55CC-2BB0-431F-8BF9-D3525B383BE6";
  return new Map<string, AgentState>([
    ["Ready", { id: ready, displayName: "Ready", readiness: { state: "Ready" } }],
    ["NotReady", { id: notReady, displayName: "Not Ready", readiness: { state: "NotReady" } }],
    ...reasons.map((reason): [string, AgentState] => {
      const displayName = reason.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
      return [reason, { id: newId(), displayName, readiness: { state: "NotReady", reason } }];
    }),
  ]);
}

/** Returns a channel as `GET /me/channels` and the notifications on `/v2/me/channels` print it. */
export function channelEntry(
  states: ReadonlyMap<string, AgentState>,
  channel: ChannelName,
  readiness: Readiness,
): object {
  const { id, displayName } = states.get(readiness.reason ?? readiness.state) ?? {};
  return { channel, userState: { id, displayName, ...readiness } };
}
