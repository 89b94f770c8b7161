import type { Clock } from "../../src/domain/clock.ts";

/** A clock that counts its timers. */
export interface CountingClock extends Clock {
  /** Timers that are set and have not run. */
  readonly pending: number;
}

/**
 * The time of this machine, so many times as fast: what takes a second by the defaults takes a fraction, and all
 * delays keep their proportions. What a server measures itself is not touched by it.
 */
export function fastClock(factor = 1): CountingClock {
  const timers = new Set<NodeJS.Timeout>();
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * factor,
    setTimeout(run, ms) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, ms / factor);
      timers.add(timer);
      return timer;
    },
    clearTimeout(timer) {
      timers.delete(timer as NodeJS.Timeout);
      clearTimeout(timer as NodeJS.Timeout);
    },
    get pending() {
      return timers.size;
    },
  };
}
