import type { AnyStateMachine, AnyStateNode } from "xstate";
import { factsOf, pairOf, pathOf, statesOf, type Pair } from "./chart-table.ts";

/*
 * A chart as a mermaid stateDiagram-v2, which GitHub draws. Only what changes the state is drawn. What the root decides
 * for many states alike is one arrow from a box around them, not one from each. An arrow into a box ends at its border
 * and goes on inside from a dot: mermaid lays arrows that cross a border over each other.
 */

const box = "any_of_these";

/** The diagram, without the fence around it. */
export function diagramOf(machine: AnyStateMachine): string {
  const leading = leadingPairs(machine);
  const boxed = boxedStates(leading);
  const borderOf = (path: string) =>
    boxed.has(path) ? box : path.includes(".") ? path.slice(0, path.indexOf(".")) : undefined;
  const arrows = new Arrows();
  const entries = new Map<string | undefined, Arrows>();
  const enter = (path: string, fact: string | undefined) => {
    const border = borderOf(path);
    const inside = entries.get(border) ?? new Arrows();
    entries.set(border, inside.add("[*]", idOf(path), fact));
    return border ?? idOf(path);
  };
  arrows.add("[*]", enter(pathOf(initialOf(machine.root)), undefined), undefined);
  for (const { state, fact, declaredBy, target } of leading) {
    if (target === undefined || target === state) continue;
    const crosses = borderOf(target) !== borderOf(state);
    const from = declaredBy === "" && boxed.has(state) && crosses ? box : idOf(declaredBy || state);
    arrows.add(from, crosses && borderOf(target) !== undefined ? enter(target, fact) : idOf(target), fact);
  }
  const top = Object.values(machine.root.states as Record<string, AnyStateNode>);
  const inBox = top.filter((node) => boxed.has(pathOf(node)));
  const frame = (title: string, id: string, nodes: readonly AnyStateNode[]) => [
    `  state ${title}{`,
    ...nodes.map((node) => `    ${declarationOf(node)}`),
    ...(entries.get(id)?.lines() ?? []).map((line) => `  ${line}`),
    "  }",
  ];
  return [
    "stateDiagram-v2",
    ...(inBox.length === 0 ? [] : frame(`"any of these" as ${box} `, box, inBox)),
    ...top
      .filter((node) => !inBox.includes(node))
      .flatMap((node) => {
        const inner = Object.values(node.states as Record<string, AnyStateNode>);
        return inner.length === 0 ? [`  ${declarationOf(node)}`] : frame(`${node.key} `, node.key, inner);
      }),
    ...arrows.lines(),
  ].join("\n");
}

/** Arrows by their ends, each with all the facts that it stands for. */
class Arrows {
  readonly #facts = new Map<string, Set<string>>();

  add(from: string, to: string, fact: string | undefined): this {
    const arrow = `  ${from} --> ${to}`;
    const facts = this.#facts.get(arrow) ?? new Set();
    if (fact !== undefined) facts.add(fact);
    this.#facts.set(arrow, facts);
    return this;
  }

  lines(): string[] {
    return [...this.#facts].map(([arrow, facts]) =>
      [arrow, [...facts].join(", ")].filter(Boolean).join(" : "),
    );
  }
}

function leadingPairs(machine: AnyStateMachine): Pair[] {
  const leaves = statesOf(machine).filter(({ states }) => Object.keys(states).length === 0);
  return leaves.flatMap((leaf) =>
    factsOf(machine).flatMap((fact) => {
      const pair = pairOf(leaf, fact);
      return pair?.target === undefined ? [] : [pair];
    }),
  );
}

/** The states that share arrows of the root which lead away from all of them. */
function boxedStates(leading: readonly Pair[]): ReadonlySet<string> {
  const fromRoot = leading.filter(({ declaredBy }) => declaredBy === "");
  for (const { fact, target } of fromRoot) {
    const sources = new Set(fromRoot.filter((pair) => pair.fact === fact).map(({ state }) => state));
    if (sources.size > 1 && !sources.has(target!)) return sources;
  }
  return new Set();
}

function initialOf(node: AnyStateNode): AnyStateNode {
  const [initial] = node.initial?.target ?? [];
  return initial === undefined ? node : initialOf(initial as AnyStateNode);
}

function declarationOf(node: AnyStateNode): string {
  const id = idOf(pathOf(node));
  return id === node.key ? id : `state "${node.key}" as ${id}`;
}

function idOf(path: string): string {
  return path.replaceAll(".", "_");
}
