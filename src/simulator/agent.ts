import { channelNames, type AgentAccount } from "./accounts.ts";
import type { Identifiers } from "./identifiers.ts";
import type { SimAgent } from "./interaction.ts";

export function createAgents(
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
