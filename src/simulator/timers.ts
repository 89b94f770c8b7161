import type { Clock } from "../domain/clock.ts";

/** The timers of one simulator, kept together so that stopping leaves none behind. */
export interface Timers {
  /** Runs `run` after `ms`; the answer takes the timer back. */
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
