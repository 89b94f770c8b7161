import type { Clock } from "../domain/clock.ts";

/** A set of timers that can be cleared together. */
export interface Timers {
  /** Calls `run` after `ms`; returns a function that cancels the timer. */
  after(ms: number, run: () => void): () => void;
  clear(): void;
}

export function createTimers(clock: Clock): Timers {
  const pending = new Set<() => void>();
  return {
    after(ms, run) {
      const timer = clock.setTimeout(() => {
        pending.delete(cancel);
        run();
      }, ms);
      const cancel = (): void => {
        pending.delete(cancel);
        clock.clearTimeout(timer);
      };
      pending.add(cancel);
      return cancel;
    },
    clear() {
      for (const cancel of [...pending]) cancel();
    },
  };
}
