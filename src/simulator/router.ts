import type { SimAgent } from "./interaction.ts";
import { invitedCapabilities } from "./capabilities.ts";
import { type ContactCenter, keepInteraction, stopWaiting } from "./contact-center.ts";
import { type SimInteraction, type Leg, liveLegs } from "./interaction.ts";
import { endLeg, enterState } from "./legs.ts";
import { leaveAsAgent } from "./transcript.ts";

/** Puts an interaction at the end of the queue and offers it if an agent is free. */
export function enqueue(center: ContactCenter, interaction: SimInteraction): void {
  interaction.place = "Queued";
  center.waiting.get(interaction.channel)?.add(interaction);
  keepInteraction(center, interaction);
  routeWaiting(center);
}

/** Offers waiting interactions to free agents, the oldest first in each channel. */
export function routeWaiting(center: ContactCenter): void {
  for (const [channel, queue] of center.waiting) {
    for (const interaction of queue) {
      if (!center.roster.hasFreeAgent(channel)) break;
      const agent = chooseAgent(center, interaction);
      if (agent !== undefined) offerTo(center, interaction, agent);
    }
  }
}

function chooseAgent(
  { clock, roster, chance }: ContactCenter,
  interaction: SimInteraction,
): SimAgent | undefined {
  const { channel, skippedUntil } = interaction;
  const now = clock.now();
  const isSkipped = ({ user }: SimAgent): boolean => (skippedUntil.get(user) ?? now) > now;
  return roster.choose(channel, skippedUntil.size === 0 ? undefined : isSkipped, chance("routing"));
}

/** Offers the interaction to this agent, whatever its load; an unanswered offer is revoked after `offerTimeout`. */
export function offerTo(center: ContactCenter, interaction: SimInteraction, agent: SimAgent): Leg {
  stopWaiting(center, interaction);
  interaction.place = "WithAgent";
  const leg: Leg = { agent, interaction, state: "Invited", capabilities: [], sentUpTo: 0 };
  interaction.legs.set(agent.user, leg);
  agent.live.set(interaction.id, leg);
  center.roster.update(agent);
  if (center.offerTimeout > 0) {
    leg.cancelOffer = center.timers.after(center.offerTimeout, () => withdrawOffer(center, leg, "Revoked"));
  }
  enterState(center, leg, "Invited", invitedCapabilities);
  return leg;
}

/** Ends a pending offer and offers the interaction to another agent, or to the same agent after a pause. */
export function withdrawOffer(center: ContactCenter, leg: Leg, state: string): void {
  const { reofferPause } = center.behaviour;
  leg.interaction.skippedUntil.set(leg.agent.user, center.clock.now() + reofferPause);
  center.timers.after(reofferPause, () => routeWaiting(center));
  endLeg(center, leg, state);
  // In a conference other agents are still with the customer: only the invitation of this agent has failed.
  if (liveLegs(leg.interaction).length === 0) enqueue(center, leg.interaction);
  else routeWaiting(center);
}

/** Offers an interaction that no agent has to this agent, or to the agent that the router chooses. */
export function offerById(center: ContactCenter, id: string, user?: string): void {
  const interaction = interactionNamed(center, id);
  if (interaction.place === "Ended" || liveLegs(interaction).length > 0) {
    throw new Error(`The interaction ${id} has ended or an agent has it: it cannot be offered.`);
  }
  interaction.skippedUntil.clear();
  if (user === undefined) {
    enqueue(center, interaction);
    return;
  }
  const agent = center.agents.get(user);
  if (agent === undefined) throw new Error(`The simulator has no agent ${user}.`);
  offerTo(center, interaction, agent);
}

/** Takes an interaction away from its agents and out of the queue. */
export function revokeById(center: ContactCenter, id: string): void {
  const interaction = interactionNamed(center, id);
  stopWaiting(center, interaction);
  for (const leg of liveLegs(interaction)) {
    endLeg(center, leg, "Revoked");
    leaveAsAgent(center, leg);
  }
  if (interaction.place !== "Ended") interaction.place = "Parked";
  routeWaiting(center);
}

function interactionNamed(center: ContactCenter, id: string): SimInteraction {
  const interaction = center.interactions.get(id);
  if (interaction === undefined) throw new Error(`The simulator knows no interaction ${id}.`);
  return interaction;
}
