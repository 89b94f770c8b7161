import type { Readable, Writable } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import type { Clock } from "../index.ts";

/** An input stream that may be a terminal. */
export type InputStream = Readable & Partial<Pick<ReadStream, "isTTY" | "setRawMode">>;

/** An output stream that may be a terminal. */
export type OutputStream = Writable & Partial<Pick<WriteStream, "isTTY" | "hasColors" | "columns">>;

/** What emits the signals of the process, such as SIGINT. */
export interface SignalSource {
  readonly on: (signal: NodeJS.Signals, listener: () => void) => unknown;
  readonly off: (signal: NodeJS.Signals, listener: () => void) => unknown;
}

/** Everything that a command uses of the process it runs in, so that a test can run commands without a process. */
export interface CommandIO {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signals: SignalSource;
  readonly clock: Clock;
}
