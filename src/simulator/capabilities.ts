import type { ChannelName } from "./accounts.ts";

const userData = ["UpdateUserData", "AttachUserData", "DeleteUserData"];

/** Recorded: email-invited, chat-invited. */
export const invitedCapabilities: readonly string[] = ["Accept", "Reject"];

/** Recorded, in this order: email-accepted, chat-accepted. */
export const acceptedCapabilities: Readonly<Record<ChannelName, readonly string[]>> = {
  email: ["StopProcessing", ...userData, "PlaceInWorkbin", "SingleStepTransfer", "Reply", "ReplyAll"],
  chat: [
    "StopProcessing",
    ...userData,
    "PlaceInWorkbin",
    "SingleStepTransfer",
    "LeaveChat",
    "EndChatSession",
    "SingleStepConference",
    "RequestChatHistory",
    "Send",
  ],
};

/** Assumed: what an outbound reply needs, out of the list that later servers give. */
export const composingCapabilities: readonly string[] = ["Send", "Cancel", ...userData];

/** Assumed: a chat that the agent has left can be described and finished, no longer spoken in. */
export const leftChatCapabilities: readonly string[] = ["StopProcessing", ...userData];
