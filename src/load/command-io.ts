import type { Readable, Writable } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import type { Clock } from "../index.ts";

/** An output stream that may be a terminal. */
export type OutputStream = Writable & Partial<Pick<WriteStream, "isTTY" | "hasColors" | "columns">>;

type OnSignal = (signal: NodeJS.Signals, listener: () => void) => unknown;

/** Everything that a command uses of the process it runs in, so that a test can run commands without a process. */
export interface CommandIO {
  readonly stdin: Readable & Partial<Pick<ReadStream, "isTTY" | "setRawMode">>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Emits the signals of the process, such as SIGINT. */
  readonly signals: { readonly on: OnSignal; readonly off: OnSignal };
  /** Ends the process immediately. */
  readonly exit: (code: number) => void;
  readonly clock: Clock;
}
