import type { OperationRule, OperationRules, OperationTable } from "../../domain/operation.ts";
import type { ParameterRule, ParameterRules } from "../../domain/parameters.ts";

/*
 * What can be asked of an 8.5.1 server. Capabilities are those that the recorded email-accepted and chat-accepted
 * grant. A capability is not always the operationName (PROTOCOL 2.6). `assumed` marks what the documents leave open.
 */

const required = (kind: ParameterRule["kind"]): ParameterRule => ({ kind, presence: "required" });
const optional = (kind: ParameterRule["kind"]): ParameterRule => ({ kind, presence: "optional" });
const oneOf = (kind: ParameterRule["kind"]): ParameterRule => ({ kind, presence: "one" });

/** Most lines are like this one, apart from what they name. */
function rule(
  operation: string,
  line: Partial<OperationRule> & Pick<OperationRule, "confirmedBy">,
): OperationRule {
  return {
    operation,
    capability: operation,
    operationName: operation,
    parameters: {},
    endsAs: null,
    excludes: [],
    supersedes: [],
    isRepeatable: false,
    ...line,
  };
}

const userData: ParameterRules = { userData: required("entries") };
const target: ParameterRules = { targetUri: oneOf("name"), queueName: oneOf("name") };
const reply: ParameterRules = { queueName: optional("name") };
const namesFromEmail = "Parameter names are those of the 8.5.2 page; none is printed for 8.5.1.";
const endingAssumed = "The state that follows is not documented: any end of the interaction confirms it.";

const shared: readonly OperationRule[] = [
  rule("Accept", {
    parameters: { nickname: optional("name") },
    confirmedBy: "Accepted",
    excludes: ["Reject"],
  }),
  rule("Reject", { confirmedBy: "ending", endsAs: "Rejected", excludes: "all", assumed: endingAssumed }),
  rule("SingleStepTransfer", {
    operationName: "Transfer",
    parameters: target,
    confirmedBy: "ending",
    endsAs: "Transferred",
    excludes: "all",
    assumed: `${namesFromEmail} ${endingAssumed}`,
  }),
  rule("PlaceInWorkbin", {
    parameters: { workbinId: required("name") },
    confirmedBy: "ending",
    endsAs: "PlacedInWorkbin",
    excludes: "all",
    assumed: `No 8.5.1 page was seen; operationName and parameter are guesses. ${endingAssumed}`,
  }),
  rule("AttachUserData", {
    parameters: userData,
    confirmedBy: "user-data",
    isRepeatable: true,
    assumed: namesFromEmail,
  }),
  rule("UpdateUserData", {
    parameters: userData,
    confirmedBy: "user-data",
    isRepeatable: true,
    assumed: namesFromEmail,
  }),
  rule("DeleteUserData", {
    parameters: { keys: required("names") },
    confirmedBy: "user-data",
    isRepeatable: true,
    assumed: namesFromEmail,
  }),
];

const email: readonly OperationRule[] = [
  ...shared,
  rule("StopProcessing", {
    operationName: "Complete",
    confirmedBy: "ending",
    endsAs: "Completed",
    excludes: "all",
    assumed: `The 8.5.1 email page names Complete, the 8.5.0 general page StopProcessing. ${endingAssumed}`,
  }),
  rule("Reply", {
    parameters: reply,
    confirmedBy: "reply",
    excludes: ["ReplyAll"],
    assumed: `That a message follows is documented, its state is not; assumed Composing. ${namesFromEmail}`,
  }),
  rule("ReplyAll", {
    parameters: reply,
    confirmedBy: "reply",
    excludes: ["Reply"],
    assumed: `As Reply. ${namesFromEmail}`,
  }),
  rule("Send", {
    parameters: {
      text: required("text"),
      subject: optional("text"),
      to: optional("name"),
      cc: optional("name"),
      bcc: optional("name"),
      queueName: optional("name"),
    },
    confirmedBy: "ending",
    endsAs: "Sent",
    excludes: "all",
    assumed: `Capability, parameters and end state as in 8.5.2. ${namesFromEmail}`,
  }),
  rule("Cancel", {
    confirmedBy: "ending",
    endsAs: "Canceled",
    excludes: "all",
    assumed: "Capability and end state as in 8.5.2.",
  }),
];

const chat: readonly OperationRule[] = [
  ...shared,
  rule("StopProcessing", {
    confirmedBy: "ending",
    endsAs: "Completed",
    excludes: "all",
    assumed: endingAssumed,
  }),
  rule("Send", {
    operationName: "SendMessage",
    parameters: { text: required("text") },
    confirmedBy: "echo",
    assumed: "The event of a text message is not recorded; assumed MESSAGE with text.",
  }),
  rule("SendNotification", {
    capability: "Send",
    parameters: { noticeType: required(["TypingStarted", "TypingStopped"]) },
    confirmedBy: "answer",
    isRepeatable: true,
    assumed: "The parameter is not documented; named as in the recorded NOTICE events.",
  }),
  rule("LeaveChat", {
    confirmedBy: "withdrawn",
    endsAs: "Left",
    excludes: "all",
    assumed:
      "No page was seen. Either the chat ends or, as in 8.5.2, it stays to be finished without LeaveChat.",
  }),
  rule("EndChatSession", {
    confirmedBy: "withdrawn",
    endsAs: "Completed",
    excludes: "all",
    assumed: "No page was seen. As LeaveChat, for all parties.",
  }),
  rule("SingleStepConference", {
    parameters: { targetUri: required("name") },
    confirmedBy: "party",
    assumed: "No page was seen; the parameter is named as in the 8.5.2 Invite.",
  }),
  rule("RequestChatHistory", { confirmedBy: "transcript", isRepeatable: true }),
];

const channel: readonly OperationRule[] = [
  rule("Ready", {
    capability: null,
    confirmedBy: "Ready",
    supersedes: ["NotReady"],
    isRepeatable: true,
  }),
  rule("NotReady", {
    capability: null,
    // The reason becomes the operationName, and must not be another operation's.
    parameters: { reason: { ...optional("name"), not: ["Ready", "DoNotDisturbOn", "DoNotDisturbOff"] } },
    confirmedBy: "NotReady",
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
