import { allStates, frame, type Graph, type GraphState } from "./graph.ts";

/*
 * A chart as a mermaid stateDiagram-v2, which GitHub draws. An arrow into a box ends at its border and continues inside
 * from a dot, because mermaid lays arrows that cross a border over each other.
 */

const box = "any_of_these";

/** Returns the diagram, without the fence around it. */
export function diagramOf(graph: Graph): string {
  const order = allStates(graph).map(({ id }) => id);
  // Mermaid lays out a frame whose own arrows stay inside it worse than one arrow from each state.
  const hasBox = graph.edges.some(({ from, to }) => from === frame && !graph.framed.includes(to));
  const borderOf = (id: string) =>
    hasBox && graph.framed.includes(id) ? box : id.includes(".") ? id.slice(0, id.indexOf(".")) : undefined;
  const arrows = new Arrows();
  const entries = new Map<string, Arrows>();
  const enter = (id: string, fact?: string): string => {
    const border = borderOf(id);
    if (border === undefined) return idOf(id);
    entries.set(border, (entries.get(border) ?? new Arrows()).add("[*]", idOf(id), fact));
    return border;
  };
  const [initial = ""] = graph.initial;
  arrows.add("[*]", enter(initial));
  const singles = graph.edges.flatMap(({ from, to, facts }) =>
    from === frame && !(hasBox && borderOf(to) !== box)
      ? graph.framed.filter((one) => one !== to).map((one) => ({ from: one, to, facts }))
      : [{ from, to, facts }],
  );
  const rank = (from: string) =>
    from === frame ? order.indexOf(graph.framed[0]!) + 0.5 : order.indexOf(from);
  for (const { from, to, facts } of singles.toSorted((a, b) => rank(a.from) - rank(b.from))) {
    const source = from === frame ? box : idOf(from);
    const crosses = from === frame || borderOf(to) !== borderOf(from);
    for (const fact of facts) arrows.add(source, crosses ? enter(to, fact) : idOf(to), fact);
  }
  const boxOf = (title: string, id: string, states: readonly GraphState[]) => [
    `  state ${title}{`,
    ...states.map((state) => `    ${declarationOf(state)}`),
    ...(entries.get(id)?.lines() ?? []).map((line) => `  ${line}`),
    "  }",
  ];
  const isBoxed = ({ id }: GraphState) => hasBox && graph.framed.includes(id);
  return [
    "stateDiagram-v2",
    ...(hasBox ? boxOf(`"${frame}" as ${box} `, box, graph.states.filter(isBoxed)) : []),
    ...graph.states
      .filter((state) => !isBoxed(state))
      .flatMap((state) =>
        state.states.length === 0
          ? [`  ${declarationOf(state)}`]
          : boxOf(`${state.name} `, state.id, state.states),
      ),
    ...arrows.lines(),
  ].join("\n");
}

/** Arrows by their ends, each with all the facts that it stands for. */
class Arrows {
  readonly #facts = new Map<string, Set<string>>();

  add(from: string, to: string, fact?: string): this {
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

function declarationOf({ id, name }: GraphState): string {
  return idOf(id) === name ? name : `state "${name}" as ${idOf(id)}`;
}

function idOf(path: string): string {
  return path.replaceAll(".", "_");
}
