import type { Clock } from "../../src/domain/clock.ts";

/** A clock that stands still until a test moves it. */
export interface HandClock extends Clock {
  /** Moves time on and runs what is due, in order. */
  advance(ms: number): void;
  /** The number of timers that are set. */
  readonly pending: number;
}

export function handClock(start = 1_700_000_000_000): HandClock {
  let now = start;
  let count = 0;
  const timers = new Map<number, { due: number; run: () => void }>();
  return {
    now: () => now,
    setTimeout(run, ms) {
      count++;
      timers.set(count, { due: now + ms, run });
      return count;
    },
    clearTimeout: (timer) => void timers.delete(timer as number),
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.due <= end);
        const next = due.toSorted(([a, one], [b, two]) => one.due - two.due || a - b)[0];
        if (next === undefined) break;
        timers.delete(next[0]);
        now = Math.max(now, next[1].due);
        next[1].run();
      }
      now = end;
    },
    get pending() {
      return timers.size;
    },
  };
}
