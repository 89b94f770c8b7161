import type { ChannelEvent, ConnectionFact, InteractionEvent } from "deskstate/machines";

/*
 * One of each fact that a chart can receive. The compiler refuses these tables when a fact is added to the unions
 * and not here, so that the tests of the charts cannot overlook it.
 */

const operationFacts = {
  OperationSent: {
    type: "OperationSent",
    key: 1,
    operation: "StopProcessing",
    confirmedBy: { by: "ending" },
    endsAs: "Completed",
    supersedes: [],
  },
  OperationAcknowledged: { type: "OperationAcknowledged", key: 1 },
  OperationRefused: { type: "OperationRefused", key: 1 },
  OperationUnanswered: { type: "OperationUnanswered", key: 1 },
  OperationConfirmed: { type: "OperationConfirmed", key: 1 },
  OperationExpired: { type: "OperationExpired", key: 1, outcome: "TimedOut" },
} as const;

export const interactionFacts = {
  Invited: { type: "Invited", capabilities: ["Accept", "Reject"] },
  Accepted: { type: "Accepted", capabilities: ["StopProcessing"] },
  Composing: { type: "Composing", capabilities: ["Send", "Cancel"] },
  Left: { type: "Left", capabilities: ["StopProcessing"] },
  PropertiesChanged: { type: "PropertiesChanged", capabilities: [] },
  StateUnknown: { type: "StateUnknown", capabilities: ["StopProcessing"] },
  Revoked: { type: "Revoked", capabilities: [] },
  Completed: { type: "Completed", capabilities: [] },
  Sent: { type: "Sent", capabilities: [] },
  Canceled: { type: "Canceled", capabilities: [] },
  Missing: { type: "Missing", capabilities: [] },
  ...operationFacts,
} as const satisfies Record<InteractionEvent["type"], InteractionEvent>;

export const channelFacts = {
  Ready: { type: "Ready", reason: null, doNotDisturb: false },
  NotReady: { type: "NotReady", reason: "OutToLunch" },
  StateUnknown: { type: "StateUnknown", reason: null },
  PropertiesChanged: { type: "PropertiesChanged", reason: null, doNotDisturb: true },
  ...operationFacts,
} as const satisfies Record<ChannelEvent["type"], ChannelEvent>;

export const connectionFacts = {
  Start: { type: "Start" },
  Connected: { type: "Connected", isAcknowledging: true },
  CaughtUp: { type: "CaughtUp" },
  Lost: { type: "Lost", lossReason: "network" },
  Stop: { type: "Stop", reason: "stop" },
} as const satisfies Record<ConnectionFact["type"], ConnectionFact>;
