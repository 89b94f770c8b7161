import type { DeskText } from "./desk-text.ts";

/*
 * One constant for each closed union, so that a bundler keeps only the tables that a page uses.
 */

export const connectionStates: DeskText["connectionStates"] = {
  Offline: "Offline",
  Connecting: "Connecting",
  CatchingUp: "Catching up",
  Live: "Live",
  Recovering: "Recovering",
  Stopped: "Stopped",
};

export const connectionDetails: DeskText["connectionDetails"] = {
  Offline: "",
  Connecting: "signing in and subscribing",
  CatchingUp: "reading the server's list; what is shown may be old",
  Live: "what is shown is what the server reports",
  Recovering: "what is shown may be old",
  Stopped: "",
};

export const lossReasons: DeskText["lossReasons"] = {
  network: "the server cannot be reached",
  timeout: "the server does not answer in time",
  "server-error": "the server has an error",
  "unexpected-content": "the server sends unexpected content",
  "session-lost": "the server has dropped the session",
  silence: "the connection went silent",
  subscription: "the server did not confirm the subscriptions",
  authentication: "the credentials are not available",
};

export const reconnecting: DeskText["reconnecting"] = (reason, failures) =>
  `${reason}, trying again${failures > 1 ? ` (${failures})` : ""}`;

export const stopReasons: DeskText["stopReasons"] = {
  stop: "the desk was stopped",
  "authentication-failed": "the server refused the user name or the password",
  "connection-refused": "the server refuses this client",
};

export const channelStates: DeskText["channelStates"] = {
  Unknown: "Unknown",
  Ready: "Ready",
  NotReady: "Not ready",
};

export const interactionStates: DeskText["interactionStates"] = {
  Unknown: "Unknown",
  Invited: "Invited",
  Accepted: "Accepted",
  Composing: "Composing",
  Left: "Left",
  Revoked: "Revoked",
  Completed: "Completed",
  Sent: "Sent",
  Canceled: "Canceled",
  Gone: "Gone",
};

export const interactionOutcomes: DeskText["interactionOutcomes"] = {
  Revoked: "revoked: the server took it away",
  Rejected: "rejected",
  Completed: "completed",
  Transferred: "transferred",
  PlacedInWorkbin: "placed in a workbin",
  Left: "left",
  Sent: "sent",
  Canceled: "canceled",
  Gone: "gone: the server no longer lists it",
};

export const operations: DeskText["operations"] = {
  Ready: "Ready",
  NotReady: "Not ready",
  Accept: "Accept",
  Reject: "Reject",
  StopProcessing: "Stop processing",
  SingleStepTransfer: "Single step transfer",
  PlaceInWorkbin: "Place in workbin",
  AttachUserData: "Attach user data",
  UpdateUserData: "Update user data",
  DeleteUserData: "Delete user data",
  Reply: "Reply",
  ReplyAll: "Reply all",
  Send: "Send",
  Cancel: "Cancel",
  SendNotification: "Send notification",
  LeaveChat: "Leave chat",
  EndChatSession: "End chat session",
  SingleStepConference: "Single step conference",
  RequestChatHistory: "Request chat history",
};

export const operationOutcomes: DeskText["operationOutcomes"] = {
  Done: "done",
  Refused: "refused by the server",
  Revoked: "too late, the server took it away first",
  Ended: "too late, it ended first",
  Superseded: "replaced by a later choice",
  TimedOut: "not confirmed in time",
  LinkLost: "not known, the connection was lost",
  Stopped: "the desk was stopped first",
  NotAllowed: "not possible",
};

export const statusCode: DeskText["statusCode"] = (code) => `code ${code}`;

export const unavailabilities: DeskText["unavailabilities"] = {
  "not-known": "this server has no such operation",
  ended: "it has ended",
  "not-live": "the desk is not live",
  "not-granted": "the server does not grant it now",
  pending: "it is pending",
  excluded: "another operation is pending",
  already: "the channel is already in that state",
  "unsafe-id": "its id cannot be part of an address",
};

export const anomalyCodes: DeskText["anomalyCodes"] = {
  "not-a-message": "not a message",
  "unknown-topic": "a message on an unknown topic",
  "unknown-message": "a message of an unknown form",
  "missing-field": "a missing field",
  "bad-field": "an invalid field",
  "unsafe-id": "an id that cannot be part of an address",
  "unknown-state": "an unknown state",
  "unknown-capability": "an unknown capability",
  "unknown-channel": "an unknown channel",
  "channel-mismatch": "a message of another channel",
  "too-large": "a message that is too large",
  "server-error": "an error that the server reported",
  "late-fact": "a message about an interaction that has ended",
  "unexpected-state": "an unexpected state",
  reoffered: "an interaction that was offered again after it ended",
  "unexpected-content": "an answer with unexpected content",
  "bad-advice": "invalid advice on reconnecting",
  "not-acknowledging": "a server that does not acknowledge messages",
  "read-failed": "a list that could not be read",
  "session-renewed": "a session that had to be renewed",
  "no-contact-center-session": "a missing contact center session",
  watchdog: "a silent connection that was restarted",
  "listener-failed": "a listener that threw an error",
  "kind-failed": "a kind of interaction that threw an error",
};

export const errorCodes: DeskText["errorCodes"] = {
  "invalid-arguments": "the arguments are invalid",
  "invalid-options": "the options are invalid",
  "insecure-url": "plain http to another machine is not allowed",
  "authentication-failed": "the server refused the user name or the password",
  "connection-refused": "the server refuses this client",
  stopped: "the desk was stopped while it was starting",
  "no-such-interaction": "the desk does not have this interaction",
  "no-provider": "no desk is provided here",
};

export const interactionTitles: DeskText["interactionTitles"] = {
  to: (address) => `to ${address}`,
  unknown: "?",
};

export const transcriptEvents: DeskText["transcriptEvents"] = {
  joined: (party) => `* ${party} joined`,
  left: (party) => `* ${party} left`,
  typing: (party) => `* ${party} is typing`,
  other: (party, event) => `* ${party}: ${event}`,
  unknown: "unknown",
};
