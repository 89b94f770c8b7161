import { readRecording, type Recording } from "deskstate/recording";
import { sanitizeLine } from "deskstate/text";
import { ObservableValue } from "../observable-value.ts";
import { ReplayController } from "./replay-controller.ts";

/** The recording that is open. */
export interface LoaderState {
  /** `undefined` while the live desk is shown. */
  readonly replay: ReplayController | undefined;
  /** Counts the recordings that were opened. */
  readonly count: number;
  /** The name of the file that is being read. */
  readonly reading: string | undefined;
  /** Why the last file was not opened, in words for people. */
  readonly failure: string | undefined;
}

/** Opens and closes recordings. A file that is no recording leaves the page unchanged. */
export class RecordingLoader extends ObservableValue<LoaderState> {
  #latest: File | undefined;

  constructor() {
    super({ replay: undefined, count: 0, reading: undefined, failure: undefined });
  }

  /** Opens a file. Of several that are opened concurrently the last one counts. */
  readonly open = async (file: File): Promise<void> => {
    this.#latest = file;
    this.#update({ reading: file.name, failure: undefined });
    // Parsing a large file blocks the page, so the loading state is painted first.
    await new Promise((resolve) => setTimeout(resolve));
    const result = await readFile(file);
    if (this.#latest !== file) return;
    if (typeof result === "string") return this.#update({ reading: undefined, failure: result });
    const { replay, count } = this.getSnapshot();
    replay?.close();
    const opened = new ReplayController(file.name, result);
    this.#update({ replay: opened, count: count + 1, reading: undefined });
  };

  /** Returns to the live desk. */
  readonly leave = (): void => {
    this.#latest = undefined;
    this.getSnapshot().replay?.close();
    this.#update({ replay: undefined, reading: undefined, failure: undefined });
  };

  readonly dismissFailure = (): void => this.#update({ failure: undefined });

  #update(changes: Partial<LoaderState>): void {
    this.set({ ...this.getSnapshot(), ...changes });
  }
}

const megabyte = 1e6;
/** A page that parses more than this is blocked for too long. */
const maxBytes = 100 * megabyte;

/** Reads a recording from a file. Never rejects: resolves to why it cannot be replayed, in words for people. */
export async function readFile(file: Pick<File, "name" | "size" | "text">): Promise<Recording | string> {
  const fail = (reason: string) => `${sanitizeLine(file.name)} cannot be opened. ${reason}`;
  if (file.size === 0) return fail("It is empty.");
  if (file.size > maxBytes) {
    const size = Math.ceil(file.size / megabyte);
    return fail(`It has ${size} MB; this page reads up to ${maxBytes / megabyte} MB.`);
  }
  try {
    const recording = readRecording(await file.text());
    const { header, entries, problem } = recording;
    if (header === undefined) return fail(problem?.message ?? "It is not a recording.");
    if (entries.length > 0) return recording;
    return fail(
      problem === undefined ? "It has no entries." : `${problem.message} There is nothing before it.`,
    );
  } catch {
    return fail("The browser cannot read it.");
  }
}
