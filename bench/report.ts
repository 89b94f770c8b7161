/** One line of the report: what was measured, and what it should be. */
export interface Line {
  readonly what: string;
  readonly measured: number;
  /** Where it has a goal; at most this. */
  readonly goal?: number;
  readonly unit?: string;
}

/** Writes a table. */
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

/** Writes lines with their goals; a goal that is missed is said, and fails nothing: machines differ. */
export function printGoals(title: string, lines: readonly Line[]): void {
  const rows = lines.map(({ what, measured, goal, unit = "" }) => [
    what,
    `${figure(measured)}${unit}`,
    goal === undefined ? "" : `≤ ${figure(goal)}${unit}`,
    goal === undefined ? "" : measured <= goal ? "ok" : "over",
  ]);
  printTable(title, ["", "measured", "goal", ""], rows);
}

/** A figure with as many digits as it deserves. */
export function figure(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return value.toFixed(Math.abs(value) < 0.1 ? 3 : 2);
}
