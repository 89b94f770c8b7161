import type { Clock } from "../domain/clock.ts";

/** A set of timers that can be cleared together. */
export interface SimTimers {
  /** Calls `run` after `ms`; returns a function that cancels the timer. */
  after(ms: number, run: () => void): () => void;
  clear(): void;
}

/** Creates timers of a clock, or of other timers: to clear those clears these. */
export function createTimers(parent: Clock | SimTimers): SimTimers {
  const pending = new Set<() => void>();
  const start = (ms: number, run: () => void) => {
    if ("after" in parent) return parent.after(ms, run);
    const timer = parent.setTimeout(run, ms);
    return () => parent.clearTimeout(timer);
  };
  return {
    after(ms, run) {
      const stop = start(ms, () => {
        pending.delete(cancel);
        run();
      });
      const cancel = (): void => {
        pending.delete(cancel);
        stop();
      };
      pending.add(cancel);
      return cancel;
    },
    clear() {
      for (const cancel of pending) cancel();
    },
  };
}
