import type { OperationRule, OperationRules, OperationTable } from "../../domain/operation.ts";
import type { InteractionOutcome } from "../../domain/outcome.ts";
import type { ParameterRule, ParameterRules } from "../../domain/parameters.ts";

/*
 * What can be asked of an 8.5.1 server. Capabilities are those that the recorded email-accepted and chat-accepted
 * grant. A capability is not always the operationName (PROTOCOL 2.6). What the documents leave open is in `assumptions`.
 */

const as =
  (presence: ParameterRule["presence"]) =>
  (kind: ParameterRule["kind"]): ParameterRule => ({ kind, presence });
const [required, optional, oneOf] = [as("required"), as("optional"), as("one")];

/** Most lines are like this one, apart from what they name. */
function rule(
  operation: string,
  confirmedBy: OperationRule["confirmedBy"],
  line: Partial<OperationRule> = {},
): OperationRule {
  return {
    operation,
    capability: operation,
    operationName: operation,
    parameters: {},
    confirmedBy,
    endsAs: null,
    excludes: [],
    supersedes: [],
    isRepeatable: false,
    ...line,
  };
}

/** What ends an interaction, and therefore excludes everything else. */
function ending(
  operation: string,
  endsAs: InteractionOutcome,
  line: Partial<OperationRule> = {},
): OperationRule {
  return rule(operation, "ending", { endsAs, excludes: "all", ...line });
}

function userData(operation: string, parameters: ParameterRules): OperationRule {
  return rule(operation, "user-data", { parameters, isRepeatable: true });
}

const entries: ParameterRules = { userData: required("entries") };
const reply: ParameterRules = { queueName: optional("name") };

const shared: readonly OperationRule[] = [
  rule("Accept", "Accepted", { parameters: { nickname: optional("name") }, excludes: ["Reject"] }),
  ending("Reject", "Rejected"),
  ending("SingleStepTransfer", "Transferred", {
    operationName: "Transfer",
    parameters: { targetUri: oneOf("name"), queueName: oneOf("name") },
  }),
  ending("PlaceInWorkbin", "PlacedInWorkbin", { parameters: { workbinId: required("name") } }),
  userData("AttachUserData", entries),
  userData("UpdateUserData", entries),
  userData("DeleteUserData", { keys: required("names") }),
];

const email: readonly OperationRule[] = [
  ...shared,
  ending("StopProcessing", "Completed", { operationName: "Complete" }),
  rule("Reply", "reply", { parameters: reply, excludes: ["ReplyAll"] }),
  rule("ReplyAll", "reply", { parameters: reply, excludes: ["Reply"] }),
  ending("Send", "Sent", {
    parameters: {
      text: required("text"),
      subject: optional("text"),
      to: optional("name"),
      cc: optional("name"),
      bcc: optional("name"),
      queueName: optional("name"),
    },
  }),
  ending("Cancel", "Canceled"),
];

const chat: readonly OperationRule[] = [
  ...shared,
  ending("StopProcessing", "Completed"),
  rule("Send", "echo", { operationName: "SendMessage", parameters: { text: required("text") } }),
  rule("SendNotification", "answer", {
    capability: "Send",
    parameters: { noticeType: required(["TypingStarted", "TypingStopped"]) },
    isRepeatable: true,
  }),
  ending("LeaveChat", "Left", { confirmedBy: "withdrawn" }),
  ending("EndChatSession", "Completed", { confirmedBy: "withdrawn" }),
  rule("SingleStepConference", "party", { parameters: { targetUri: required("name") } }),
  rule("RequestChatHistory", "transcript", { isRepeatable: true }),
];

const channel: readonly OperationRule[] = [
  rule("Ready", "Ready", { capability: null, supersedes: ["NotReady"], isRepeatable: true }),
  rule("NotReady", "NotReady", {
    capability: null,
    // The reason becomes the operationName, and must not be another operation's.
    parameters: { reason: { ...optional("name"), not: ["Ready", "DoNotDisturbOn", "DoNotDisturbOff"] } },
    supersedes: ["Ready", "NotReady"],
    isRepeatable: true,
  }),
];

function table(rules: readonly OperationRule[]): OperationTable {
  return new Map(rules.map((line) => [line.operation, line]));
}

/** The operations of 8.5.1 by channel. */
export const rules: OperationRules = {
  interaction: new Map([
    ["email", table(email)],
    ["chat", table(chat)],
  ]),
  channel: table(channel),
};
