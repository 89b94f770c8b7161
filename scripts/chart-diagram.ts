import type { AnyStateMachine, AnyStateNode } from "xstate";
import { factsOf, pairOf, pathOf, statesOf, type Pair } from "./chart-table.ts";

/*
 * A chart as a mermaid stateDiagram-v2, which GitHub draws. Only what changes the state is drawn. What the root decides
 * for many states alike is one arrow from a box around them, not one from each.
 */

const box = "any_of_these";

/** The diagram, without the fence around it. */
export function diagramOf(machine: AnyStateMachine): string {
  const leaves = statesOf(machine).filter(isLeaf);
  const leading = leaves.flatMap((leaf) =>
    factsOf(machine).flatMap((fact) => {
      const pair = pairOf(leaf, fact);
      return pair?.target === undefined ? [] : [pair];
    }),
  );
  const boxed = boxedStates(leading);
  const moves = leading.filter(({ state, target }) => state !== target);
  const isBoxed = (pair: Pair) => isFromRoot(pair) && boxed.has(pair.state) && !boxed.has(pair.target!);
  const top = Object.values(machine.root.states as Record<string, AnyStateNode>);
  const entered = moves.filter(isBoxed);
  const lines = [
    "stateDiagram-v2",
    `  [*] --> ${idOf(pathOf(initialOf(machine.root)))}`,
    ...top.filter((node) => !boxed.has(pathOf(node))).flatMap((node) => declare(node, entered)),
  ];
  if (boxed.size > 0) {
    const inside = top.filter((node) => boxed.has(pathOf(node))).flatMap((node) => declare(node, []));
    lines.push(`  state "any of these" as ${box} {`, ...inside.map((line) => `  ${line}`), "  }");
  }
  return [...lines, ...arrows(moves, isBoxed)].join("\n");
}

/** The states that share arrows of the root which lead away from all of them. */
function boxedStates(leading: readonly Pair[]): ReadonlySet<string> {
  const fromRoot = leading.filter(isFromRoot);
  for (const { fact, target } of fromRoot) {
    const sources = new Set(fromRoot.filter((pair) => pair.fact === fact).map(({ state }) => state));
    if (sources.size > 1 && !sources.has(target!)) return sources;
  }
  return new Set();
}

function declare(node: AnyStateNode, entered: readonly Pair[]): string[] {
  const id = idOf(pathOf(node));
  if (isLeaf(node)) return [id === node.key ? `  ${id}` : `  state "${node.key}" as ${id}`];
  const inner = Object.values(node.states as Record<string, AnyStateNode>).flatMap((child) => {
    const facts = distinct(entered.filter(({ target }) => target === pathOf(child)).map(({ fact }) => fact));
    const entry = facts.length === 0 ? [] : [`  [*] --> ${idOf(pathOf(child))} : ${facts.join(", ")}`];
    return [...declare(child, entered), ...entry];
  });
  return [`  state ${id} {`, ...inner.map((line) => `  ${line}`), "  }"];
}

function arrows(moves: readonly Pair[], isBoxed: (pair: Pair) => boolean): string[] {
  const labels = new Map<string, Set<string>>();
  for (const pair of moves) {
    // Inside the state that is entered, arrows say which fact leads to which of its states.
    const arrow = isBoxed(pair)
      ? `  ${box} --> ${idOf(pair.target!.split(".")[0]!)}`
      : `  ${idOf(isFromRoot(pair) ? pair.state : pair.declaredBy)} --> ${idOf(pair.target!)}`;
    labels.set(arrow, (labels.get(arrow) ?? new Set()).add(pair.fact));
  }
  return [...labels].map(([arrow, facts]) => `${arrow} : ${[...facts].join(", ")}`);
}

function isFromRoot({ declaredBy }: Pair): boolean {
  return declaredBy === "";
}

function isLeaf(node: AnyStateNode): boolean {
  return Object.keys(node.states).length === 0;
}

function initialOf(node: AnyStateNode): AnyStateNode {
  const [initial] = node.initial?.target ?? [];
  return initial === undefined ? node : initialOf(initial as AnyStateNode);
}

function idOf(path: string): string {
  return path.replaceAll(".", "_");
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}
