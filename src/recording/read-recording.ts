import { entryFault, format, headerFault, version, type Entry, type Header } from "./format.ts";
import { upgradeEntry } from "./upgrade.ts";

/**
 * Why a recording cannot be read to its end. A closed list.
 *
 * - `not-a-recording`: the first line is not the header of one.
 * - `unknown-version`: it was made by a newer version of this library.
 * - `truncated`: the last line is cut off.
 * - `corrupted`: a line is not JSON, or not an entry.
 * - `out-of-order`: a line is missing, doubled or misplaced.
 */
export type RecordingProblemCode =
  "not-a-recording" | "unknown-version" | "truncated" | "corrupted" | "out-of-order";

/** The first problem of a recording. Everything before it can be used. */
export interface RecordingProblem {
  readonly code: RecordingProblemCode;
  /** The line, from 1. */
  readonly line: number;
  /** One sentence that names the line and the field, and quotes nothing of it. */
  readonly message: string;
}

/** A recording that was read, as far as it could be. */
export interface Recording {
  /** `undefined` when the text is not a recording at all. */
  readonly header: Header | undefined;
  readonly entries: readonly Entry[];
  /** Why it cannot be read to its end; `undefined` when it can. */
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
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const isLast = number === lines.length;
    if (isLast && line === "") break;
    const end = (code: RecordingProblemCode, message: string): Recording => ({
      header,
      entries,
      problem: { code, line: number, message: `Line ${number}${message}` },
    });
    const corrupted = (field: string): Recording => {
      const detail = field === "" ? "." : `: its field "${field}" is missing or invalid.`;
      return end("corrupted", ` is not an entry of a recording${detail}`);
    };
    const parsed = parse(line);
    if (number === 1) {
      const given = parsed as { readonly format?: unknown; readonly version?: unknown } | null | undefined;
      if (given?.format !== format) return end("not-a-recording", noHeader);
      isOfVersion1 = given.version === 1;
      if (given.version !== version && !isOfVersion1)
        return end("unknown-version", " names a version of recordings that this library does not know.");
      const upgraded = { ...given, version };
      const fault = headerFault(upgraded);
      if (fault !== undefined) return corrupted(fault);
      header = upgraded as Header;
      continue;
    }
    const value = isOfVersion1 ? upgradeEntry(parsed) : parsed;
    // A writer that stops in the middle of a line leaves one without an end.
    if (value === undefined) return isLast ? end("truncated", ", the last one, is cut off.") : corrupted("");
    const fault = entryFault(value);
    if (fault !== undefined) return corrupted(fault);
    const entry = value as Entry;
    const before = entries.at(-1);
    const follows = before === undefined ? canBegin(entry) : entry.seq === before.seq + 1;
    if (!follows)
      return end("out-of-order", " does not follow the line before it: lines are missing or doubled.");
    entries.push(entry);
  }
  if (header !== undefined) return { header, entries, problem: undefined };
  return { header, entries, problem: { code: "not-a-recording", line: 1, message: `Line 1${noHeader}` } };
}

const noHeader = " is not the header of a recording.";

/** Whether this text begins like a recording, readable or not. */
export function isRecording(text: string): boolean {
  return text
    .slice(0, 1000)
    .replace(/^\uFEFF/, "")
    .startsWith(`{"format":"${format}"`);
}

/** Whether a recording may begin here: nothing came before, or what did was dropped. */
function canBegin({ seq, type }: Entry): boolean {
  return seq === 1 || type === "checkpoint";
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The error quotes what was read.
    return undefined;
  }
}
