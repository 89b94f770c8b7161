const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes a text for HTML, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}

/**
 * Returns a table; the first row and the first column are heads.
 *
 * @param texts - the first column with text; the columns before have numbers.
 */
export function htmlTable(
  caption: string,
  [heads = [], ...rows]: readonly (readonly string[])[],
  texts = Infinity,
): string {
  const alignment = (column: number): string => (column >= texts ? ' class="text"' : "");
  const head = heads.map((cell, column) => `<th scope="col"${alignment(column)}>${escapeHtml(cell)}</th>`);
  const cellOf = (cell: string, column: number): string =>
    column === 0
      ? `<th scope="row">${escapeHtml(cell)}</th>`
      : `<td${alignment(column)}>${escapeHtml(cell)}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cellOf).join("")}</tr>`);
  return `<table>
<caption>${escapeHtml(caption)}</caption>
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>`;
}
