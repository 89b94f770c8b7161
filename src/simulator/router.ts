import { type ChannelName, type Readiness, channelEntry } from "./agents.ts";
import {
  type ContactCenter,
  type Leg,
  type SimAgent,
  type SimInteraction,
  agentNamed,
  channelsTopic,
  createLeg,
  liveLegs,
  updateFree,
} from "./contact-center.ts";
import { endLeg, enterState, leaveAsAgent, stopWaiting } from "./legs.ts";

/** Puts an interaction at the end of the queue and offers it if an agent is free. */
export function enqueue(interaction: SimInteraction): void {
  const { center, channel } = interaction;
  interaction.place = "Queued";
  center.waiting[channel].add(interaction);
  routeWaiting(center);
}

/** Offers waiting interactions to free agents, the oldest first in each channel. */
export function routeWaiting({ waiting, free }: ContactCenter): void {
  for (const channel of ["email", "chat"] as const) {
    for (const interaction of waiting[channel]) {
      if (free[channel].size === 0) break;
      const agent = chooseAgent(interaction);
      if (agent !== undefined) offerTo(interaction, agent);
    }
  }
}

/** Returns a random agent among the free agents with the smallest number of interactions. */
function chooseAgent({ center, channel, skippedUntil }: SimInteraction): SimAgent | undefined {
  const { clock, chance, free } = center;
  const now = clock.now();
  let minCount = Infinity;
  let candidates: SimAgent[] = [];
  for (const [agent, count] of free[channel]) {
    if (count > minCount || (skippedUntil.get(agent.user) ?? now) > now) continue;
    if (count < minCount) candidates = [];
    minCount = count;
    candidates.push(agent);
  }
  const choice = candidates.length > 1 ? Math.floor(chance("routing")() * candidates.length) : 0;
  return candidates[choice];
}

/** Offers the interaction to this agent, whatever its load; an unanswered offer is revoked after `offerTimeout`. */
export function offerTo(interaction: SimInteraction, agent: SimAgent): void {
  const { offerTimeout, timers } = interaction.center;
  stopWaiting(interaction);
  const leg = createLeg(interaction, agent);
  if (offerTimeout > 0) leg.cancelOffer = timers.after(offerTimeout, () => withdrawOffer(leg, "Revoked"));
  // Recorded: email-invited, chat-invited.
  enterState(leg, "Invited", ["Accept", "Reject"]);
}

/** Ends a pending offer and offers the interaction to another agent, or to the same agent after a pause. */
export function withdrawOffer(leg: Leg, state: string): void {
  const { interaction } = leg;
  const { center } = interaction;
  skipAgent(leg);
  center.timers.after(center.behaviour.reofferPause, () => routeWaiting(center));
  endLeg(leg, state);
  // In a conference other agents are still with the customer: only the invitation of this agent has failed.
  if (liveLegs(interaction).length === 0) enqueue(interaction);
  else routeWaiting(center);
}

/** Lets the router skip the agent of this leg for a pause. */
export function skipAgent({ agent, interaction: { center, skippedUntil } }: Leg): void {
  skippedUntil.set(agent.user, center.clock.now() + center.behaviour.reofferPause);
}

/** Offers an interaction that no agent has to this agent, or to the agent that the router chooses. */
export function offerById(center: ContactCenter, id: string, user?: string): void {
  const interaction = interactionNamed(center, id);
  if (interaction.place === "Ended" || liveLegs(interaction).length > 0) {
    throw new Error(`The interaction ${id} has ended or an agent has it: it cannot be offered.`);
  }
  interaction.skippedUntil.clear();
  if (user === undefined) enqueue(interaction);
  else offerTo(interaction, agentNamed(center, user));
}

/** Takes an interaction away from its agents and out of the queue. */
export function revokeById(center: ContactCenter, id: string): void {
  const interaction = interactionNamed(center, id);
  stopWaiting(interaction);
  for (const leg of liveLegs(interaction)) {
    endLeg(leg, "Revoked");
    leaveAsAgent(leg);
  }
  if (interaction.place !== "Ended") interaction.place = "Parked";
  routeWaiting(center);
}

function interactionNamed({ interactions }: ContactCenter, id: string): SimInteraction {
  const interaction = interactions.get(id);
  if (interaction === undefined) throw new Error(`The simulator knows no interaction ${id}.`);
  return interaction;
}

/**
 * Sets the readiness of some of an agent's channels. The notification lists the channels that changed; nothing is sent
 * when no channel did.
 */
export function setReadiness(
  center: ContactCenter,
  agent: SimAgent,
  channels: readonly ChannelName[],
  readiness: Readiness,
): void {
  const changed = channels.filter((channel) => {
    const before = agent.channels.get(channel);
    return before !== undefined && (before.state !== readiness.state || before.reason !== readiness.reason);
  });
  for (const channel of changed) agent.channels.set(channel, readiness);
  updateFree(center, agent);
  if (changed.length > 0) {
    const entries = changed.map((channel) => channelEntry(center.states, channel, readiness));
    center.notify(agent.user, channelsTopic, { channels: entries });
  }
  if (readiness.state === "Ready") routeWaiting(center);
  else if (center.behaviour.offersOnNotReady === "revoked") revokeOffers(agent, changed);
}

/** Revokes every pending offer of the agent on these channels. */
export function revokeOffers({ live }: SimAgent, channels: readonly ChannelName[]): void {
  for (const leg of [...live.values()]) {
    if (leg.state === "Invited" && channels.includes(leg.interaction.channel)) withdrawOffer(leg, "Revoked");
  }
}
