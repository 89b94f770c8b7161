import type { AnyStateMachine, AnyStateNode } from "xstate";
import { pathOf, statesOf } from "./table.ts";

/** A state as it is drawn. */
export interface GraphState {
  /** Its path below the root, such as `Ended.Revoked`. */
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly isEnded: boolean;
  readonly states: readonly GraphState[];
}

/** An arrow as it is drawn, with all the facts that lead along it. */
export interface GraphEdge {
  readonly id: string;
  /** The id of a state, or of the frame. */
  readonly from: string;
  readonly to: string;
  readonly facts: readonly string[];
}

/** Everything in a chart that is drawn. Facts that leave the state unchanged are not. */
export interface Graph {
  readonly states: readonly GraphState[];
  /** The states for which the chart itself decides: one arrow leaves from a frame around them, not one from each. */
  readonly framed: readonly string[];
  /** The initial states, which have a marker. */
  readonly initial: readonly string[];
  readonly edges: readonly GraphEdge[];
}

/** The id of the frame, and its label. No state has this name. */
export const frame = "any of these";

/** Returns everything in a chart that is drawn. */
export function graphOf(machine: AnyStateMachine): Graph {
  const { root } = machine;
  const framed = framedStates(root);
  const edges = new Map<string, GraphEdge & { readonly facts: string[] }>();
  for (const node of [root, ...statesOf(machine)]) {
    for (const fact of node.transitions.keys()) {
      const target = targetOf(node, fact);
      if (target === undefined || target === node) continue;
      for (const from of node === root ? sourcesOf(root, fact, framed) : [pathOf(node)]) {
        const id = `${from} → ${pathOf(target)}`;
        const edge = edges.get(id) ?? { id, from, to: pathOf(target), facts: [] };
        edge.facts.push(fact);
        edges.set(id, edge);
      }
    }
  }
  const entered = new Set([...edges.values()].map(({ to }) => to));
  return {
    states: childrenOf(root).map((state) => stateOf(state, false)),
    framed,
    initial: initialStates([root, ...statesOf(machine).filter((node) => entered.has(pathOf(node)))]),
    edges: [...edges.values()],
  };
}

/** Returns all states of a chart; a state precedes those inside it. */
export function allStates({ states }: { readonly states: readonly GraphState[] }): GraphState[] {
  return states.flatMap((state) => [state, ...allStates(state)]);
}

/** Returns the states that an arrow leaves from: several for an arrow from the frame. */
export function sourcesOfEdge({ framed }: Graph, { from }: GraphEdge): readonly string[] {
  return from === frame ? framed : [from];
}

/** Returns the top states in which the chart itself decides on a fact; the frame when it is drawn around just these. */
function sourcesOf(root: AnyStateNode, fact: string, framed: readonly string[]): readonly string[] {
  const sources = undecided(root, fact);
  return sources.length === framed.length && sources.every((id) => framed.includes(id)) ? [frame] : sources;
}

function framedStates(root: AnyStateNode): readonly string[] {
  const facts = [...root.transitions.keys()].filter((fact) => targetOf(root, fact) !== undefined);
  return facts.map((fact) => undecided(root, fact)).find(({ length }) => length > 1) ?? [];
}

/** Returns the top states that leave a fact to the chart around them. */
function undecided(root: AnyStateNode, fact: string): string[] {
  return childrenOf(root).flatMap((state) => (state.transitions.has(fact) ? [] : [pathOf(state)]));
}

/** Returns the initial state of the chart, and of each state with others inside that an arrow enters. */
function initialStates(entered: readonly AnyStateNode[]): string[] {
  const begun = new Set(entered);
  const first: string[] = [];
  for (const node of begun) {
    const inside = node.initial?.target?.[0] as AnyStateNode | undefined;
    if (inside === undefined) continue;
    first.push(pathOf(inside));
    begun.add(inside);
  }
  return first;
}

function stateOf(node: AnyStateNode, isInEnded: boolean): GraphState {
  const isEnded = isInEnded || node.tags.includes("ended");
  return {
    id: pathOf(node),
    name: node.key,
    description: node.description,
    isEnded,
    states: childrenOf(node).map((child) => stateOf(child, isEnded)),
  };
}

function targetOf(node: AnyStateNode, fact: string): AnyStateNode | undefined {
  return node.transitions.get(fact)?.[0]?.target?.[0] as AnyStateNode | undefined;
}

function childrenOf(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states as Record<string, AnyStateNode>);
}
