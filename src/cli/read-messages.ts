import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { CommandFailure } from "../load/index.ts";

/** A file that was read. */
export interface ReadFile {
  readonly name: string;
  readonly text: string;
}

/** The messages of one file, in its order. */
export interface RecordedMessages {
  readonly name: string;
  readonly messages: readonly unknown[];
}

/**
 * Reads files as text; `-` stands for standard input.
 *
 * @throws CommandFailure naming the file; never quoting what is in it.
 */
export async function readFiles(names: readonly string[], stdin: Readable): Promise<ReadFile[]> {
  if (names.filter((name) => name === "-").length > 1) {
    throw new CommandFailure(2, "Standard input can be read only once: give - once.");
  }
  const files: ReadFile[] = [];
  for (const name of names) {
    const title = name === "-" ? "standard input" : name;
    files.push({ name: title, text: decode(title, await read(name, title, stdin)) });
  }
  return files;
}

/**
 * Reads recorded messages: a JSON array of them, a single message, or one of the two on each line.
 *
 * @throws CommandFailure naming the file, and the line where one is to blame; never quoting what is in it.
 */
export function readMessages({ name, text }: ReadFile): RecordedMessages {
  return { name, messages: parse(name, text) };
}

async function read(name: string, title: string, stdin: Readable): Promise<Uint8Array> {
  try {
    if (name !== "-") return await readFile(name);
    const chunks: Uint8Array[] = [];
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks);
  } catch (error) {
    throw new CommandFailure(2, `${title} cannot be read: ${reasonOf(error)}.`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a directory",
  ERR_FS_FILE_TOO_LARGE: "it is too large",
};

function reasonOf(error: unknown): string {
  const { code } = error as { readonly code?: string };
  return reasons[code ?? ""] ?? code ?? "unknown error";
}

function decode(title: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CommandFailure(2, `${title} is not JSON: it is not UTF-8 text, or too large.`);
  }
}

function parse(title: string, text: string): readonly unknown[] {
  const whole = tryJson(text);
  if (whole !== undefined) return messagesOf(whole.value);
  const lines = text
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : [{ number: index + 1, parsed: tryJson(line) }]));
  if (lines.length === 0) throw new CommandFailure(2, `${title} is not JSON: it is empty.`);
  const invalid = lines.filter(({ parsed }) => parsed === undefined);
  // When more than half of the lines are JSON, the file has one document per line; otherwise it is one document.
  if (invalid.length * 2 >= lines.length) throw new CommandFailure(2, `${title} is not JSON.`);
  if (invalid[0] !== undefined) {
    throw new CommandFailure(2, `${title} is not JSON: line ${invalid[0].number} is invalid.`);
  }
  return lines.flatMap(({ parsed }) => messagesOf(parsed?.value));
}

function messagesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function tryJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The error quotes what was read, which may be customer data.
    return undefined;
  }
}
