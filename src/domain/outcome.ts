/**
 * How an interaction ended. A closed list.
 *
 * - `Revoked`: the server took the offer away after agent inactivity (recorded: email-revoked, chat-revoked).
 * - `Rejected`: the agent's Reject was passed on and the interaction left the agent.
 * - `Completed`: processing ended; `Transferred`, `PlacedInWorkbin`, `Left`: by the agent's operation of that kind.
 * - `Sent`, `Canceled`: how an outbound reply ends.
 * - `Gone`: the server's own list no longer has it and nothing told why.
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
 * How an operation ended. A closed list; every operation settles with exactly one of them.
 *
 * - `Done`: a notification, or the server's own list, confirmed it.
 * - `Refused`: the server said no; `code` and `message` are the server's.
 * - `Revoked`: the interaction was revoked before the operation was confirmed.
 * - `Ended`: the interaction ended in another way before the operation was confirmed.
 * - `Superseded`: a later choice of readiness took its place.
 * - `TimedOut`: not confirmed within its time, and the server's list did not show it either.
 * - `LinkLost`: the connection was lost and did not come back in time to tell.
 * - `Stopped`: the desk was stopped first.
 * - `NotAllowed`: it could not be performed when it was called; nothing was sent. `reason` says why.
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
 * Why an operation cannot be performed now. A closed list, given by `can()` in this order of precedence.
 *
 * - `not-known`: this operation does not exist for this channel on this kind of server.
 * - `ended`: the interaction has ended.
 * - `not-live`: the connection is not `Live`.
 * - `not-granted`: the server does not grant the capability now.
 * - `pending`: the same operation is under way.
 * - `excluded`: another operation that excludes it is under way.
 * - `already`: the channel is in that readiness already.
 * - `unsafe-id`: the id cannot be part of a request address.
 */
export type Unavailability =
  "not-known" | "ended" | "not-live" | "not-granted" | "pending" | "excluded" | "already" | "unsafe-id";

/** What an action's promise resolves to. It never rejects. */
export interface OperationOutcome {
  readonly operation: string;
  readonly outcome: OperationOutcomeName;
  /** Why it was not allowed; only with `NotAllowed`. */
  readonly reason?: Unavailability;
  /** The server's status code, when it gave one (PROTOCOL section 7: 1 … 20). */
  readonly code?: number;
  /** The server's own words, when it gave some. */
  readonly message?: string;
  /** The id of the interaction that the operation created; with a confirmed Reply or ReplyAll. */
  readonly interactionId?: string;
}
