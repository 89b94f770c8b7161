import { type ContactCenter, interactionsTopic, stopWaiting } from "./contact-center.ts";
import { pickOne, shuffled } from "./identifiers.ts";
import { type ChatEvent, type SimInteraction, type Leg, isLive, liveLegs } from "./interaction.ts";
import {
  type MessageShape,
  changeMessage,
  listEntry,
  recordedShape,
  stateMessage,
} from "./interaction-message.ts";

/** Sets the leg's state and sends it. */
export function enterState(
  center: ContactCenter,
  leg: Leg,
  state: string,
  capabilities: readonly string[],
): void {
  leg.state = state;
  leg.capabilities = capabilities;
  notifyState(center, leg);
}

/**
 * Ends an agent's part in an interaction. `"silence"` is an end that the server does not report: the interaction is
 * only missing from the list.
 */
export function endLeg(center: ContactCenter, leg: Leg, state: string): void {
  if (!isLive(leg)) return;
  leg.cancelOffer?.();
  leg.agent.live.delete(leg.interaction.id);
  center.roster.update(leg.agent);
  leg.capabilities = [];
  if (state === "silence") return;
  leg.state = state;
  notifyState(center, leg);
}

function notifyState(center: ContactCenter, leg: Leg): void {
  const events = transcriptFor(center, leg, "full");
  center.notify(leg.agent.user, interactionsTopic, stateMessage(leg, shapeOf(center, leg), events));
}

/** Sends PropertiesChanged for these legs. */
export function notifyChange(center: ContactCenter, legs: readonly Leg[]): void {
  for (const leg of legs) notifyChangeTo(center, leg, center.behaviour.transcript);
}

export function notifyChangeTo(center: ContactCenter, leg: Leg, transcript: "full" | "new"): void {
  const events = transcriptFor(center, leg, transcript);
  center.notify(leg.agent.user, interactionsTopic, changeMessage(leg, shapeOf(center, leg), events));
}

function transcriptFor(center: ContactCenter, leg: Leg, transcript: "full" | "new"): ChatEvent[] {
  const events = leg.interaction.chat?.events ?? [];
  const chosen = transcript === "full" ? events : events.filter((event) => event.id > leg.sentUpTo);
  leg.sentUpTo = events.length;
  return shuffled(center.chance("transcript"), chosen);
}

function shapeOf(center: ContactCenter, leg: Leg): MessageShape {
  const { shape } = center.behaviour;
  if (shape === "recorded") return recordedShape(leg);
  return shape === "seeded" ? pickOne(center.chance("shape"), ["nested", "flat"]) : shape;
}

/** Returns a leg for `GET /me/interactions?fields=*`. Its random numbers are its own: reading changes nothing. */
export function listedLeg(center: ContactCenter, leg: Leg): unknown {
  const { shape } = center.behaviour;
  const random = center.chance("list");
  const events = shuffled(random, leg.interaction.chat?.events ?? []);
  if (shape === "recorded") return listEntry(leg, recordedShape(leg), events);
  return listEntry(leg, shape === "seeded" ? pickOne(random, ["nested", "flat"]) : shape, events);
}

/** Ends the interaction for every agent that still has it. */
export function endInteraction(center: ContactCenter, interaction: SimInteraction, state: string): void {
  stopWaiting(center, interaction);
  interaction.place = "Ended";
  if (interaction.chat !== undefined) interaction.chat.customerPresent = false;
  for (const leg of liveLegs(interaction)) endLeg(center, leg, state);
}
