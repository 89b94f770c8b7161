import { sanitizeLine } from "../text/index.ts";

/*
 * Columns of a terminal: they only line up when wide characters count as two.
 */

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Returns the number of columns that the text takes. */
export function widthOf(text: string): number {
  return graphemesOf(text).reduce((sum, one) => sum + (wide.test(one) ? 2 : 1), 0);
}

/** Returns the text, cut with an ellipsis so that it fits into so many columns. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  return columns > 0 ? `${fitting(text, columns - 1)}…` : "";
}

/** Returns the text, filled with blanks to so many columns. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - widthOf(text)));
}

/** Returns the lines of a text, each sanitized and at most so many columns wide; words stay whole where they fit. */
export function wrap(text: string, maxColumns: number): string[] {
  const columns = Math.max(2, maxColumns);
  return text.split(/\r\n?|\n/).flatMap((part) => {
    const lines: string[] = [];
    let line = "";
    // Blanks at the beginning belong to the first word.
    for (const word of sanitizeLine(part).match(/^\s*\S*|\s+\S*/g) ?? []) {
      if (widthOf(line + word) <= columns) {
        line += word;
        continue;
      }
      if (line !== "") lines.push(line);
      line = line === "" ? word : word.trimStart();
      while (widthOf(line) > columns) {
        lines.push(fitting(line, columns));
        line = line.slice(lines.at(-1)!.length);
      }
    }
    return [...lines, line];
  });
}

/** Returns as much of the beginning as fits. */
function fitting(text: string, columns: number): string {
  let width = 0;
  const fits = graphemesOf(text).filter((one) => (width += wide.test(one) ? 2 : 1) <= columns);
  return fits.join("");
}

function graphemesOf(text: string): string[] {
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}
