import type { Clock } from "../index.ts";

/** The clock of a wait, and the signal that cuts it short. */
export interface WaitOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const interval = 20;

/** Resolves after so many milliseconds, or as soon as the signal is aborted. */
export function pause(ms: number, { clock, signal }: WaitOptions): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clock.clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = clock.setTimeout(end, signal.aborted ? 0 : ms);
    signal.addEventListener("abort", end);
  });
}

/** Checks a condition every 20 ms. @returns whether it became true before the signal was aborted. */
export async function waitUntil(condition: () => boolean, options: WaitOptions): Promise<boolean> {
  while (!condition()) {
    if (options.signal.aborted) return false;
    await pause(interval, options);
  }
  return true;
}
