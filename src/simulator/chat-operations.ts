import { acceptedCapabilities, leftChatCapabilities } from "./capabilities.ts";
import { type TypingNotice, liveLegs, workingLegs } from "./interaction.ts";
import { endInteraction, endLeg, enterState, notifyChangeTo } from "./legs.ts";
import {
  type Operation,
  type OperationCall,
  type Refusal,
  missing,
  notNow,
  textParameter,
} from "./operation.ts";
import { offerTo } from "./router.ts";
import { sharedOperations } from "./shared-operations.ts";
import { addJoined, addLeft, addText, addTyping, leaveAsAgent } from "./transcript.ts";
import { findTarget } from "./transfer-target.ts";

function accept({ center, leg, body }: OperationCall): Refusal | undefined {
  const nickName = textParameter(body, "nickname");
  if (nickName === undefined) return missing("nickname", "the name that the customer sees");
  leg.cancelOffer?.();
  leg.startDate = center.clock.now();
  leg.party = center.identifiers.party();
  addJoined(center, leg.interaction, { userId: leg.party, userType: "Agent", nickName });
  enterState(center, leg, "Accepted", acceptedCapabilities.chat);
  return undefined;
}

function sendMessage({ center, leg, body }: OperationCall): Refusal | undefined {
  const text = textParameter(body, "text");
  if (text === undefined) return missing("text", "what to say");
  addText(center, leg.interaction, leg.party ?? "", text);
  return undefined;
}

function sendNotification({ center, leg, body }: OperationCall): Refusal | undefined {
  const { noticeType } = body;
  if (noticeType !== "TypingStarted" && noticeType !== "TypingStopped") {
    return missing("noticeType", "TypingStarted or TypingStopped");
  }
  addTyping(center, leg.interaction, leg.party ?? "", noticeType);
  return undefined;
}

function typing(noticeType: TypingNotice): (call: OperationCall) => Refusal | undefined {
  return (call) => sendNotification({ ...call, body: { noticeType } });
}

function leaveChat({ center, leg }: OperationCall): undefined {
  const { interaction } = leg;
  leaveAsAgent(center, leg);
  finishLeg({ center, leg }, center.behaviour.afterLeaveChat);
  const staying = liveLegs(interaction);
  if (staying.length === 0) endInteraction(center, interaction, "Completed");
  else if (staying.every(({ state }) => state === "LeftChat") && interaction.chat !== undefined) {
    interaction.chat.customerPresent = false;
  }
}

function endChatSession({ center, leg }: OperationCall): undefined {
  const { interaction } = leg;
  const { chat } = interaction;
  for (const other of workingLegs(interaction)) leaveAsAgent(center, other);
  if (chat?.customerPresent === true) {
    chat.customerPresent = false;
    addLeft(center, interaction, chat.customer);
  }
  for (const other of liveLegs(interaction)) {
    if (other.state === "Invited") endLeg(center, other, "Revoked");
    else if (other.state !== "LeftChat")
      finishLeg({ center, leg: other }, center.behaviour.afterEndChatSession);
  }
  if (liveLegs(interaction).length === 0) endInteraction(center, interaction, "Completed");
}

/** Ends an agent's part in a chat, or leaves it to be wrapped up. */
function finishLeg(
  { center, leg }: Omit<OperationCall, "body">,
  after: "Completed" | "LeftChat" | "silence",
): void {
  if (after === "LeftChat") enterState(center, leg, "LeftChat", leftChatCapabilities);
  else endLeg(center, leg, after);
}

function conference({ center, leg, body }: OperationCall): Refusal | undefined {
  const target = findTarget(center, leg, body);
  if ("refusal" in target) return target.refusal;
  if ("queue" in target) return notNow("A conference needs an agent, not a queue.");
  offerTo(center, leg.interaction, target.agent);
  return undefined;
}

function requestChatHistory({ center, leg }: OperationCall): undefined {
  notifyChangeTo(center, leg, "full");
}

/** The operations of a chat, by `operationName`. */
export const chatOperations: ReadonlyMap<string, Operation> = new Map([
  ...sharedOperations,
  ["Accept", { capability: "Accept", run: accept }],
  ["SendMessage", { capability: "Send", run: sendMessage }],
  ["Send", { capability: "Send", run: sendMessage }],
  ["SendNotification", { capability: "Send", run: sendNotification }],
  ["SendStartTypingNotification", { capability: "Send", run: typing("TypingStarted") }],
  ["SendStopTypingNotification", { capability: "Send", run: typing("TypingStopped") }],
  ["LeaveChat", { capability: "LeaveChat", run: leaveChat }],
  ["EndChatSession", { capability: "EndChatSession", run: endChatSession }],
  ["SingleStepConference", { capability: "SingleStepConference", run: conference }],
  ["RequestChatHistory", { capability: "RequestChatHistory", run: requestChatHistory }],
]);
