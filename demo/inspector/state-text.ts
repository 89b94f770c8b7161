import type { StateValue } from "xstate";

/** A state by its whole name, such as `Ended.Revoked`. */
export function stateText(value: StateValue): string {
  if (typeof value === "string") return value;
  return Object.entries(value)
    .map(([outer, inner]) => (inner === undefined ? outer : `${outer}.${stateText(inner)}`))
    .join(", ");
}
