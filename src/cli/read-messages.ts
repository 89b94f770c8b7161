import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { CommandFailure, errorCode, type CommandIO } from "../load/index.ts";

/** A file that was read. */
export interface InputFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads files as text; `-` stands for standard input.
 *
 * @throws CommandFailure naming the file; never quoting what is in it.
 */
export async function readFiles(names: readonly string[], stdin: CommandIO["stdin"]): Promise<InputFile[]> {
  if (names.filter((name) => name === "-").length > 1) {
    throw new CommandFailure(2, "Standard input can be read only once: give - once.");
  }
  const files: InputFile[] = [];
  for (const path of names) {
    const name = path === "-" ? "standard input" : path;
    const bytes = await (path === "-" ? buffer(stdin) : readFile(path)).catch((error: unknown) => {
      const code = errorCode(error);
      throw new CommandFailure(2, `${name} cannot be read: ${reasons[code] ?? code}.`);
    });
    files.push({ name, text: decode(name, bytes) });
  }
  return files;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a directory",
  ERR_FS_FILE_TOO_LARGE: "it is too large",
};

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CommandFailure(2, `${name} is not JSON: it is not UTF-8 text, or too large.`);
  }
}

/**
 * Returns the recorded messages of a file: a JSON array of them, a single message, or one of the two on each line.
 *
 * @throws CommandFailure naming the file, and the line where one is to blame; never quoting what is in it.
 */
export function readMessages({ name, text }: InputFile): readonly unknown[] {
  const whole = tryJson(text);
  if (whole !== undefined) return whole;
  const lines = text
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [{ number: index + 1, messages: tryJson(line) }]));
  if (lines.length === 0) throw new CommandFailure(2, `${name} is not JSON: it is empty.`);
  const invalid = lines.filter(({ messages }) => messages === undefined);
  // When more than half of the lines are JSON, the file has one document per line; otherwise it is one document.
  if (invalid.length * 2 >= lines.length) throw new CommandFailure(2, `${name} is not JSON.`);
  if (invalid[0] !== undefined) {
    throw new CommandFailure(2, `${name} is not JSON: line ${invalid[0].number} is invalid.`);
  }
  return lines.flatMap(({ messages }) => messages ?? []);
}

/** Returns the array, or the value as its only element; `undefined` when the text is not JSON. */
function tryJson(text: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(text) as unknown].flat();
  } catch {
    // The error quotes what was read, which may be customer data.
    return undefined;
  }
}
