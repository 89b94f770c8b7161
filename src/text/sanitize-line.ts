// Control characters, and the marks that reorder or hide text; not those that join an emoji.
const unsafe = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\u200b\u2060-\u2064\ufeff]/gu;

/**
 * Returns the text as one line that cannot move a cursor, recolour a terminal, or reorder the text beside it. Everything
 * that a customer or a server wrote passes through here before it is printed.
 */
export function sanitizeLine(text: string): string {
  return text.replace(/\r\n?|\n|\t/g, " ").replace(unsafe, "");
}
