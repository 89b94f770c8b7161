import { isEntry, isHeader } from "./check-entry.ts";
import { format, version, type Entry, type Header } from "./format.ts";
import { upgradeEntry } from "./upgrade.ts";
import { problem, type RecordingProblem, type RecordingProblemCode } from "./problem.ts";

/** A recording that was read, as far as it could be. */
export interface Recording {
  /** `undefined` when the text is not a recording at all. */
  readonly header: Header | undefined;
  readonly entries: readonly Entry[];
  /** What is wrong with it; `undefined` when nothing is. */
  readonly problem: RecordingProblem | undefined;
}

/**
 * Reads a recording. Whatever the text is, this does not throw: what stands before the first problem is there, and
 * `problem` says what is wrong.
 */
export function readRecording(text: string): Recording {
  const entries: Entry[] = [];
  let header: Header | undefined;
  let isOfVersion1 = false;
  const end = (code?: RecordingProblemCode, line = 0): Recording => ({
    header,
    entries,
    problem: code === undefined ? undefined : problem(code, line),
  });
  for (const { line, number, isLast } of linesOf(text)) {
    const parsed = parse(line);
    if (number === 1) {
      const code = headerProblem(parsed);
      if (code !== undefined) return end(code, number);
      isOfVersion1 = (parsed as { version: number }).version === 1;
      header = { ...(parsed as Header), version };
      continue;
    }
    const value = isOfVersion1 ? upgradeEntry(parsed) : parsed;
    // Whoever stops in the middle of a line leaves one without an end.
    if (value === undefined) return end(isLast ? "truncated" : "corrupted", number);
    if (!isEntry(value)) return end("corrupted", number);
    const before = entries.at(-1);
    const follows = before === undefined ? canBegin(value) : value.seq === before.seq + 1;
    if (!follows) return end("out-of-order", number);
    entries.push(value);
  }
  return header === undefined ? end("not-a-recording", 1) : end();
}

/** Does this text begin like a recording, readable or not? */
export function isRecording(text: string): boolean {
  return text
    .slice(0, 1000)
    .replace(/^\uFEFF/, "")
    .startsWith(`{"format":"${format}"`);
}

function headerProblem(value: unknown): RecordingProblemCode | undefined {
  const told = value as Partial<Header> | null | undefined;
  if (typeof told !== "object" || told?.format !== format) return "not-a-recording";
  if (told.version !== version && told.version !== (1 as number)) return "unknown-version";
  return isHeader(told) ? undefined : "corrupted";
}

/** What came before was dropped, or there was nothing before. */
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
