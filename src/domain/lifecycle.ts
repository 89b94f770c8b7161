/**
 * A change in the life of an interaction, in one vocabulary for all server generations.
 *
 * - `Invited`, `Accepted`, `Revoked`: as the recorded messages spell them.
 * - `Composing`, `Sent`, `Canceled`: an outbound reply; `Left`: the agent left a conversation that is still theirs to
 *   finish; `Completed`: processing ended. Not recorded for 8.5.1; each dialect lists its assumptions.
 * - `PropertiesChanged`: an update, not a state; it keeps the state.
 * - `StateUnknown`: the server named a state that the dialect does not know; it keeps the state too.
 * - `Missing`: the server's own list, read by a resync, does not have the interaction.
 */
export type LifecycleChange =
  | "Invited"
  | "Accepted"
  | "Composing"
  | "Left"
  | "PropertiesChanged"
  | "StateUnknown"
  | "Revoked"
  | "Completed"
  | "Sent"
  | "Canceled"
  | "Missing";

/** The states of an interaction that has not ended, as the charts name them. */
export type LiveState = "Unknown" | "Invited" | "Accepted" | "Composing" | "Left";

/** The states of an interaction that has ended, as the charts name them. `Gone` is what `Missing` leads to. */
export type EndedState = "Revoked" | "Completed" | "Sent" | "Canceled" | "Gone";

/** The state of an interaction. */
export type InteractionState = LiveState | EndedState;

/** The position of each state and change in the order of a life. */
export type Progress = Readonly<Record<InteractionState | LifecycleChange, number>>;

const ending = 4;

/** The order of the life of an interaction whose kind has none of its own. */
export const standardProgress: Progress = Object.freeze({
  Unknown: 0,
  StateUnknown: 0,
  Invited: 1,
  Accepted: 2,
  Composing: 2,
  Left: 3,
  PropertiesChanged: ending,
  Revoked: ending,
  Completed: ending,
  Sent: ending,
  Canceled: ending,
  Gone: ending,
  Missing: ending,
});

/**
 * Whether this change is behind the state, so that its data is older than what is known. Such a notification is late, a
 * repeat or out of order; only the server's own list can lead back.
 */
export function isBehind(change: LifecycleChange, state: InteractionState, progress: Progress): boolean {
  return change !== "StateUnknown" && progress[change] < progress[state];
}

/** Whether this change ends an interaction. */
export function isEnding(change: LifecycleChange): boolean {
  return standardProgress[change] === ending && change !== "PropertiesChanged";
}
