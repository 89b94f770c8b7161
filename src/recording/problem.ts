/**
 * What is wrong with a recording. A closed list.
 *
 * - `not-a-recording`: the first line is not the header of one.
 * - `unknown-version`: it was made by a newer version of this library.
 * - `truncated`: the last line is cut off.
 * - `corrupted`: a line is not JSON, or not an entry.
 * - `out-of-order`: a line is missing, doubled or at the wrong place.
 */
export type RecordingProblemCode =
  "not-a-recording" | "unknown-version" | "truncated" | "corrupted" | "out-of-order";

/** The first thing that is wrong with a recording. What stands before it can be used. */
export interface RecordingProblem {
  readonly code: RecordingProblemCode;
  /** The line, from 1. */
  readonly line: number;
  /** What is wrong, naming the line and quoting nothing of it. */
  readonly message: string;
}

const texts: Readonly<Record<RecordingProblemCode, (line: number) => string>> = {
  "not-a-recording": (line) => `Line ${line} is not the header of a recording.`,
  "unknown-version": (line) => `Line ${line} names a version of recordings that this library does not know.`,
  truncated: (line) => `Line ${line}, the last one, is cut off.`,
  corrupted: (line) => `Line ${line} is not an entry of a recording.`,
  "out-of-order": (line) => `Line ${line} does not follow the line before it: lines are missing or doubled.`,
};

export function problem(code: RecordingProblemCode, line: number): RecordingProblem {
  return { code, line, message: texts[code](line) };
}
