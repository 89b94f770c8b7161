import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api.js";
import { allStates, frame, type Graph, type GraphEdge, type GraphState } from "./graph.ts";
import { textSize, widthOf } from "./text-size.ts";

/** Holds at every level. The order of the chart is not part of it, because ELK fails on that inside a state. */
const placement = {
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.spacing.nodeNode": "10",
  "elk.spacing.edgeNode": "8",
  "elk.spacing.edgeEdge": "8",
  "elk.layered.spacing.nodeNodeBetweenLayers": "20",
  "elk.layered.spacing.edgeNodeBetweenLayers": "12",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "12",
};

const outermost = {
  ...placement,
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.json.edgeCoords": "ROOT",
  "elk.json.shapeCoords": "ROOT",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.padding": "[top=2,left=2,bottom=2,right=2]",
};

/** Around the states inside another. Its name stands below them, because arrows come from above. */
const inside = { ...placement, "elk.padding": "[top=16,left=12,bottom=32,right=12]" };

/** Returns a graph as ELK takes it: with the size of everything, and no places yet. */
export function elkGraph(graph: Graph): ElkNode {
  return {
    id: "chart",
    layoutOptions: outermost,
    children: nodesOf(graph),
    edges: [...graph.initial.map(edgeFromMarker), ...graph.edges.map((edge) => edgeOf(graph, edge))],
  };
}

function nodesOf(graph: Graph): ElkNode[] {
  const framed = graph.states.filter(({ id }) => graph.framed.includes(id));
  return graph.states.flatMap((state) => {
    if (!framed.includes(state)) return withMarkers(graph, [state]);
    if (state !== framed[0]) return [];
    return [{ id: frame, layoutOptions: inside, children: withMarkers(graph, framed) }];
  });
}

function withMarkers(graph: Graph, states: readonly GraphState[]): ElkNode[] {
  return states.flatMap((state) => [
    ...(graph.initial.includes(state.id) ? [{ id: markerOf(state.id), width: 10, height: 10 }] : []),
    nodeOf(graph, state),
  ]);
}

function nodeOf(graph: Graph, { id, name, states }: GraphState): ElkNode {
  if (states.length > 0) return { id, layoutOptions: inside, children: withMarkers(graph, states) };
  return { id, width: widthOf(name, textSize.state) + 18, height: 32 };
}

function edgeFromMarker(state: string): ElkExtendedEdge {
  return { id: markerOf(state), sources: [markerOf(state)], targets: [state] };
}

function edgeOf(graph: Graph, { id, from, to, facts }: GraphEdge): ElkExtendedEdge {
  const order = allStates(graph).map((state) => state.id);
  // States come down the page in the order of their chart, as far as possible.
  const isForward = order.indexOf(from) < order.indexOf(to);
  const labels = facts.map((text) => ({
    text,
    width: widthOf(text, textSize.fact) + 10,
    height: 20,
    layoutOptions: { "elk.edgeLabels.inline": "true" },
  }));
  const priority = isForward ? "10" : "1";
  const layoutOptions = {
    "elk.layered.priority.direction": priority,
    "elk.layered.priority.straightness": priority,
  };
  return { id, sources: [from], targets: [to], labels, layoutOptions };
}

/** Returns the id of the marker of a state. */
export function markerOf(state: string): string {
  return `begin ${state}`;
}
