import type { AnyStateMachine, AnyStateNode } from "xstate";

/** A state as it is drawn. */
export interface GraphState {
  /** Where it stands in its chart, such as `Ended.Revoked`. */
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly isEnded: boolean;
  readonly states: readonly GraphState[];
}

/** An arrow as it is drawn, for all the facts that lead along it. */
export interface GraphEdge {
  readonly id: string;
  /** The id of a state, or of the frame. */
  readonly from: string;
  readonly to: string;
  readonly facts: readonly string[];
}

/** What there is to draw of a chart. Facts that leave the state as it is are not drawn. */
export interface Graph {
  readonly states: readonly GraphState[];
  /** The states for which the chart decides alike: one arrow leaves from a frame around them, not one from each. */
  readonly framed: readonly string[];
  /** The states that something begins in, which have a marker. */
  readonly initial: readonly string[];
  readonly edges: readonly GraphEdge[];
}

/** The id of the frame, and what stands on it. No state is called so. */
export const frame = "any of these";

/** Reads out of a chart what there is to draw. */
export function graphOf({ root }: AnyStateMachine): Graph {
  const framed = framedStates(root);
  const edges = new Map<string, GraphEdge & { readonly facts: string[] }>();
  for (const node of [root, ...statesBelow(root)]) {
    for (const fact of node.transitions.keys()) {
      const target = targetOf(node, fact);
      if (target === undefined || target === node) continue;
      for (const from of node === root ? sourcesOf(root, fact, framed) : [idOf(node)]) {
        const id = `${from} → ${idOf(target)}`;
        const edge = edges.get(id) ?? { id, from, to: idOf(target), facts: [] };
        edge.facts.push(fact);
        edges.set(id, edge);
      }
    }
  }
  const entered = new Set([...edges.values()].map(({ to }) => to));
  return {
    states: childrenOf(root).map((state) => stateOf(state, false)),
    framed,
    initial: beginnings(root, entered),
    edges: [...edges.values()],
  };
}

/** All states of a chart; one comes before those inside it. */
export function allStates({ states }: { readonly states: readonly GraphState[] }): GraphState[] {
  return states.flatMap((state) => [state, ...allStates(state)]);
}

/** The arrow along which a fact led away from a state. */
export function edgeTaken(graph: Graph, from: string, fact: string): GraphEdge | undefined {
  const path = from.split(".");
  const around = path.map((_, index) => path.slice(0, path.length - index).join("."));
  const sources = graph.framed.includes(path[0]!) ? [...around, frame] : around;
  return sources
    .flatMap((source) => graph.edges.filter((edge) => edge.from === source))
    .find(({ facts }) => facts.includes(fact));
}

/** The top states in which the chart itself decides on a fact; the frame when it is drawn around just these. */
function sourcesOf(root: AnyStateNode, fact: string, framed: readonly string[]): readonly string[] {
  const sources = undecided(root, fact);
  return sources.length === framed.length && sources.every((id) => framed.includes(id)) ? [frame] : sources;
}

function framedStates(root: AnyStateNode): readonly string[] {
  const facts = [...root.transitions.keys()].filter((fact) => targetOf(root, fact) !== undefined);
  return facts.map((fact) => undecided(root, fact)).find(({ length }) => length > 1) ?? [];
}

/** The top states that leave a fact to the chart around them. */
function undecided(root: AnyStateNode, fact: string): string[] {
  return childrenOf(root).flatMap((state) => (state.transitions.has(fact) ? [] : [idOf(state)]));
}

/** Where the chart begins, and where a state with others inside does when an arrow leads to itself. */
function beginnings(root: AnyStateNode, entered: ReadonlySet<string>): string[] {
  const begun = new Set([root, ...statesBelow(root).filter((node) => entered.has(idOf(node)))]);
  const first: string[] = [];
  for (const node of begun) {
    const inside = node.initial?.target?.[0] as AnyStateNode | undefined;
    if (inside === undefined) continue;
    first.push(idOf(inside));
    begun.add(inside);
  }
  return first;
}

function stateOf(node: AnyStateNode, isInEnded: boolean): GraphState {
  const isEnded = isInEnded || node.tags.includes("ended");
  return {
    id: idOf(node),
    name: node.key,
    description: node.description,
    isEnded,
    states: childrenOf(node).map((child) => stateOf(child, isEnded)),
  };
}

function targetOf(node: AnyStateNode, fact: string): AnyStateNode | undefined {
  return node.transitions.get(fact)?.[0]?.target?.[0] as AnyStateNode | undefined;
}

function statesBelow(node: AnyStateNode): AnyStateNode[] {
  return childrenOf(node).flatMap((child) => [child, ...statesBelow(child)]);
}

function childrenOf(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states as Record<string, AnyStateNode>);
}

function idOf({ path }: AnyStateNode): string {
  return path.join(".");
}
