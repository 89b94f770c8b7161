/** The wish that a command comes to its end, from whoever has it first. */
export class Ending {
  readonly #controller = new AbortController();
  readonly #stops: (() => void)[] = [];
  #isTimeUp = false;

  /** Aborted when it is time to end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Was it time that ended it, and not somebody's wish? */
  get isTimeUp(): boolean {
    return this.#isTimeUp;
  }

  readonly request = (): void => {
    this.#controller.abort();
  };

  /** Ends after so many milliseconds. */
  after(ms: number): void {
    const timer = setTimeout(() => {
      this.#isTimeUp = !this.signal.aborted;
      this.request();
    }, ms);
    this.#stops.push(() => clearTimeout(timer));
  }

  /** Ends politely at the first Ctrl-C or the like, and the process at once at the second. */
  onInterrupt(note: () => void): void {
    const listener = (): void => this.interrupt(note);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, listener);
      this.#stops.push(() => process.off(signal, listener));
    }
  }

  /** What Ctrl-C does, also where it comes as a key. */
  interrupt(note: () => void): void {
    if (this.signal.aborted) process.exit(130);
    note();
    this.request();
  }

  /** Resolves when it is time to end. */
  async wait(): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise<void>((resolve) => this.signal.addEventListener("abort", () => resolve()));
  }

  /** Nobody can ask for it any more. */
  forget(): void {
    for (const stop of this.#stops) stop();
  }
}
