import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Writable } from "node:stream";
import type { Desk } from "../index.ts";
import { record } from "../recording/index.ts";
import { CommandFailure } from "../load/index.ts";
import { sanitizeLine } from "../text/index.ts";

/** Where a desk is recorded, and how. */
export interface RecordToFileOptions {
  readonly file: string;
  readonly includeCustomerData: boolean;
  /** Told when the recording ends before the desk does. */
  readonly stderr: Writable;
}

/**
 * Records a desk to a file, which must not be there yet.
 *
 * @returns ends the recording, and resolves when the file is closed.
 * @throws CommandFailure when the file cannot be made.
 */
export async function recordToFile(
  desk: Desk,
  { file, includeCustomerData, stderr }: RecordToFileOptions,
): Promise<() => Promise<void>> {
  let handle;
  try {
    // For nobody else to read, and not over a recording that is there.
    handle = await open(file, "wx", 0o600);
  } catch (error) {
    const { code } = error as { readonly code?: string };
    const why = code === "EEXIST" ? "it exists already" : (code ?? "unknown error");
    throw new CommandFailure(2, `${sanitizeLine(file)} cannot be recorded to: ${why}.`);
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
