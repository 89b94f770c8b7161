import {
  createOperationTable,
  type Confirmation,
  type OperationRules,
  type PortableLines,
} from "../../domain/operation.ts";
import type { OperationsOf } from "../../domain/portable-operations.ts";
import type { chat as chatKind } from "../../kinds/chat/index.ts";
import type { email as emailKind } from "../../kinds/email/index.ts";
import type { EvidenceOf } from "../../kinds/kind.ts";

/*
 * The operations of an 8.5.1 server. Capabilities are those that the recorded email-accepted and chat-accepted
 * grant. A capability is not always the operationName (PROTOCOL 2.6). What the documents leave open is in `assumptions`.
 */

const ending = { by: "ending" } as const satisfies Confirmation;
const withdrawal = { by: "withdrawal" } as const satisfies Confirmation;
const creation = { by: "creation" } as const satisfies Confirmation;
const userData = { by: "data", shows: "user-data" } as const satisfies Confirmation;

const shared = {
  Accept: { confirmedBy: { by: "state", state: "Accepted" }, excludes: ["Reject"] },
  Reject: { confirmedBy: ending, endsAs: "Rejected", excludes: "all" },
  SingleStepTransfer: {
    confirmedBy: ending,
    operationName: "Transfer",
    endsAs: "Transferred",
    excludes: "all",
  },
  PlaceInWorkbin: { confirmedBy: ending, endsAs: "PlacedInWorkbin", excludes: "all" },
  AttachUserData: { confirmedBy: userData, isRepeatable: true },
  UpdateUserData: { confirmedBy: userData, isRepeatable: true },
  DeleteUserData: { confirmedBy: userData, isRepeatable: true },
} as const satisfies PortableLines<EvidenceOf<typeof chatKind> & EvidenceOf<typeof emailKind>>;

const email = {
  ...shared,
  StopProcessing: {
    confirmedBy: ending,
    operationName: "Complete",
    endsAs: "Completed",
    excludes: "all",
  },
  Reply: { confirmedBy: creation, excludes: ["ReplyAll"] },
  ReplyAll: { confirmedBy: creation, excludes: ["Reply"] },
  Send: { confirmedBy: ending, endsAs: "Sent", excludes: "all" },
  Cancel: { confirmedBy: ending, endsAs: "Canceled", excludes: "all" },
} as const satisfies PortableLines<EvidenceOf<typeof emailKind>>;

const chat = {
  ...shared,
  StopProcessing: { confirmedBy: ending, endsAs: "Completed", excludes: "all" },
  Send: { confirmedBy: { by: "data", shows: "echo" }, operationName: "SendMessage", takes: ["text"] },
  SendNotification: { confirmedBy: { by: "answer" }, capability: "Send", isRepeatable: true },
  LeaveChat: { confirmedBy: withdrawal, endsAs: "Left", excludes: "all" },
  EndChatSession: { confirmedBy: withdrawal, endsAs: "Completed", excludes: "all" },
  SingleStepConference: { confirmedBy: { by: "data", shows: "party" } },
  RequestChatHistory: { confirmedBy: { by: "data", shows: "transcript" }, isRepeatable: true },
} as const satisfies PortableLines<EvidenceOf<typeof chatKind>>;

const channel = {
  Ready: {
    confirmedBy: { by: "state", state: "Ready" },
    capability: null,
    supersedes: ["NotReady"],
    isRepeatable: true,
  },
  NotReady: {
    confirmedBy: { by: "state", state: "NotReady" },
    capability: null,
    // The reason becomes the operationName, and must not be another operation's.
    not: { reason: ["Ready", "DoNotDisturbOn", "DoNotDisturbOff"] },
    supersedes: ["Ready", "NotReady"],
    isRepeatable: true,
  },
} as const satisfies PortableLines;

/** The operations of an 8.5.1 server, as types. */
export interface Gws851Operations {
  readonly channel: OperationsOf<typeof channel>;
  readonly interaction: {
    readonly email: OperationsOf<typeof email>;
    readonly chat: OperationsOf<typeof chat>;
  };
}

/** The operations of 8.5.1 by kind of interaction. */
export const rules: OperationRules = {
  interaction: new Map([
    ["email", createOperationTable(email)],
    ["chat", createOperationTable(chat)],
  ]),
  channel: createOperationTable(channel),
};
