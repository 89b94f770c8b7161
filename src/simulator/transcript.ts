import type { ContactCenter } from "./contact-center.ts";
import {
  type ChatEvent,
  type SimInteraction,
  type Leg,
  type TypingNotice,
  workingLegs,
} from "./interaction.ts";
import { notifyChange } from "./legs.ts";

/** Adds an event to a chat and notifies every agent in it, as recorded also the agent that caused it. */
function addEvent(
  center: ContactCenter,
  interaction: SimInteraction,
  event: Omit<ChatEvent, "id" | "visibility">,
): void {
  const { chat } = interaction;
  if (chat === undefined) return;
  const added: ChatEvent = { ...event, visibility: "All", id: chat.events.length + 1 };
  chat.events.push(added);
  notifyChange(center, workingLegs(interaction));
  for (const listener of [...chat.listeners]) listener(added);
}

export function addText(
  center: ContactCenter,
  interaction: SimInteraction,
  userId: string,
  text: string,
): void {
  addEvent(center, interaction, { messageType: center.behaviour.textMessageType, userId, text });
}

export function addTyping(
  center: ContactCenter,
  interaction: SimInteraction,
  userId: string,
  noticeType: TypingNotice,
): void {
  addEvent(center, interaction, { messageType: "NOTICE", userId, noticeType });
}

export function addJoined(
  center: ContactCenter,
  interaction: SimInteraction,
  party: { readonly userId: string; readonly userType: "Client" | "Agent"; readonly nickName: string },
): void {
  addEvent(center, interaction, { messageType: "PARTY_JOINED", ...party });
}

export function addLeft(center: ContactCenter, interaction: SimInteraction, userId: string): void {
  addEvent(center, interaction, { messageType: "PARTY_LEFT", userId });
}

/** Lets the agent of this leg leave the chat, if the agent is in it, and notifies the others. */
export function leaveAsAgent(center: ContactCenter, leg: Leg): void {
  if (leg.party === undefined) return;
  const { party } = leg;
  delete leg.party;
  addLeft(center, leg.interaction, party);
}
