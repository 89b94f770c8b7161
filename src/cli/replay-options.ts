import type { Readable, Writable } from "node:stream";

/** The options of the command `replay`. */
export interface ReplayCommandOptions {
  readonly json?: boolean;
  /** Milliseconds since the beginning of the recording. */
  readonly at?: number;
  readonly untilAnomaly?: boolean;
}

/** The streams of the process. */
export interface ReplaySurroundings {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}
