import type { SimAgent } from "./interaction.ts";
import type { ChannelName, Readiness } from "./accounts.ts";
import { channelEntry } from "./agent-states.ts";
import { type ContactCenter, channelsTopic } from "./contact-center.ts";
import { routeWaiting, withdrawOffer } from "./router.ts";

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
  center.roster.update(agent);
  if (changed.length > 0) {
    const entries = changed.map((channel) => channelEntry(center.states, channel, readiness));
    center.notify(agent.user, channelsTopic, { channels: entries });
  }
  if (readiness.state === "Ready") routeWaiting(center);
  else if (center.behaviour.offersOnNotReady === "revoked") revokeOffers(center, agent, changed);
}

/** Revokes every pending offer of the agent on these channels. */
export function revokeOffers(center: ContactCenter, agent: SimAgent, channels: readonly ChannelName[]): void {
  for (const leg of [...agent.live.values()]) {
    if (leg.state === "Invited" && channels.includes(leg.interaction.channel)) {
      withdrawOffer(center, leg, "Revoked");
    }
  }
}
