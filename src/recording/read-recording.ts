import { entryFault, format, headerFault, version, type Entry, type Header } from "./format.ts";
import { upgradeEntry } from "./upgrade.ts";

/**
 * What is wrong with a recording. A closed list.
 *
 * - `not-a-recording`: the first line is not the header of one.
 * - `unknown-version`: it was made by a newer version of this library.
 * - `truncated`: the last line is cut off.
 * - `corrupted`: a line is not JSON, or not an entry.
 * - `out-of-order`: a line is missing, doubled or in the wrong place.
 */
export type RecordingProblemCode =
  "not-a-recording" | "unknown-version" | "truncated" | "corrupted" | "out-of-order";

/** The first thing that is wrong with a recording. Everything before it can be used. */
export interface RecordingProblem {
  readonly code: RecordingProblemCode;
  /** The line, from 1. */
  readonly line: number;
  /** What is wrong, in one sentence that names the line and the field, and quotes nothing of it. */
  readonly message: string;
}

const texts: Readonly<Record<RecordingProblemCode, string>> = {
  "not-a-recording": "is not the header of a recording.",
  "unknown-version": "names a version of recordings that this library does not know.",
  truncated: ", the last one, is cut off.",
  corrupted: "is not an entry of a recording",
  "out-of-order": "does not follow the line before it: lines are missing or doubled.",
};

/** A recording that was read, as far as it could be. */
export interface Recording {
  /** `undefined` when the text is not a recording at all. */
  readonly header: Header | undefined;
  readonly entries: readonly Entry[];
  /** What is wrong with it; `undefined` when nothing is. */
  readonly problem: RecordingProblem | undefined;
}

/**
 * Reads a recording, of this version or version 1. Never throws, whatever the text is: everything before the first problem
 * is there, and `problem` describes it.
 */
export function readRecording(text: string): Recording {
  const entries: Entry[] = [];
  let header: Header | undefined;
  let isOfVersion1 = false;
  const end = (code?: RecordingProblemCode, line = 0, field?: string): Recording => ({
    header,
    entries,
    problem: code === undefined ? undefined : { code, line, message: messageFor(code, line, field) },
  });
  for (const { line, number, isLast } of linesOf(text)) {
    const parsed = parse(line);
    if (number === 1) {
      const given = parsed as { readonly format?: unknown; readonly version?: unknown } | null | undefined;
      if (given?.format !== format) return end("not-a-recording", number);
      isOfVersion1 = given.version === 1;
      if (given.version !== version && !isOfVersion1) return end("unknown-version", number);
      const upgraded = { ...given, version };
      const fault = headerFault(upgraded);
      if (fault !== undefined) return end("corrupted", number, fault);
      header = upgraded as Header;
      continue;
    }
    const value = isOfVersion1 ? upgradeEntry(parsed) : parsed;
    // A writer that stops in the middle of a line leaves one without an end.
    if (value === undefined) return end(isLast ? "truncated" : "corrupted", number);
    const fault = entryFault(value);
    if (fault !== undefined) return end("corrupted", number, fault);
    const entry = value as Entry;
    const before = entries.at(-1);
    const follows = before === undefined ? canBegin(entry) : entry.seq === before.seq + 1;
    if (!follows) return end("out-of-order", number);
    entries.push(entry);
  }
  return header === undefined ? end("not-a-recording", 1) : end();
}

/** Whether this text begins like a recording, readable or not. */
export function isRecording(text: string): boolean {
  return text
    .slice(0, 1000)
    .replace(/^\uFEFF/, "")
    .startsWith(`{"format":"${format}"`);
}

function messageFor(code: RecordingProblemCode, line: number, field = ""): string {
  const start = `Line ${line}${code === "truncated" ? "" : " "}${texts[code]}`;
  if (code !== "corrupted") return start;
  return field === "" ? `${start}.` : `${start}: its field "${field}" is missing or wrong.`;
}

/** Whether a recording may begin here: nothing came before, or what did was dropped. */
function canBegin({ seq, type }: Entry): boolean {
  return seq === 1 || type === "checkpoint";
}

function* linesOf(text: string) {
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  for (let number = 1; start < text.length; number++) {
    const end = text.indexOf("\n", start);
    const isLast = end === -1;
    yield { line: text.slice(start, isLast ? undefined : end), number, isLast };
    start = isLast ? text.length : end + 1;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The error quotes what was read.
    return undefined;
  }
}
