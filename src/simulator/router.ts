import type { Agent, ChannelName } from "./agent.ts";
import { invitedCapabilities } from "./capabilities.ts";
import type { ContactCenter } from "./contact-center.ts";
import { keepInteraction } from "./contact-center.ts";
import type { Interaction, Leg } from "./interaction.ts";
import { liveLegs } from "./interaction.ts";
import { endLeg, enterState } from "./legs.ts";

/** Puts an interaction at the end of the queue and offers it if an agent is free. */
export function enqueue(center: ContactCenter, interaction: Interaction): void {
  interaction.place = "Queued";
  center.waiting.add(interaction);
  keepInteraction(center, interaction);
  routeWaiting(center);
}

/** Offers whatever waits to whoever is free, the longest waiting first. */
export function routeWaiting(center: ContactCenter): void {
  for (const interaction of [...center.waiting]) {
    const agent = chooseAgent(center, interaction);
    if (agent !== undefined) offerTo(center, interaction, agent);
  }
}

/** The free agent with the fewest live interactions; chance decides between equals. */
function chooseAgent(center: ContactCenter, interaction: Interaction): Agent | undefined {
  const now = center.clock.now();
  const free = [...center.agents.values()].filter(
    (agent) =>
      agent.channels.get(interaction.channel)?.state === "Ready" &&
      liveOn(agent, interaction.channel) < center.behaviour.capacity[interaction.channel] &&
      (interaction.passedBy.get(agent.user) ?? now) <= now,
  );
  const fewest = Math.min(...free.map((agent) => agent.live.size));
  const best = free.filter((agent) => agent.live.size === fewest);
  if (best.length <= 1) return best[0];
  return best[Math.floor(center.chance("routing")() * best.length)];
}

function liveOn(agent: Agent, channel: ChannelName): number {
  let count = 0;
  for (const leg of agent.live.values()) if (leg.interaction.channel === channel) count++;
  return count;
}

/** Offers the interaction to this agent, whatever else he has to do; unanswered, it is revoked after a while. */
export function offerTo(center: ContactCenter, interaction: Interaction, agent: Agent): Leg {
  center.waiting.delete(interaction);
  interaction.place = "WithAgent";
  const leg: Leg = { agent, interaction, state: "Invited", capabilities: [], toldUpTo: 0 };
  interaction.legs.set(agent.user, leg);
  agent.live.set(interaction.id, leg);
  if (center.offerTimeout > 0) {
    leg.cancelOffer = center.timers.after(center.offerTimeout, () => takeBackOffer(center, leg, "Revoked"));
  }
  enterState(center, leg, "Invited", invitedCapabilities);
  return leg;
}

/** Ends an offer that was not taken and offers the interaction to somebody else, or again after a pause. */
export function takeBackOffer(center: ContactCenter, leg: Leg, state: string): void {
  const { reofferPause } = center.behaviour;
  leg.interaction.passedBy.set(leg.agent.user, center.clock.now() + reofferPause);
  center.timers.after(reofferPause, () => routeWaiting(center));
  endLeg(center, leg, state);
  // In a conference others are still with the customer: only the invitation of this one agent has failed.
  if (liveLegs(leg.interaction).length === 0) enqueue(center, leg.interaction);
  else routeWaiting(center);
}
