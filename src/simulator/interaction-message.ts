import type { ChatEvent, Leg } from "./interaction.ts";

/** The place of the fields in one message. */
export type MessageShape = "nested" | "flat";

const inQueues = { email: { __STOP__: "" }, chat: { SimpleChatTranscriptQueue: "" } };

/** Returns the shape in which a state was recorded; ends that were never recorded follow Revoked. */
export function recordedShape(leg: Leg): MessageShape {
  if (leg.capabilities.length === 0) return "flat";
  return leg.interaction.channel === "chat" && leg.state === "Invited" ? "flat" : "nested";
}

/** Returns the notification of the leg's current state. */
export function stateMessage(leg: Leg, shape: MessageShape, events: readonly ChatEvent[]): unknown {
  return message(leg, shape, events, { state: leg.state, capabilities: leg.capabilities });
}

/** Returns a PropertiesChanged: an update of data or transcript without state and capabilities. */
export function changeMessage(leg: Leg, shape: MessageShape, events: readonly ChatEvent[]): unknown {
  return message(leg, shape, events, { state: "PropertiesChanged" });
}

/** Returns an element of `GET /me/interactions?fields=*`: the fields of a notification without its wrapper. */
export function listEntry(leg: Leg, shape: MessageShape, events: readonly ChatEvent[]): unknown {
  const data = stateMessage(leg, shape, events) as { interaction?: unknown };
  return data.interaction ?? data;
}

function message(
  leg: Leg,
  shape: MessageShape,
  events: readonly ChatEvent[],
  stateFields: Record<string, unknown>,
): unknown {
  const { interaction } = leg;
  const { id, channel, type, subType, parentId, queue } = interaction;
  const common = {
    // Not a spread: user data may have a key `__proto__`, which only fromEntries keeps as a key.
    userData: Object.fromEntries(interaction.userData),
    currentQueue: queue,
    ...stateFields,
    id,
    channel,
    ...(leg.startDate === undefined ? {} : { startDate: leg.startDate, threadId: interaction.threadId }),
    ...(parentId === undefined ? {} : { parentId }),
  };
  const content = contentFields(leg, shape, events);
  if (shape === "flat") {
    return {
      ...common,
      ...content,
      interactionType: type,
      interactionSubType: subType,
      messageType: "InteractionStateMessage",
    };
  }
  return {
    interaction: {
      ...common,
      ...content,
      type,
      subType,
      inQueues: inQueues[channel],
      ...(channel === "email" ? { outQueues: { SimpleEmailOutQueue: "" } } : {}),
    },
    messageType: "InteractionStateMessage",
  };
}

function contentFields(leg: Leg, shape: MessageShape, events: readonly ChatEvent[]): Record<string, unknown> {
  const { id, email, chat } = leg.interaction;
  const isWorking = leg.state !== "Invited" && leg.capabilities.length > 0;
  if (email !== undefined) {
    const content = isWorking ? { interactionId: id, ...email } : { interactionId: id };
    return shape === "flat" ? { email_object: content } : { content };
  }
  if (chat === undefined || !isWorking) return {};
  return { content: { latestEventId: chat.events.length, sessionId: id, events } };
}
