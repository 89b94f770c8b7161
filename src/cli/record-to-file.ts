import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Writable } from "node:stream";
import type { Desk } from "../index.ts";
import { record } from "../recording/index.ts";
import { CommandFailure, errorCode } from "../load/index.ts";
import { sanitizeLine } from "../text/index.ts";

/** The file of a recording, and its redaction. */
export interface RecordToFileOptions {
  readonly file: string;
  readonly includeCustomerData: boolean;
  /** Receives a line when the recording fails before the desk ends. */
  readonly stderr: Writable;
}

/**
 * Records a desk to a new file.
 *
 * @returns a function that ends the recording, and resolves when the file is closed.
 * @throws CommandFailure when the file cannot be created.
 */
export async function recordToFile(
  desk: Desk,
  { file, includeCustomerData, stderr }: RecordToFileOptions,
): Promise<() => Promise<void>> {
  let handle;
  try {
    // Only its owner can read it, and it replaces no other recording.
    handle = await open(file, "wx", 0o600);
  } catch (error) {
    const code = errorCode(error);
    const reason = code === "EEXIST" ? "it exists already" : code;
    throw new CommandFailure(2, `${sanitizeLine(file)} cannot be recorded to: ${reason}.`);
  }
  const stream = createWriteStream("", { fd: handle });
  const recorder = record(desk, {
    to: stream,
    includeCustomerData,
    onFailure: ({ message }) => void stderr.write(`deskstate: ${sanitizeLine(file)}: ${message}\n`),
  });
  return async () => {
    await recorder.stop();
    if (recorder.failure !== undefined) return void stream.destroy();
    await new Promise<void>((resolve) => {
      stream.once("error", () => resolve());
      stream.end(() => resolve());
    });
  };
}
