import type { ContactCenter } from "./contact-center.ts";
import { stopWaiting } from "./contact-center.ts";
import type { SimInteraction } from "./interaction.ts";
import { liveLegs } from "./interaction.ts";
import { endLeg } from "./legs.ts";
import { enqueue, offerTo, routeWaiting } from "./router.ts";
import { leaveAsAgent } from "./transcript.ts";

/** Offers an interaction that nobody has: to this agent, or to whom the router chooses. */
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

/** Takes an interaction away from whoever has it and out of the queue. */
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
