import type { ServerAnswer, Clock, Link, LinkListener, OperationRequest, Reading } from "../index.ts";
import type { Dialect } from "../links/gws/index.ts";

/** The world of a desk that is replayed: its link and its clock do what they are told, and nothing else. */
export class RecordedWorld {
  /** What the time is. */
  now: number;
  /** Where the link tells; `undefined` before the desk connects it. */
  sink: LinkListener | undefined;
  readonly link: Link;
  readonly clock: Clock;
  readonly #timers = new Map<string, () => void>();
  readonly #answers = new Map<OperationRequest["parameters"], (answer: ServerAnswer) => void>();
  #read: ((reading: Reading) => void) | undefined;

  constructor(dialect: Dialect, startedAt: number) {
    this.now = startedAt;
    this.link = {
      rules: dialect.rules,
      dialect: dialect.name,
      connect: (sink) => {
        this.sink = sink;
      },
      disconnect: () => {
        this.sink = undefined;
        return Promise.resolve();
      },
      // Only the last reading counts: whatever was asked before was given up.
      readList: () => new Promise((resolve) => (this.#read = resolve)),
      // The desk hands the same parameters on each time that it sends an operation, and those of no other.
      perform: ({ parameters }) => new Promise((resolve) => this.#answers.set(parameters, resolve)),
    };
    this.clock = {
      now: () => this.now,
      setTimeout: (run, _ms, name = "") => {
        this.#timers.set(name, run);
        return { name, run };
      },
      clearTimeout: (timer) => {
        const set = timer as { readonly name: string; readonly run: () => void } | undefined;
        if (set !== undefined && this.#timers.get(set.name) === set.run) this.#timers.delete(set.name);
      },
    };
  }

  /** Is the desk waiting for the server's list? */
  get isReading(): boolean {
    return this.#read !== undefined;
  }

  read(reading: Reading): void {
    const resolve = this.#read;
    this.#read = undefined;
    resolve?.(reading);
  }

  /** @returns false when nobody waits for this answer. */
  answer(parameters: OperationRequest["parameters"], answer: ServerAnswer): boolean {
    const resolve = this.#answers.get(parameters);
    this.#answers.delete(parameters);
    resolve?.(answer);
    return resolve !== undefined;
  }

  /** @returns false when there is no such timer. */
  timer(name: string): boolean {
    const run = this.#timers.get(name);
    this.#timers.delete(name);
    run?.();
    return run !== undefined;
  }
}
