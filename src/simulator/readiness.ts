import type { SimAgent, ChannelName, Readiness } from "./agent.ts";
import { channelEntry } from "./agent-states.ts";
import type { ContactCenter } from "./contact-center.ts";
import { channelsTopic } from "./contact-center.ts";
import { routeWaiting, takeBackOffer } from "./router.ts";

/**
 * Sets the readiness of some of an agent's channels. The notification lists only those that changed; nothing is
 * sent when none did.
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

/** Takes back every unanswered offer of the agent on these channels. */
export function revokeOffers(center: ContactCenter, agent: SimAgent, channels: readonly ChannelName[]): void {
  for (const leg of [...agent.live.values()]) {
    if (leg.state === "Invited" && channels.includes(leg.interaction.channel)) {
      takeBackOffer(center, leg, "Revoked");
    }
  }
}
