/*
 * Text of strangers on a terminal. It must not move the cursor, recolour the screen or reorder what stands beside it,
 * and columns only line up when wide characters count as two.
 */

// Control characters, and the marks that reorder or hide text; not those that join an emoji.
const unsafe = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\u200b\u2060-\u2064\ufeff]/gu;
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The text as one line that can do no harm. */
export function plain(text: string): string {
  return text.replace(/\r\n?|\n|\t/g, " ").replace(unsafe, "");
}

/** How many columns the text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

/** The text, cut with an ellipsis so that it fits into so many columns. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  return columns > 0 ? `${fitting(text, columns - 1)}…` : "";
}

/** As much of the beginning as fits. */
function fitting(text: string, columns: number): string {
  let width = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    width += wide.test(segment) ? 2 : 1;
    if (width > columns) return text.slice(0, index);
  }
  return text;
}

/** The text, filled with blanks to so many columns. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - widthOf(text)));
}

/** The text without its last character, as a person sees characters. */
export function withoutLast(text: string): string {
  const last = [...graphemes.segment(text)].at(-1);
  return last === undefined ? "" : text.slice(0, last.index);
}

/** The lines of a text of several, each safe and short enough; words are kept whole where they fit. */
export function wrap(text: string, columns: number): string[] {
  return text.split(/\r\n?|\n/).flatMap((line) => wrapLine(plain(line), Math.max(2, columns)));
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  const words = line.trimStart();
  let current = line.slice(0, line.length - words.length);
  for (const word of words.split(" ")) {
    const longer = current.trim() === "" ? current + word : `${current} ${word}`;
    if (widthOf(longer) <= columns) {
      current = longer;
      continue;
    }
    if (current !== "") lines.push(current);
    current = word;
    while (widthOf(current) > columns) {
      const part = fitting(current, columns);
      lines.push(part);
      current = current.slice(part.length);
    }
  }
  return [...lines, current];
}
