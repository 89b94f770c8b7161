import { frame, sourcesOfEdge } from "./graph.ts";
import type { Layout, PlacedEdge, PlacedState, Point } from "./layout.ts";
import { textSize } from "./text-size.ts";

/** Below this share of its size a drawing is scrolled rather than made smaller, so that it stays readable. */
const minScale = 0.78;
const cornerRadius = 6;

/**
 * Returns a chart that was laid out as SVG. Its look is a matter of style sheets. A state has its id in `data-state`, an
 * arrow in `data-edge`; a fact has in `data-fact` its name, and in `data-from` the states from which it leads there.
 */
export function svgOf({ graph, width, height, states, markers, edges, ...layout }: Layout): string {
  const isGroup = ({ state }: PlacedState) => state.states.length > 0;
  const style = `min-width:${round(width * minScale)}px;max-width:${round(width)}px;min-height:${round(height * minScale)}px`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${round(width)} ${round(height)}" style="${style}">`,
    ...(layout.frame === undefined
      ? []
      : [
          `<g class="chart-frame">${rect(layout.frame, 12)}`,
          `${text(frame, textSize.fact, layout.frame.x + 12, layout.frame.y + layout.frame.height - 16)}</g>`,
        ]),
    ...states.filter(isGroup).map(stateBox),
    ...markers.map(
      ({ x, y, width: size }) =>
        `<circle class="chart-marker" cx="${round(x + size / 2)}" cy="${round(y + size / 2)}" r="${size / 2}"/>`,
    ),
    ...edges.map(arrow),
    ...states.filter((state) => !isGroup(state)).map(stateBox),
    ...edges.flatMap(({ edge, labels }) =>
      labels.map((box, index) => {
        const fact = edge!.facts[index]!;
        const names = `data-edge="${edge!.id}" data-fact="${fact}" data-from="${sourcesOfEdge(graph, edge!).join(" ")}"`;
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        return `<g class="chart-fact" ${names}>${rect(box, box.height / 2)}${text(fact, textSize.fact, x, y)}</g>`;
      }),
    ),
    "</svg>",
    "",
  ].join("\n");
}

function stateBox({ state, ...box }: PlacedState): string {
  const isGroup = state.states.length > 0;
  const classes = ["chart-state", ...(isGroup ? ["is-group"] : []), ...(state.isEnded ? ["is-ended"] : [])];
  const title = state.description === undefined ? "" : `<title>${escape(state.description)}</title>`;
  const [x, y] = isGroup
    ? [box.x + 12, box.y + box.height - 16]
    : [box.x + box.width / 2, box.y + box.height / 2];
  const name = text(state.name, textSize.state, x, y);
  return `<g class="${classes.join(" ")}" data-state="${state.id}">${title}${rect(box, isGroup ? 12 : 8)}${name}</g>`;
}

function arrow({ edge, points }: PlacedEdge): string {
  const name = edge === undefined ? "" : ` data-edge="${edge.id}"`;
  const line = `<path class="chart-line" d="${lineThrough(points)}"/>`;
  return `<g class="chart-edge"${name}>${line}<path class="chart-head" d="${headOf(points)}"/></g>`;
}

function rect({ x, y, width, height }: Omit<PlacedState, "state">, radius: number): string {
  const [left, top] = [round(x), round(y)];
  return `<rect x="${left}" y="${top}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
}

function text(words: string, size: number, x: number, y: number): string {
  return `<text font-size="${size}" x="${round(x)}" y="${round(y)}">${escape(words)}</text>`;
}

function escape(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** Returns the path of a line along these points, with its corners rounded. */
function lineThrough(points: readonly Point[]): string {
  const steps = points.map((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined) return `M${at(point)}`;
    if (after === undefined) return `L${at(point)}`;
    return `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, after))}`;
  });
  return steps.join("");
}

/** Returns the head of an arrow that ends where these points do. */
function headOf(points: readonly Point[]): string {
  const [before, tip] = points.slice(-2) as [Point, Point];
  const [x, y] = [Math.sign(tip.x - before.x), Math.sign(tip.y - before.y)];
  const corner = (side: number) => ({ x: tip.x - 7 * x + 4 * side * y, y: tip.y - 7 * y + 4 * side * x });
  return `M${at(tip)}L${at(corner(1))}L${at(corner(-1))}Z`;
}

/** Returns the place on the way to another point where the rounding of a corner begins. */
function towards(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const share = distance === 0 ? 0 : Math.min(cornerRadius, distance / 2) / distance;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function at({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
