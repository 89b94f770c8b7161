import type { Desk } from "../../src/index.ts";
import type { AgentSnapshot, SimInteractionSnapshot, Readiness } from "../../src/simulator/index.ts";

/** The state of an agent, in one form for the server and for the desk. */
export interface Picture {
  readonly channels: Readonly<Record<string, Readiness>>;
  readonly interactions: readonly object[];
}

/** Returns the state at the server, as far as the server sends it. */
export function pictureOfTruth({ channels, interactions }: AgentSnapshot): Picture {
  return { channels, interactions: interactions.map(sentFields) };
}

function sentFields(truth: SimInteractionSnapshot): object {
  const { id, channel, state, type, subType, capabilities, userData, queue, parentId, startDate } = truth;
  // An offer carries neither content nor thread nor start (PROTOCOL 2.3); a desk may know them from before.
  const isOffer = state === "Invited";
  return {
    id,
    channel,
    state,
    type,
    subType,
    capabilities,
    userData: sorted([...userData]),
    queue,
    parentId,
    startDate: isOffer ? undefined : startDate,
    threadId: isOffer ? undefined : truth.threadId,
    email: isOffer ? undefined : truth.email,
    transcript: isOffer ? undefined : truth.transcript,
  };
}

/** Returns the state in the desk: the channels that the server has, and all interactions that have not ended. */
export function pictureOfDesk(desk: Desk, channelNames: readonly string[]): Picture {
  const channels = channelNames.map((name): [string, Readiness] => {
    const { serverState, reason } = desk.channel(name);
    const state = serverState as Readiness["state"];
    return [name, reason === null ? { state } : { state, reason }];
  });
  const interactions = desk.interactions.getSnapshot().map((interaction) => {
    const { id, direction, subType, capabilities, userData, currentQueue, parentId, startDate } = interaction;
    const isOffer = interaction.state === "Invited";
    const { interactionId: _, ...email } = (interaction.kind === "email" && interaction.email) || {};
    return {
      id,
      channel: interaction.channel,
      state: interaction.serverState,
      type: direction,
      subType,
      capabilities,
      userData: sorted(Object.entries(userData)),
      queue: currentQueue,
      parentId,
      startDate: isOffer ? undefined : startDate,
      threadId: isOffer ? undefined : interaction.threadId,
      email: isOffer || interaction.kind !== "email" ? undefined : email,
      transcript: isOffer || interaction.kind !== "chat" ? undefined : interaction.transcript.events,
    };
  });
  return {
    channels: Object.fromEntries(channels),
    interactions: interactions.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function sorted<Value>(entries: readonly [string, Value][]): readonly [string, Value][] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
