import type { LifecycleChange } from "../../domain/lifecycle.ts";

/**
 * The meaning of each `state` of `/v2/me/interactions`.
 *
 * Recorded: `Invited`, `Accepted`, `Revoked`, `PropertiesChanged`. The end states are not documented for 8.5.1
 * (PROTOCOL section 11); they are assumed to be spelt as in 8.5.2, whose pages are the next of kin.
 */
const changes: ReadonlyMap<string, LifecycleChange> = new Map([
  ["Invited", "Invited"],
  ["Accepted", "Accepted"],
  ["Revoked", "Revoked"],
  // Assumed, from here on.
  ["Composing", "Composing"],
  ["LeftChat", "Left"],
  ["Completed", "Completed"],
  ["Sent", "Sent"],
  ["Canceled", "Canceled"],
  ["Cancelled", "Canceled"],
]);

/** The change that a state stands for. */
export function changeOf(state: string): LifecycleChange {
  // Most messages are updates, and hashing a freshly parsed text for the Map costs more than comparing it.
  if (state === "PropertiesChanged") return state;
  return changes.get(state) ?? "StateUnknown";
}

/** The readiness that a state of `/v2/me/channels` stands for. Its fixed ids are not used: pages disagree on them. */
export function readinessOf(state: string): "Ready" | "NotReady" | "StateUnknown" {
  return state === "Ready" || state === "NotReady" ? state : "StateUnknown";
}
