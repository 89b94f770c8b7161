import type { AnyStateMachine, AnyStateNode } from "xstate";

/** The effect of a fact in a state of a chart. */
export interface Pair {
  /** The path of the state below the root, such as `Ended.Revoked`. */
  readonly state: string;
  readonly fact: string;
  /** The state whose transition counts, which may be one around it; empty for the root. */
  readonly declaredBy: string;
  /** Where it leads; `undefined` when the state stays. A state with states inside stands for its initial one. */
  readonly target: string | undefined;
  /** The names of the actions, with their parameters. */
  readonly effects: readonly string[];
  /** The chart's own words on a fact that leads nowhere, which is the reason for ignoring it. */
  readonly reason: string;
}

/** A pair leads somewhere or has an effect, is ignored for a reason that the chart gives, or is missing from the chart. */
export type Verdict = "handled" | "ignored" | "forgotten";

/** Returns whether a pair is handled, ignored for a reason, or forgotten. */
export function judge(pair: Pair | undefined): Verdict {
  if (pair === undefined) return "forgotten";
  if (pair.target !== undefined || pair.effects.length > 0) return "handled";
  return pair.reason.trim() === "" ? "forgotten" : "ignored";
}

/** Returns all states below the root in the order of the chart; a state precedes those inside it. */
export function statesOf(machine: AnyStateMachine): AnyStateNode[] {
  const below = (node: AnyStateNode): AnyStateNode[] => [
    node,
    ...Object.values(node.states as Record<string, AnyStateNode>).flatMap(below),
  ];
  return below(machine.root).slice(1);
}

/** Returns all facts that the chart names, ignored ones included. Those that all states share come last. */
export function factsOf(machine: AnyStateMachine): string[] {
  const shared = [...machine.root.transitions.keys()];
  const own = statesOf(machine).flatMap((state) => [...state.transitions.keys()]);
  return [...new Set([...own.filter((fact) => !shared.includes(fact)), ...shared])];
}

/** Returns the path of a state below the root, such as `Ended.Revoked`; empty for the root. */
export function pathOf(node: AnyStateNode): string {
  return node.path.join(".");
}

/** Returns the transition for a fact in a state: its own, or that of the nearest state around it. */
export function pairOf(state: AnyStateNode, fact: string): Pair | undefined {
  for (let node: AnyStateNode | undefined = state; node !== undefined; node = node.parent) {
    const [transition, ...others] = node.transitions.get(fact) ?? [];
    if (transition === undefined) continue;
    if (others.length > 0 || transition.guard !== undefined) {
      throw new Error(`${node.id} decides on ${fact} by a guard, which no table of facts can show.`);
    }
    const [target] = transition.target ?? [];
    return {
      state: pathOf(state),
      fact,
      declaredBy: pathOf(node),
      target: target === undefined ? undefined : pathOf(innermost(target as AnyStateNode)),
      effects: transition.actions.map(nameOf),
      reason: transition.description ?? "",
    };
  }
  return undefined;
}

function innermost(node: AnyStateNode): AnyStateNode {
  const [initial] = node.initial?.target ?? [];
  return initial === undefined ? node : innermost(initial);
}

function nameOf(action: unknown): string {
  const { type, params } = (typeof action === "string" ? { type: action } : action) as {
    type: string;
    params?: Record<string, unknown>;
  };
  return [type, ...Object.entries(params ?? {}).flat()].join(" ");
}
