/**
 * Time as it is passed in: nothing in the library reads the time or sets a timer by itself, so a test can move
 * time by hand and a recording can be replayed. Times and delays are in milliseconds.
 */
export interface Clock {
  /** The present time in milliseconds since 1970. */
  now(): number;
  /**
   * Runs `run` once after `ms` milliseconds; the answer is for {@link Clock.clearTimeout} only. A desk also gives a name
   * for the timer, for a clock that has to run the same one again.
   */
  setTimeout(run: () => void, ms: number, name?: string): unknown;
  /** Clears a timer; one that has already run, or is not a timer, is no error. */
  clearTimeout(timer: unknown): void;
}

/** The clock of the machine. Its timers keep a Node process alive until they have run or are cleared. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => globalThis.setTimeout(run, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as ReturnType<typeof globalThis.setTimeout>),
};
