import { CommandFailure } from "./failure.ts";

/** A line of a table. */
export interface Row {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads comma-separated values as RFC 4180 has them: a cell in quotes may hold commas, line breaks and doubled quotes.
 * Empty lines are passed over.
 *
 * @throws CommandFailure naming the line, and quoting nothing of it
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
        `Line ${line} of ${file} has a quote in the wrong place, or one that is not closed.`,
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
