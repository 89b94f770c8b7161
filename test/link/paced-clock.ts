import type { Clock } from "../../src/domain/clock.ts";
import type { CountingClock } from "./fast-clock.ts";

/** A clock for a desk, its network and its server in one process with real sockets. */
export interface PacedClock extends Clock {
  /** Resolves after so many milliseconds of this clock. */
  readonly wait: (ms: number) => Promise<void>;
  /** Resolves when the condition holds. Rejects when it does not within two minutes of this clock. */
  readonly until: (what: string, condition: () => boolean) => Promise<void>;
  /** Ends the clock: it stands still, and its timers never run. */
  readonly end: () => void;
}

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

const maxWaitMs = 120_000;

/**
 * Creates a clock that moves by turns of the event loop instead of by the time of the machine. A busy machine makes each
 * turn longer, but gives a request just as many turns: no timeout passes because a process had to wait for the processor.
 *
 * @param msPerTurn - milliseconds of the clock for each turn, which takes about one.
 */
export function pacedClock(msPerTurn = 4): PacedClock {
  let now = 1_700_000_000_000;
  const timers = new Set<Timer>();
  const turn = () => {
    now += msPerTurn;
    const due = [...timers].filter((timer) => timer.due <= now).toSorted((a, b) => a.due - b.due);
    for (const timer of due) if (timers.delete(timer)) timer.run();
    ticker = setTimeout(turn, 1);
  };
  let ticker = setTimeout(turn, 1);
  const clock: PacedClock = {
    now: () => now,
    setTimeout(run, ms) {
      const timer = { due: now + Math.max(0, ms), run };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => void timers.delete(timer as Timer),
    wait: (ms) => new Promise((resolve) => void clock.setTimeout(resolve, ms)),
    async until(what, condition) {
      const end = now + maxWaitMs;
      while (!condition()) {
        if (now > end) throw new Error(`This never happened: ${what}.`);
        await clock.wait(5 * msPerTurn);
      }
    },
    end: () => clearTimeout(ticker),
  };
  return clock;
}

/** Returns a clock with the same time, which counts only the timers that are set on itself. */
export function countingClock(clock: Clock): CountingClock {
  const pending = new Set<object>();
  return {
    now: () => clock.now(),
    setTimeout(run, ms) {
      const timer: { id?: unknown } = {};
      pending.add(timer);
      timer.id = clock.setTimeout(() => {
        pending.delete(timer);
        run();
      }, ms);
      return timer;
    },
    clearTimeout(timer) {
      if (timer === undefined) return;
      pending.delete(timer as object);
      clock.clearTimeout((timer as { readonly id: unknown }).id);
    },
    get pending() {
      return pending.size;
    },
  };
}
