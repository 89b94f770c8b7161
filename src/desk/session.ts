import type { StopReason } from "../domain/connection.ts";
import { DeskError } from "../domain/error.ts";
import * as errorText from "../domain/error-text.ts";

interface Start {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: DeskError) => void;
}

/** Whether a desk is started, and what the callers of `start` and `stop` are promised. */
export class Session {
  /** Raised by each start and stop, so that events of a previous run are ignored. */
  #run = 0;
  /** What `start` promised; `undefined` while the desk is stopped. */
  #start: Start | undefined;
  #isStarting = false;
  #stopping: Promise<void> | undefined;

  /** Identifies the present run. */
  get run(): number {
    return this.#run;
  }

  /** What `start` promised; `undefined` while the desk is stopped. */
  get started(): Promise<void> | undefined {
    return this.#start?.promise;
  }

  /** What `stop` promised; `undefined` when nothing is being stopped. */
  get stopping(): Promise<void> | undefined {
    return this.#stopping;
  }

  /** Begins a run. */
  begin(): Promise<void> {
    this.#run++;
    let resolve!: () => void;
    let reject!: (error: DeskError) => void;
    const promise = new Promise<void>((...settle) => ([resolve, reject] = settle));
    // A caller that ignores the promise learns of the failure from `connection`, not from an unhandled rejection.
    promise.catch(() => {});
    this.#start = { promise, resolve, reject };
    this.#isStarting = true;
    return promise;
  }

  /** The desk is Live. */
  live(): void {
    if (this.#isStarting) this.#start?.resolve();
    this.#isStarting = false;
  }

  /** Ends the run. */
  end(reason: StopReason): void {
    this.#run++;
    if (this.#isStarting) this.#start?.reject(startError(reason));
    this.#isStarting = false;
    this.#start = undefined;
  }

  /** Notes that the link is being closed. Returns what `stop` promises. */
  close(disconnected: Promise<void>): Promise<void> {
    return (this.#stopping = disconnected.finally(() => {
      this.#stopping = undefined;
    }));
  }
}

function startError(reason: StopReason): DeskError {
  switch (reason) {
    case "authentication-failed":
      return new DeskError(reason, errorText.authentication());
    case "connection-refused":
      return new DeskError(reason, errorText.refused(), { retryable: true });
    case "stop":
      return new DeskError("stopped", errorText.stopped(), { retryable: true });
  }
}
