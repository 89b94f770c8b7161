import { clockText } from "./format.ts";
import { escapeHtml } from "./html.ts";

/** A line of a chart. */
export interface Line {
  readonly name: string;
  /** One per time; `undefined` without a value. */
  readonly values: readonly (number | undefined)[];
}

/** The data of a chart. */
export interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Milliseconds since the beginning, in ascending order. */
  readonly times: readonly number[];
  readonly text: (value: number) => string;
}

const width = 900;
const height = 220;
const margin = { left: 70, right: 10, top: 10, bottom: 26 };

/** Draws lines over time, as self-contained SVG. The lines differ in their dashes as well. */
export function chartSvg({ title, lines, times, text }: Chart): string {
  const end = Math.max(times.at(-1) ?? 0, 1);
  const steps = stepsTo(Math.max(...lines.flatMap(({ values }) => values.map((value) => value ?? 0)), 0));
  const top = steps.at(-1) ?? 1;
  const x = (time: number): string =>
    (margin.left + ((width - margin.left - margin.right) * time) / end).toFixed(1);
  const y = (value: number): string =>
    (height - margin.bottom - ((height - margin.top - margin.bottom) * value) / top).toFixed(1);
  const grid = steps.map(
    (step) =>
      `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${y(step)}" y2="${y(step)}"/>` +
      `<text class="axis" x="${margin.left - 6}" y="${y(step)}" dy="4" text-anchor="end">${escapeHtml(text(step))}</text>`,
  );
  const clocks = [0, 0.25, 0.5, 0.75, 1].map(
    (part) =>
      `<text class="axis" x="${x(end * part)}" y="${height - 8}" text-anchor="${anchor(part)}">${clockText(end * part)}</text>`,
  );
  const paths = lines.map(
    ({ values }, index) => `<path class="line line${index}" d="${pathOf(values, times, x, y)}"/>`,
  );
  const legend = lines.map(
    ({ name }, index) =>
      `<span><svg width="28" height="10" aria-hidden="true"><path class="line line${index}" d="M0 5H28"/></svg> ${escapeHtml(name)}</span>`,
  );
  return `<figure>
<figcaption><strong>${escapeHtml(title)}</strong> ${legend.join(" ")}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)} over time; the numbers are in the table below">
${[...grid, ...clocks, ...paths].join("\n")}
</svg>
</figure>`;
}

/** A missing value breaks the line; a value between two missing ones is a dot. */
function pathOf(
  values: readonly (number | undefined)[],
  times: readonly number[],
  x: (time: number) => string,
  y: (value: number) => string,
): string {
  let isDrawing = false;
  return values
    .map((value, index) => {
      const wasDrawing = isDrawing;
      isDrawing = value !== undefined;
      if (value === undefined) return "";
      const point = `${x(times[index] ?? 0)} ${y(value)}`;
      if (wasDrawing) return `L${point}`;
      return values[index + 1] === undefined ? `M${point}h0` : `M${point}`;
    })
    .join("");
}

/** Returns round numbers from 0 to at least the maximum. */
function stepsTo(max: number): number[] {
  const rough = Math.max(max, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.ceil(Math.max(max, 1) / step) + 1 }, (_, index) => index * step);
}

function anchor(part: number): string {
  if (part === 0) return "start";
  return part === 1 ? "end" : "middle";
}
