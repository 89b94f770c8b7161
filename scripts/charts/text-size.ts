/** The sizes of text in a drawing, in pixels. */
export const textSize = { state: 13, fact: 12 } as const;

const narrow = new Set("fijlrtI .,'");
const wide = new Set("mwMW");

/**
 * Returns the maximum width of a text in any common sans-serif font, because a layout needs it where no browser can
 * measure.
 */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += shareOf(letter) * size;
  return Math.ceil(width);
}

function shareOf(letter: string): number {
  if (narrow.has(letter)) return 0.4;
  if (wide.has(letter)) return 0.92;
  return letter === letter.toLowerCase() ? 0.6 : 0.74;
}
