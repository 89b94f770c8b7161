const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What Ctrl-C and its like do: the first drains, the second cuts, the third ends the process. */
export class Interrupts {
  readonly #drain = new AbortController();
  readonly #cut = new AbortController();

  constructor() {
    for (const signal of signals) process.on(signal, this.#interrupt);
  }

  /** Aborted by the first. */
  get drain(): AbortSignal {
    return this.#drain.signal;
  }

  /** Aborted by the second. */
  get cut(): AbortSignal {
    return this.#cut.signal;
  }

  forget(): void {
    for (const signal of signals) process.off(signal, this.#interrupt);
  }

  readonly #interrupt = (): void => {
    if (this.cut.aborted) process.exit(130);
    (this.drain.aborted ? this.#cut : this.#drain).abort();
  };
}
