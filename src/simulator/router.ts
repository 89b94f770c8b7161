import type { SimAgent } from "./agent.ts";
import { invitedCapabilities } from "./capabilities.ts";
import type { ContactCenter } from "./contact-center.ts";
import { keepInteraction, stopWaiting } from "./contact-center.ts";
import type { SimInteraction, Leg } from "./interaction.ts";
import { liveLegs } from "./interaction.ts";
import { endLeg, enterState } from "./legs.ts";

/** Puts an interaction at the end of the queue and offers it if an agent is free. */
export function enqueue(center: ContactCenter, interaction: SimInteraction): void {
  interaction.place = "Queued";
  center.waiting.get(interaction.channel)?.add(interaction);
  keepInteraction(center, interaction);
  routeWaiting(center);
}

/** Offers whatever waits to whoever is free, in each channel the longest waiting first. */
export function routeWaiting(center: ContactCenter): void {
  for (const [channel, queue] of center.waiting) {
    for (const interaction of queue) {
      if (!center.roster.isAnyoneFree(channel)) break;
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

/** Offers the interaction to this agent, whatever else he has to do; unanswered, it is revoked after a while. */
export function offerTo(center: ContactCenter, interaction: SimInteraction, agent: SimAgent): Leg {
  stopWaiting(center, interaction);
  interaction.place = "WithAgent";
  const leg: Leg = { agent, interaction, state: "Invited", capabilities: [], sentUpTo: 0 };
  interaction.legs.set(agent.user, leg);
  agent.live.set(interaction.id, leg);
  center.roster.update(agent);
  if (center.offerTimeout > 0) {
    leg.cancelOffer = center.timers.after(center.offerTimeout, () => takeBackOffer(center, leg, "Revoked"));
  }
  enterState(center, leg, "Invited", invitedCapabilities);
  return leg;
}

/** Ends an offer that was not taken and offers the interaction to somebody else, or again after a pause. */
export function takeBackOffer(center: ContactCenter, leg: Leg, state: string): void {
  const { reofferPause } = center.behaviour;
  leg.interaction.skippedUntil.set(leg.agent.user, center.clock.now() + reofferPause);
  center.timers.after(reofferPause, () => routeWaiting(center));
  endLeg(center, leg, state);
  // In a conference others are still with the customer: only the invitation of this one agent has failed.
  if (liveLegs(leg.interaction).length === 0) enqueue(center, leg.interaction);
  else routeWaiting(center);
}
