import type { StateValue } from "xstate";

/** The ids of the states that a chart is in, from the outermost to the innermost. */
export function activeStates(value: StateValue): string[] {
  if (typeof value === "string") return [value];
  return Object.entries(value).flatMap(([outer, inner]) => [
    outer,
    ...(inner === undefined ? [] : activeStates(inner).map((id) => `${outer}.${id}`)),
  ]);
}
