import type { InteractionOutcome } from "deskstate";
import type { Race } from "./race.ts";

/** A race, with what it must come to. */
export interface Contest extends Race {
  /** The outcome of an interaction that it ends; `null` when it ends none. */
  readonly endsAs: InteractionOutcome | null;
  /** The state that shows it was done although the interaction lives. */
  readonly doneIn: string | null;
}

/** The operations that decide what becomes of an interaction, each on a channel and in a state in which it is granted. */
export const contests: readonly Contest[] = [
  {
    operation: "Accept",
    channel: "chat",
    parameters: { nickname: "Ana" },
    from: "Invited",
    says: ["Accepted", "Revoked"],
    endsAs: null,
    doneIn: "Accepted",
  },
  {
    operation: "Reject",
    channel: "email",
    from: "Invited",
    says: ["Accepted", "Revoked"],
    endsAs: "Rejected",
    doneIn: null,
  },
  {
    operation: "StopProcessing",
    channel: "email",
    from: "Accepted",
    says: ["Completed", "Revoked"],
    endsAs: "Completed",
    doneIn: null,
  },
  {
    operation: "SingleStepTransfer",
    channel: "chat",
    parameters: { queueName: "Complaints" },
    from: "Accepted",
    says: ["Completed", "Revoked"],
    endsAs: "Transferred",
    doneIn: null,
  },
  {
    operation: "LeaveChat",
    channel: "chat",
    from: "Accepted",
    says: ["LeftChat", "Revoked"],
    endsAs: "Left",
    doneIn: "Left",
  },
  {
    operation: "Send",
    channel: "email",
    parameters: { text: "It is on its way." },
    from: "Composing",
    says: ["Sent", "Revoked"],
    endsAs: "Sent",
    doneIn: null,
  },
];
