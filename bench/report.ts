/** One line of the report: a measurement and its goal. */
export interface Line {
  readonly what: string;
  readonly measured: number;
  /** The maximum, where there is a goal. */
  readonly goal?: number;
  readonly unit?: string;
}

/** Prints a table. */
export function printTable(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  ");
  console.log(`\n${title}\n`);
  console.log(line(heads));
  console.log(widths.map((width) => "-".repeat(width)).join("  "));
  for (const row of rows) console.log(line(row));
}

/** Prints lines with their goals. A missed goal is marked, but is no failure, because machines differ. */
export function printGoals(title: string, lines: readonly Line[]): void {
  const rows = lines.map(({ what, measured, goal, unit = "" }) => [
    what,
    `${figure(measured)}${unit}`,
    goal === undefined ? "" : `≤ ${figure(goal)}${unit}`,
    goal === undefined ? "" : measured <= goal ? "ok" : "over",
  ]);
  printTable(title, ["", "measured", "goal", ""], rows);
}

/** Formats a figure with two or three significant decimals. */
export function figure(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return value.toFixed(Math.abs(value) < 0.1 ? 3 : 2);
}
