import type { ChannelName, Readiness } from "./accounts.ts";

/** One entry of `GET /settings/agent-states`: a state that an agent may set a channel to. */
export interface AgentState {
  readonly id: string;
  readonly operationName: string;
  readonly displayName: string;
  readonly readiness: Readiness;
}

/** The Genesys pages fix these two ids; each site has its own ids for custom states. */
const fixedStates: readonly AgentState[] = [
  {
    id: "9430250E-0A1B-421F-B372-F29E69366DED",
    operationName: "Ready",
    displayName: "Ready",
    readiness: { state: "Ready" },
  },
  {
    id: "900D55CC-2BB0-431F-8BF9-D3525B383BE6",
    operationName: "NotReady",
    displayName: "Not Ready",
    readiness: { state: "NotReady" },
  },
];

export function agentStates(
  reasons: readonly string[],
  newId: () => string,
): ReadonlyMap<string, AgentState> {
  const custom = reasons.map((reason) => ({
    id: newId(),
    operationName: reason,
    displayName: reason.replace(/(?<=[a-z])(?=[A-Z])/g, " "),
    readiness: { state: "NotReady", reason } as const,
  }));
  return new Map([...fixedStates, ...custom].map((state) => [state.operationName, state]));
}

/** Returns a channel as `GET /me/channels` and the notifications on `/v2/me/channels` print it. */
export function channelEntry(
  states: ReadonlyMap<string, AgentState>,
  channel: ChannelName,
  readiness: Readiness,
): Record<string, unknown> {
  const state = states.get(readiness.reason ?? readiness.state);
  return { channel, userState: { id: state?.id, displayName: state?.displayName, ...readiness } };
}

export function agentStateEntry(state: AgentState): Record<string, unknown> {
  const { id, operationName, displayName, readiness } = state;
  return { id, operationName, displayName, ...readiness };
}
