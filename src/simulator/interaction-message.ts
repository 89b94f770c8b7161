import type { ChatEvent, Leg } from "./contact-center.ts";

/** The place of the fields in one message. */
export type MessageShape = "nested" | "flat";

const inQueues = { email: { __STOP__: "" }, chat: { SimpleChatTranscriptQueue: "" } };

/** Returns the shape in which a state was recorded; ends that were never recorded follow Revoked. */
export function recordedShape({ capabilities, interaction, state }: Leg): MessageShape {
  const isFlat = capabilities.length === 0 || (interaction.channel === "chat" && state === "Invited");
  return isFlat ? "flat" : "nested";
}

/** Returns an element of `GET /me/interactions?fields=*`: the fields of a notification without its wrapper. */
export function listEntry(leg: Leg, shape: MessageShape, events: readonly ChatEvent[]): unknown {
  const data = interactionMessage(leg, shape, events) as { interaction?: unknown };
  return data.interaction ?? data;
}

/**
 * Returns the notification of the leg's current state; or a PropertiesChanged, which is an update of data or transcript
 * without state and capabilities.
 */
export function interactionMessage(
  leg: Leg,
  shape: MessageShape,
  events: readonly ChatEvent[],
  isChange = false,
): unknown {
  const { interaction, startDate, state, capabilities } = leg;
  const { id, channel, type, subType, threadId, parentId, queue, userData } = interaction;
  const common = {
    // Not a spread: user data may have a key `__proto__`, which only fromEntries keeps as a key.
    userData: Object.fromEntries(userData),
    currentQueue: queue,
    ...(isChange ? { state: "PropertiesChanged" } : { state, capabilities }),
    id,
    channel,
    ...(startDate === undefined ? {} : { startDate, threadId }),
    ...(parentId === undefined ? {} : { parentId }),
    ...contentFields(leg, shape, events),
  };
  const messageType = "InteractionStateMessage";
  if (shape === "flat") return { ...common, interactionType: type, interactionSubType: subType, messageType };
  const outQueues = channel === "email" ? { outQueues: { SimpleEmailOutQueue: "" } } : {};
  return {
    interaction: { ...common, type, subType, inQueues: inQueues[channel], ...outQueues },
    messageType,
  };
}

function contentFields(leg: Leg, shape: MessageShape, events: readonly ChatEvent[]): object {
  const { id, email, chat } = leg.interaction;
  const isWorking = leg.state !== "Invited" && leg.capabilities.length > 0;
  if (email !== undefined) {
    const content = { interactionId: id, ...(isWorking ? email : {}) };
    return shape === "flat" ? { email_object: content } : { content };
  }
  if (chat === undefined || !isWorking) return {};
  return { content: { latestEventId: chat.events.length, sessionId: id, events } };
}
