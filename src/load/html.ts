const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as it stands in HTML, in an element or in an attribute in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}

/**
 * A table; its first row are the heads, and the first cell of each other row is the head of that row.
 *
 * @param texts - from which column on there is text; the columns before are figures.
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
