import Elk, { type ElkNode } from "elkjs/lib/elk.bundled.js";
import { elkGraph, markerOf } from "./elk-graph.ts";
import { allStates, frame, type Graph, type GraphEdge, type GraphState } from "./graph.ts";

/** A place in the drawing, from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedState extends Box {
  readonly state: GraphState;
}

export interface PlacedEdge {
  /** Absent for the arrow from a marker to an initial state. */
  readonly edge: GraphEdge | undefined;
  readonly points: readonly Point[];
  /** The places of the facts, in their order. */
  readonly labels: readonly Box[];
}

/** A chart with a place for everything that is drawn. */
export interface Layout {
  readonly graph: Graph;
  readonly width: number;
  readonly height: number;
  /** A state precedes those inside it. */
  readonly states: readonly PlacedState[];
  readonly frame: Box | undefined;
  readonly markers: readonly Box[];
  readonly edges: readonly PlacedEdge[];
}

const minStep = 4;

/** Lays a chart out. The same chart always gets the same layout. */
export async function layOut(graph: Graph): Promise<Layout> {
  const laid = await new Elk.default().layout(elkGraph(graph));
  const boxes = new Map(nodesBelow(laid).map((node) => [node.id, boxOf(node)]));
  const arrows = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]));
  const place = (id: string, edge: GraphEdge | undefined): PlacedEdge => {
    const { sections, labels } = arrows.get(id)!;
    const { startPoint, bendPoints = [], endPoint } = sections![0]!;
    return {
      edge,
      points: straighten([startPoint, ...bendPoints, endPoint]),
      labels: (labels ?? []).map(boxOf),
    };
  };
  return {
    graph,
    width: laid.width!,
    height: laid.height!,
    states: allStates(graph).map((state) => ({ state, ...boxes.get(state.id)! })),
    frame: boxes.get(frame),
    markers: graph.initial.map((id) => boxes.get(markerOf(id))!),
    edges: [
      ...graph.initial.map((id) => place(markerOf(id), undefined)),
      ...graph.edges.map((edge) => place(edge.id, edge)),
    ],
  };
}

/** ELK leaves steps in its lines that are too small to be seen as corners. */
function straighten([first, ...rest]: readonly Point[]): Point[] {
  const points = [first!];
  for (const { x, y } of rest) {
    const before = points.at(-1)!;
    const [isAbove, isBeside] = [Math.abs(x - before.x) < minStep, Math.abs(y - before.y) < minStep];
    if (!isAbove || !isBeside) points.push({ x: isAbove ? before.x : x, y: isBeside ? before.y : y });
  }
  return points;
}

function nodesBelow({ children = [] }: ElkNode): ElkNode[] {
  return children.flatMap((node) => [node, ...nodesBelow(node)]);
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x, y, width, height };
}
