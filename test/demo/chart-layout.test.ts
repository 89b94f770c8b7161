import { catalogue } from "deskstate/machines";
import { describe, expect, test } from "vitest";
import { createMachine, type AnyStateMachine } from "xstate";
import { allStates, frame, graphOf, sourcesOfEdge, type Graph } from "../../scripts/charts/graph.ts";
import { layOut, type Box, type Layout, type Point } from "../../scripts/charts/layout.ts";
import { textSize, widthOf } from "../../scripts/charts/text-size.ts";
import { factsOf, pairOf, pathOf, statesOf } from "../../scripts/charts/table.ts";

/** A chart with cases that ours do not have: arrows with several facts, and arrows to a state with others inside. */
const unusual = createMachine({
  id: "unusual",
  initial: "Here",
  on: { Break: ".Broken", Mend: ".Here" },
  states: {
    Here: { on: { Go: "There", Walk: "There", Mend: {} } },
    There: { initial: "Near", on: { Return: "Here" }, states: { Near: { on: { Go: "Far" } }, Far: {} } },
    Broken: { on: { Break: {}, Go: "There" } },
  },
});

const charts: readonly AnyStateMachine[] = [...catalogue, unusual];

describe.each(charts.map((machine) => ({ id: machine.id, machine })))(
  "the drawing of the $id chart",
  ({ machine }) => {
    const laidOut = layOut(graphOf(machine));

    test("has every state, inside the state that it is in", async () => {
      const { states, graph, ...drawing } = await laidOut;
      expect(states.map(({ state }) => state.id).toSorted()).toEqual(
        statesOf(machine).map(pathOf).toSorted(),
      );
      for (const { state, ...box } of states) {
        const around = states.find((other) => other.state.states.includes(state));
        expect(isInside(box, around ?? { x: 0, y: 0, ...drawing })).toBe(true);
        const isFramed = graph.framed.includes(state.id.split(".")[0]!);
        if (drawing.frame !== undefined) expect(isInside(box, drawing.frame)).toBe(isFramed);
      }
    });

    test("has every fact that leads to another state on the arrow that leads there, and no other", () => {
      const graph = graphOf(machine);
      const drawn = new Set<string>();
      for (const leaf of leavesOf(machine)) {
        for (const fact of factsOf(machine)) {
          const target = pairOf(leaf, fact)?.target;
          const edge = edgeOf(graph, pathOf(leaf), fact);
          if (target === undefined) continue;
          expect(edge, `${fact} in ${pathOf(leaf)}`).toBeDefined();
          expect(target === edge!.to || target.startsWith(`${edge!.to}.`)).toBe(true);
          drawn.add(`${edge!.id} ${fact}`);
        }
      }
      const shown = graph.edges.flatMap(({ id, facts }) => facts.map((fact) => `${id} ${fact}`));
      expect(shown.toSorted()).toEqual([...drawn].toSorted());
    });

    test("lets nothing overlap that is to be read", async () => {
      const layout = await laidOut;
      const leaves = layout.states.filter(({ state }) => state.states.length === 0);
      const labels = layout.edges.flatMap((edge) => edge.labels);
      const read: readonly Box[] = [...leaves, ...layout.markers, ...labels, ...namesIn(layout)];
      const overlapping = read.flatMap((one, index) =>
        read.slice(index + 1).filter((other) => overlaps(one, other)),
      );
      expect(overlapping).toEqual([]);
    });

    test("loses no label, and has each on its arrow", async () => {
      const { edges, graph } = await laidOut;
      const arrows = edges.filter(({ edge }) => edge !== undefined);
      expect(arrows.map(({ edge }) => edge)).toEqual(graph.edges);
      for (const { edge, labels, points } of arrows) {
        expect(labels).toHaveLength(edge!.facts.length);
        for (const [index, label] of labels.entries()) {
          expect(linesOf(points).some((line) => overlaps(line, label))).toBe(true);
          expect(label.width).toBeGreaterThan(widthOf(edge!.facts[index]!, textSize.fact));
          expect(label.height).toBeGreaterThan(textSize.fact);
        }
      }
    });

    test("leads each arrow from border to border, around the other states and their names", async () => {
      const layout = await laidOut;
      const leaves = layout.states.filter(({ state }) => state.states.length === 0);
      for (const { edge, points } of layout.edges) {
        const lines = linesOf(points);
        expect(lines.every(({ width, height }) => (width === 0) !== (height === 0))).toBe(true);
        expect(lines.every(({ width, height }) => width + height >= 4)).toBe(true);
        expect(leaves.filter((leaf) => lines.some((line) => overlaps(line, leaf)))).toEqual([]);
        expect(namesIn(layout).filter((name) => lines.some((line) => overlaps(line, name)))).toEqual([]);
        if (edge === undefined) continue;
        expect(isOnBorder(points[0]!, boxOf(layout, edge.from))).toBe(true);
        expect(isOnBorder(points.at(-1)!, boxOf(layout, edge.to))).toBe(true);
      }
    });
  },
);

test("a transition that several states share is drawn once, from a frame around them", () => {
  const [connection, channel, email, chat] = catalogue.map((machine: AnyStateMachine) => graphOf(machine));
  expect(connection!.framed).toEqual(["Connecting", "CatchingUp", "Live", "Recovering"]);
  expect(channel!.framed).toEqual(["Unknown", "Ready", "NotReady"]);
  expect(email!.framed).toEqual(["Unknown", "Invited", "Accepted", "Composing"]);
  expect(chat!.edges.filter(({ from }) => from === frame).map(({ to }) => to)).toEqual([
    "Ended.Revoked",
    "Ended.Completed",
    "Ended.Gone",
  ]);
});

test("facts that lead between the same two states share an arrow", () => {
  const { edges } = graphOf(unusual);
  expect(edges.find(({ id }) => id === "Here → There")?.facts).toEqual(["Go", "Walk"]);
});

test("an initial state has a marker where an arrow or the chart enters it", () => {
  expect(catalogue.map((machine: AnyStateMachine) => graphOf(machine).initial)).toEqual([
    ["Offline"],
    ["Unknown"],
    ["Unknown"],
    ["Unknown"],
  ]);
  expect(graphOf(unusual).initial).toEqual(["Here", "There.Near"]);
});

test("an ended state is marked as ended, and so are those inside it", () => {
  const ended = allStates(graphOf(catalogue[3])).filter(({ isEnded }) => isEnded);
  expect(ended.map(({ id }) => id)).toEqual(["Ended", "Ended.Revoked", "Ended.Completed", "Ended.Gone"]);
});

/** The arrow on which a fact leads away from a state. */
function edgeOf(graph: Graph, from: string, fact: string) {
  const around = from.split(".").map((_, index, path) => path.slice(0, path.length - index).join("."));
  return around
    .flatMap((id) => graph.edges.filter((edge) => sourcesOfEdge(graph, edge).includes(id)))
    .find(({ facts }) => facts.includes(fact));
}

function leavesOf(machine: AnyStateMachine) {
  return statesOf(machine).filter(({ states }) => Object.keys(states).length === 0);
}

function boxOf({ states, ...layout }: Layout, id: string): Box {
  return (id === frame ? layout.frame : states.find(({ state }) => state.id === id))!;
}

/** Where the names of the states with others inside, and of the frame, stand at most. */
function namesIn({ states, frame: around }: Layout): Box[] {
  const named = states.filter(({ state }) => state.states.length > 0);
  return [...named, ...(around === undefined ? [] : [around])].map(({ x, y, height }) => {
    return { x: x + 10, y: y + height - 26, width: 70, height: 20 };
  });
}

function linesOf(points: readonly Point[]): Box[] {
  return points.slice(1).map((to, index) => {
    const from = points[index]!;
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    return { x, y, width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
  });
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** Whether two boxes overlap by more than they may touch. A line is a box without a width or a height. */
function overlaps(one: Box, other: Box): boolean {
  const gap = (from: "x" | "y", size: "width" | "height") =>
    Math.min(one[from] + one[size], other[from] + other[size]) - Math.max(one[from], other[from]);
  const [across, down] = [gap("x", "width"), gap("y", "height")];
  const minOverlap = (size: "width" | "height") => (one[size] === 0 || other[size] === 0 ? -0.001 : 0.5);
  return across > minOverlap("width") && down > minOverlap("height");
}

function isOnBorder({ x, y }: Point, box: Box): boolean {
  const isNear = (one: number, other: number) => Math.abs(one - other) <= 1;
  const isBeside = isNear(x, box.x) || isNear(x, box.x + box.width);
  const isAbove = isNear(y, box.y) || isNear(y, box.y + box.height);
  return (isBeside || isAbove) && overlaps({ x: x - 1, y: y - 1, width: 2, height: 2 }, box);
}
