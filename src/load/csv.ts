import { CommandFailure } from "./failure.ts";

/** A row of a table. */
export interface Row {
  /** The line in the file at which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Parses comma-separated values (RFC 4180): a cell in quotes may have commas, line breaks and doubled quotes. Empty lines
 * are skipped.
 *
 * @throws CommandFailure that names the line and quotes nothing of it
 */
export function parseCsv(text: string, file: string): Row[] {
  const rows: Row[] = [];
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  cell.lastIndex = text.startsWith("\ufeff") ? 1 : 0;
  let cells: string[] = [];
  let line = 1;
  for (let first = 1, separator: string | undefined; separator !== "";) {
    const found = cell.exec(text);
    if (found === null) {
      throw new CommandFailure(
        2,
        `Line ${line} of ${file} has a misplaced quote, or one that is not closed.`,
      );
    }
    const [whole, quoted, plain = ""] = found;
    separator = found[3];
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.split("\n").length - 1;
    if (separator === ",") continue;
    if (cells.length > 1 || (quoted ?? plain) !== "") rows.push({ line: first, cells });
    cells = [];
    first = line;
  }
  return rows;
}
