import type { ReadableStore } from "../index.ts";

/** Waits so many milliseconds, or until the signal says to hurry. */
export function pause(ms: number, hurry: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      hurry.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, hurry.aborted ? 0 : ms);
    hurry.addEventListener("abort", done);
  });
}

/**
 * Waits until something holds, looking again whenever one of these changes.
 *
 * @returns false when the signal came first.
 */
export function until(
  readables: readonly Pick<ReadableStore<unknown>, "subscribe">[],
  holds: () => boolean,
  giveUp: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    if (holds()) return resolve(true);
    if (giveUp.aborted) return resolve(false);
    const done = (isReached: boolean): void => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      giveUp.removeEventListener("abort", stop);
      resolve(isReached);
    };
    const stop = (): void => done(false);
    const look = (): void => {
      if (holds()) done(true);
    };
    const subscriptions = readables.map((readable) => readable.subscribe(look));
    giveUp.addEventListener("abort", stop);
  });
}

/** The same for what tells nobody when it changes: it is looked at every 20 ms. */
export async function untilSeen(holds: () => boolean, giveUp: AbortSignal): Promise<boolean> {
  while (!holds()) {
    if (giveUp.aborted) return false;
    await pause(20, giveUp);
  }
  return true;
}
