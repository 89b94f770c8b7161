/**
 * The outcome of an interaction. A closed list.
 *
 * - `Revoked`: the server took the offer away after agent inactivity (recorded: email-revoked, chat-revoked).
 * - `Rejected`: the agent's Reject was passed on and the interaction left the agent.
 * - `Completed`: processing ended; `Transferred`, `PlacedInWorkbin`, `Left`: by the agent's operation of that kind.
 * - `Sent`, `Canceled`: how an outbound reply ends.
 * - `Gone`: the server's own list no longer has it, for an unknown reason.
 */
export type InteractionOutcome =
  | "Revoked"
  | "Rejected"
  | "Completed"
  | "Transferred"
  | "PlacedInWorkbin"
  | "Left"
  | "Sent"
  | "Canceled"
  | "Gone";

/**
 * The outcome of an operation. A closed list; every operation settles with exactly one of them.
 *
 * - `Done`: a notification, or the server's own list, confirmed it.
 * - `Refused`: the server refused it; `code` and `message` are the server's.
 * - `Revoked`: the interaction was revoked before the operation was confirmed.
 * - `Ended`: the interaction ended in another way before the operation was confirmed.
 * - `Superseded`: a later choice of readiness replaced it.
 * - `TimedOut`: not confirmed within its time, and the server's list did not show it either.
 * - `LinkLost`: the connection was lost and not recovered in time.
 * - `Stopped`: the desk was stopped first.
 * - `NotAllowed`: it could not be performed when it was called; nothing was sent. `reason` has the reason.
 */
export type OperationOutcomeName =
  | "Done"
  | "Refused"
  | "Revoked"
  | "Ended"
  | "Superseded"
  | "TimedOut"
  | "LinkLost"
  | "Stopped"
  | "NotAllowed";

/**
 * The reason why an operation cannot be performed now. A closed list, returned by `can()` in this order of precedence.
 *
 * - `not-known`: this operation does not exist for this channel on this kind of server.
 * - `ended`: the interaction has ended.
 * - `not-live`: the connection is not `Live`.
 * - `not-granted`: the server does not grant the capability now.
 * - `pending`: the same operation is pending.
 * - `excluded`: a pending operation excludes it.
 * - `already`: the channel is in that readiness already.
 * - `unsafe-id`: the id cannot be part of a request address.
 */
export type Unavailability =
  "not-known" | "ended" | "not-live" | "not-granted" | "pending" | "excluded" | "already" | "unsafe-id";

/** The value that an action's promise resolves with. The promise never rejects. */
export interface OperationOutcome {
  readonly operation: string;
  readonly outcome: OperationOutcomeName;
  /** The reason why it was not allowed; only with `NotAllowed`. */
  readonly reason?: Unavailability;
  /** The server's status code, when it gave one (PROTOCOL section 7: 1 … 20). */
  readonly code?: number;
  /** The server's own words, when it gave some. */
  readonly message?: string;
  /** The id of the interaction that the operation created; with a confirmed Reply or ReplyAll. */
  readonly interactionId?: string;
}
