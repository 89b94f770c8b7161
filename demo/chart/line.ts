import type { Point } from "./layout.ts";

const radius = 6;

/** The path of a line along these points, with its corners rounded. */
export function lineThrough(points: readonly Point[]): string {
  const steps = points.map((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined) return `M${at(point)}`;
    if (after === undefined) return `L${at(point)}`;
    return `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, after))}`;
  });
  return steps.join("");
}

/** The head of an arrow that ends where these points do. */
export function headOf(points: readonly Point[]): string {
  const [before, tip] = points.slice(-2) as [Point, Point];
  const [x, y] = [Math.sign(tip.x - before.x), Math.sign(tip.y - before.y)];
  const corner = (side: number) => ({ x: tip.x - 7 * x + 4 * side * y, y: tip.y - 7 * y + 4 * side * x });
  return `M${at(tip)}L${at(corner(1))}L${at(corner(-1))}Z`;
}

/** The place on the way to another point where the rounding of a corner begins. */
function towards(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const share = distance === 0 ? 0 : Math.min(radius, distance / 2) / distance;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function at({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
