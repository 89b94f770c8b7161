import { type Leg, liveLegs, workingLegs } from "./contact-center.ts";
import {
  addEvent,
  addText,
  addTyping,
  endInteraction,
  endLeg,
  enterState,
  leaveAsAgent,
  notifyChange,
} from "./legs.ts";
import {
  type SimOperations,
  type Refusal,
  type RequestBody,
  findTarget,
  missing,
  notNow,
  sharedOperations,
  textParameter,
  userDataCapabilities,
} from "./operations.ts";
import { offerTo } from "./router.ts";

/** Recorded, in this order: chat-accepted. */
const acceptedCapabilities = [
  "StopProcessing",
  ...userDataCapabilities,
  "PlaceInWorkbin",
  "SingleStepTransfer",
  "LeaveChat",
  "EndChatSession",
  "SingleStepConference",
  "RequestChatHistory",
  "Send",
];

function accept(leg: Leg, body: RequestBody): Refusal | undefined {
  const { interaction } = leg;
  const { clock, identifiers } = interaction.center;
  const nickName = textParameter(body, "nickname");
  if (nickName === undefined) return missing("nickname", "the name that the customer sees");
  leg.cancelOffer?.();
  leg.startDate = clock.now();
  leg.party = identifiers.party();
  addEvent(interaction, { messageType: "PARTY_JOINED", userId: leg.party, userType: "Agent", nickName });
  enterState(leg, "Accepted", acceptedCapabilities);
  return undefined;
}

function sendMessage({ interaction, party = "" }: Leg, body: RequestBody): Refusal | undefined {
  const text = textParameter(body, "text");
  if (text === undefined) return missing("text", "the message");
  addText(interaction, party, text);
  return undefined;
}

function sendNotification(
  { interaction, party = "" }: Leg,
  { noticeType }: RequestBody,
): Refusal | undefined {
  if (noticeType !== "TypingStarted" && noticeType !== "TypingStopped") {
    return missing("noticeType", "TypingStarted or TypingStopped");
  }
  addTyping(interaction, party, noticeType);
  return undefined;
}

function leaveChat(leg: Leg): undefined {
  const { interaction } = leg;
  leaveAsAgent(leg);
  finishLeg(leg, interaction.center.behaviour.afterLeaveChat);
  const staying = liveLegs(interaction);
  if (staying.length === 0) endInteraction(interaction, "Completed");
  else if (staying.every(({ state }) => state === "LeftChat") && interaction.chat !== undefined) {
    interaction.chat.customerPresent = false;
  }
}

function endChatSession({ interaction }: Leg): undefined {
  const { chat, center } = interaction;
  for (const leg of workingLegs(interaction)) leaveAsAgent(leg);
  if (chat?.customerPresent === true) {
    chat.customerPresent = false;
    addEvent(interaction, { messageType: "PARTY_LEFT", userId: chat.customer });
  }
  for (const leg of liveLegs(interaction)) {
    if (leg.state === "Invited") endLeg(leg, "Revoked");
    else if (leg.state !== "LeftChat") finishLeg(leg, center.behaviour.afterEndChatSession);
  }
  if (liveLegs(interaction).length === 0) endInteraction(interaction, "Completed");
}

/** Ends an agent's part in a chat, or leaves it to be wrapped up. */
function finishLeg(leg: Leg, after: "Completed" | "LeftChat" | "silence"): void {
  // Assumed: a chat that the agent has left can be described and finished, no longer spoken in.
  if (after === "LeftChat") enterState(leg, "LeftChat", ["StopProcessing", ...userDataCapabilities]);
  else endLeg(leg, after);
}

function requestChatHistory(leg: Leg): undefined {
  notifyChange([leg], "full");
}

function conference(leg: Leg, body: RequestBody): Refusal | undefined {
  const target = findTarget(leg, body);
  if ("statusCode" in target) return target;
  if ("queue" in target) return notNow("A conference needs an agent, not a queue.");
  offerTo(leg.interaction, target.agent);
  return undefined;
}

/** The operations of a chat, by `operationName`. */
export const chatOperations: SimOperations = {
  ...sharedOperations,
  Accept: { capability: "Accept", run: accept },
  SendMessage: { capability: "Send", run: sendMessage },
  Send: { capability: "Send", run: sendMessage },
  SendNotification: { capability: "Send", run: sendNotification },
  SendStartTypingNotification: {
    capability: "Send",
    run: (leg) => sendNotification(leg, { noticeType: "TypingStarted" }),
  },
  SendStopTypingNotification: {
    capability: "Send",
    run: (leg) => sendNotification(leg, { noticeType: "TypingStopped" }),
  },
  LeaveChat: { capability: "LeaveChat", run: leaveChat },
  EndChatSession: { capability: "EndChatSession", run: endChatSession },
  SingleStepConference: { capability: "SingleStepConference", run: conference },
  RequestChatHistory: { capability: "RequestChatHistory", run: requestChatHistory },
};
