import type { UserDataValue } from "./user-data.ts";

/**
 * Which operations there are on each channel, and what each takes: the operation's name to the parameters of its
 * action. A dialect with other operations brings a vocabulary of its own; the desk's types follow.
 */
export interface Vocabulary {
  readonly email: Operations;
  readonly chat: Operations;
  readonly channel: Operations;
}

/** Operation names to parameter lists. */
export type Operations = { readonly [operation: string]: readonly unknown[] };

/** The operations of the recorded capabilities (8.5.1); what a desk has unless its link says otherwise. */
export interface StandardVocabulary extends Vocabulary {
  readonly email: EmailOperations;
  readonly chat: ChatOperations;
  readonly channel: ChannelOperations;
}

/** What can be performed on a channel. */
export type ChannelOperations = {
  readonly Ready: [];
  readonly NotReady: [parameters?: { reason?: string }];
};

/** What can be performed on an email, or on the outbound reply to one. */
export type EmailOperations = SharedOperations & {
  readonly Reply: [parameters?: ReplyParameters];
  readonly ReplyAll: [parameters?: ReplyParameters];
  /** Sends an outbound reply. */
  readonly Send: [parameters: SendEmailParameters];
  /** Discards an outbound reply. */
  readonly Cancel: [];
};

/** What can be performed on a chat. */
export type ChatOperations = SharedOperations & {
  readonly Send: [parameters: { text: string }];
  /** Tells the other parties that the agent types or stopped typing. */
  readonly SendNotification: [parameters: { noticeType: "TypingStarted" | "TypingStopped" }];
  readonly LeaveChat: [];
  readonly EndChatSession: [];
  readonly SingleStepConference: [parameters: { targetUri: string }];
  readonly RequestChatHistory: [];
};

/** What emails and chats have in common. */
export type SharedOperations = {
  /** `nickname` is the name that a chat customer sees; an email ignores it. */
  readonly Accept: [parameters?: { nickname?: string }];
  readonly Reject: [];
  readonly StopProcessing: [];
  readonly SingleStepTransfer: [parameters: { targetUri: string } | { queueName: string }];
  readonly PlaceInWorkbin: [parameters: { workbinId: string }];
  readonly AttachUserData: [parameters: { userData: Readonly<Record<string, UserDataValue>> }];
  readonly UpdateUserData: [parameters: { userData: Readonly<Record<string, UserDataValue>> }];
  readonly DeleteUserData: [parameters: { keys: readonly string[] }];
};

/** How a reply begins. Without `queueName` the first of the email's `outQueues` is used. */
export interface ReplyParameters {
  queueName?: string;
}

/** What an outbound reply says. Addresses and subject stay as the server made them unless given. */
export interface SendEmailParameters {
  /** Plain text. */
  text: string;
  subject?: string;
  to?: string;
  cc?: string;
  bcc?: string;
  queueName?: string;
}
