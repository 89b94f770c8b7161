import type { Clock } from "../domain/clock.ts";

const tick = 15_000;
/** A page that was hidden for less than this kept its timers and its connection. */
const shortHiding = 10_000;

/**
 * Calls back when the machine or the page may have slept: the network is back, a page is shown or resumed, or the clock
 * jumped. Then a connection that looks well may be dead, and waiting for it to say so takes most of a minute.
 *
 * @returns what ends it.
 */
export function onWakeUp(clock: Clock, wake: () => void): () => void {
  let last = clock.now();
  let timer: unknown;
  const check = () => {
    const now = clock.now();
    const slept = now - last > tick * 3;
    last = now;
    timer = clock.setTimeout(check, tick);
    if (slept) wake();
  };
  timer = clock.setTimeout(check, tick);

  let hiddenSince: number | undefined;
  const onVisibility = () => {
    if (document.visibilityState === "hidden") hiddenSince = clock.now();
    else if (hiddenSince !== undefined) {
      const wasLong = clock.now() - hiddenSince > shortHiding;
      hiddenSince = undefined;
      if (wasLong) wake();
    }
  };
  const hasPage = typeof document === "object" && typeof addEventListener === "function";
  if (hasPage) {
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", onVisibility);
    document.addEventListener("resume", wake);
  }
  return () => {
    clock.clearTimeout(timer);
    if (!hasPage) return;
    removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", onVisibility);
    document.removeEventListener("resume", wake);
  };
}
