import {
  type ChatEvent,
  type Leg,
  type SimInteraction,
  type TypingNotice,
  interactionsTopic,
  isLive,
  liveLegs,
  updateFree,
  workingLegs,
} from "./contact-center.ts";
import { pickOne, shuffled } from "./identifiers.ts";
import { type MessageShape, interactionMessage, listEntry, recordedShape } from "./interaction-message.ts";

/** Sets the leg's state and sends it. */
export function enterState(leg: Leg, state: string, capabilities: readonly string[]): void {
  leg.state = state;
  leg.capabilities = capabilities;
  notify(leg, "full", false);
}

/**
 * Ends an agent's part in an interaction. `"silence"` is an end that the server does not report: the interaction is
 * only missing from the list.
 */
export function endLeg(leg: Leg, state: string): void {
  if (!isLive(leg)) return;
  const { agent, interaction } = leg;
  leg.cancelOffer?.();
  agent.live.delete(interaction.id);
  updateFree(interaction.center, agent);
  leg.capabilities = [];
  if (state !== "silence") enterState(leg, state, []);
}

/** Ends the interaction for every agent that still has it. */
export function endInteraction(interaction: SimInteraction, state: string): void {
  stopWaiting(interaction);
  interaction.place = "Ended";
  if (interaction.chat !== undefined) interaction.chat.customerPresent = false;
  for (const leg of liveLegs(interaction)) endLeg(leg, state);
}

export function stopWaiting(interaction: SimInteraction): void {
  interaction.center.waiting[interaction.channel].delete(interaction);
}

/** Sends PropertiesChanged for these legs. */
export function notifyChange(legs: readonly Leg[], transcript?: "full"): void {
  for (const leg of legs) notify(leg, transcript ?? leg.interaction.center.behaviour.transcript, true);
}

function notify(leg: Leg, transcript: "full" | "new", isChange: boolean): void {
  const { agent, interaction, sentUpTo } = leg;
  const { center, chat } = interaction;
  const events = chat?.events ?? [];
  const chosen = transcript === "full" ? events : events.filter(({ id }) => id > sentUpTo);
  leg.sentUpTo = events.length;
  const shuffledEvents = shuffled(center.chance("transcript"), chosen);
  const message = interactionMessage(leg, shapeOf(leg, "shape"), shuffledEvents, isChange);
  center.notify(agent.user, interactionsTopic, message);
}

/** Returns a leg for `GET /me/interactions?fields=*`. Its random numbers are its own: reading changes nothing. */
export function listedLeg(leg: Leg): unknown {
  const { center, chat } = leg.interaction;
  const events = shuffled(center.chance("list"), chat?.events ?? []);
  return listEntry(leg, shapeOf(leg, "list"), events);
}

function shapeOf(leg: Leg, stream: "shape" | "list"): MessageShape {
  const { behaviour, chance } = leg.interaction.center;
  if (behaviour.shape === "recorded") return recordedShape(leg);
  return behaviour.shape === "seeded" ? pickOne(chance(stream), ["nested", "flat"]) : behaviour.shape;
}

/** Adds an event to a chat and notifies every agent in it, as recorded also the agent that caused it. */
export function addEvent(interaction: SimInteraction, event: Omit<ChatEvent, "id" | "visibility">): void {
  const { chat } = interaction;
  if (chat === undefined) return;
  const added: ChatEvent = { ...event, visibility: "All", id: chat.events.length + 1 };
  chat.events.push(added);
  notifyChange(workingLegs(interaction));
  for (const listener of [...chat.listeners]) listener(added);
}

export function addText(interaction: SimInteraction, userId: string, text: string): void {
  addEvent(interaction, { messageType: interaction.center.behaviour.textMessageType, userId, text });
}

export function addTyping(interaction: SimInteraction, userId: string, noticeType: TypingNotice): void {
  addEvent(interaction, { messageType: "NOTICE", userId, noticeType });
}

/** Lets the agent of this leg leave the chat, if the agent is in it, and notifies the others. */
export function leaveAsAgent(leg: Leg): void {
  const { party } = leg;
  if (party === undefined) return;
  delete leg.party;
  addEvent(leg.interaction, { messageType: "PARTY_LEFT", userId: party });
}
