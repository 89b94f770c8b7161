import type { ArgumentsOf, ParameterRule, ParameterRules } from "./parameters.ts";

const required = <const Kind extends ParameterRule["kind"]>(kind: Kind) =>
  ({ kind, presence: "required" }) as const;
const optional = <const Kind extends ParameterRule["kind"]>(kind: Kind) =>
  ({ kind, presence: "optional" }) as const;
const oneOf = <const Kind extends ParameterRule["kind"]>(kind: Kind) => ({ kind, presence: "one" }) as const;

/**
 * The operations of every server generation, by the portable name, with all parameters. Each line of a dialect lists the
 * parameters that it carries; an operation of only one generation is in its dialect.
 *
 * Names and parameters are those of the recorded 8.5.1 capabilities, with the 8.5.2 pages for what 8.5.1 leaves open.
 */
export const portableOperations = {
  /** `nickname` is the name that a chat customer sees. */
  Accept: { nickname: optional("name") },
  Reject: {},
  StopProcessing: {},
  SingleStepTransfer: { targetUri: oneOf("name"), queueName: oneOf("name") },
  SingleStepConference: { targetUri: required("name") },
  PlaceInWorkbin: { workbinId: required("name") },
  AttachUserData: { userData: required("entries") },
  UpdateUserData: { userData: required("entries") },
  DeleteUserData: { keys: required("names") },
  /** Without `queueName` the first of the interaction's `outQueues` is used. */
  Reply: { queueName: optional("name") },
  ReplyAll: { queueName: optional("name") },
  /** `text` is plain text. Addresses and subject stay as the server made them unless given. */
  Send: {
    text: required("text"),
    subject: optional("text"),
    to: optional("name"),
    cc: optional("name"),
    bcc: optional("name"),
    queueName: optional("name"),
  },
  /** Discards an outbound reply. */
  Cancel: {},
  /** Shows the other parties that the agent types or stopped typing. */
  SendNotification: { noticeType: required(["TypingStarted", "TypingStopped"]) },
  LeaveChat: {},
  EndChatSession: {},
  RequestChatHistory: {},
  /** Of a channel. */
  Ready: {},
  /** Of a channel. `reason` is one of the server's agent states, such as `OutToLunch`. */
  NotReady: { reason: optional("name") },
} as const satisfies Readonly<Record<string, ParameterRules>>;

/** The portable operations with their parameters. */
export type PortableOperations = typeof portableOperations;

/** Operation names to the parameter lists of their actions. */
export type Operations = { readonly [operation: string]: readonly unknown[] };

/** The actions' parameter lists of the lines of a dialect's table. */
export type OperationsOf<Lines> = {
  readonly [Operation in keyof Lines]: ArgumentsOf<ParametersOfLine<Operation, Lines[Operation]>>;
};

type ParametersOfLine<Operation, Line> = Line extends { readonly parameters: infer Own }
  ? Own
  : Operation extends keyof PortableOperations
    ? Line extends { readonly takes: readonly (infer Taken)[] }
      ? Pick<PortableOperations[Operation], Taken & keyof PortableOperations[Operation]>
      : PortableOperations[Operation]
    : Readonly<Record<never, ParameterRule>>;
