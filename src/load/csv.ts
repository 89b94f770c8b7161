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
  const cell = /"([^"]*(?:""[^"]*)*)"(?=,|\r?\n|$)|([^",\r\n]*)(?=,|\r?\n|$)/y;
  let cells: string[] = [];
  let line = 1;
  let began = 1;
  let position = text.startsWith("\ufeff") ? 1 : 0;
  while (position <= text.length) {
    cell.lastIndex = position;
    const found = cell.exec(text);
    if (found === null) {
      throw new CommandFailure(
        2,
        `Line ${line} of ${file} has a misplaced quote, or one that is not closed.`,
      );
    }
    const [whole, quoted, plain = ""] = found;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.split("\n").length - 1;
    position += whole.length;
    if (text[position] === ",") position++;
    else {
      if (cells.length > 1 || whole !== "") rows.push({ line: began, cells });
      cells = [];
      position += text[position] === "\r" ? 2 : 1;
      began = ++line;
    }
  }
  return rows;
}
