import type { Clock } from "../../domain/clock.ts";

const tick = 15_000;
/** A page that was hidden for less than this kept its timers and its connection. */
const shortHiding = 10_000;
/** How much later the timers of a hidden page may run: Chromium lets some of them run once a minute only. */
const throttling = 60_000;
/** What comes in bunches, as on opening a lid, or flaps, as a bad network does, counts once in this time. */
const minIntervalMs = 5000;

/** What to do when the machine, the page or its network came back, or went. */
export interface WakeUp {
  /** A connection that looks well may be dead, and waiting for it to say so takes most of a minute. */
  readonly probe: () => void;
  /** What failed for want of a network need not wait any longer. */
  readonly retry: () => void;
  /** The page ends; the last chance to say something. */
  readonly end: () => void;
}

/**
 * Calls back when the machine or the page may have slept: the network is back, a page is shown or resumed, or the clock
 * jumped; when the network is gone; and when the page ends. A page that is kept for the way back does not end.
 *
 * @returns what ends it.
 */
export function onWakeUp(clock: Clock, { probe, retry, end }: WakeUp): () => void {
  const hasPage = typeof document === "object" && typeof addEventListener === "function";
  const isHidden = () => hasPage && document.visibilityState === "hidden";

  const awake = sparing(clock, (isFirst) => {
    // What came meanwhile is about a connection that was just tried.
    if (isFirst) probe();
    retry();
  });
  const shown = sparing(clock, retry);
  const gone = sparing(clock, probe);

  let last = clock.now();
  let timer: unknown;
  const check = () => {
    const now = clock.now();
    const slept = now - last > tick * 3 + (isHidden() ? throttling : 0);
    last = now;
    timer = clock.setTimeout(check, tick);
    if (slept) awake.call();
  };
  timer = clock.setTimeout(check, tick);

  let hiddenSince: number | undefined;
  const onVisibility = () => {
    if (isHidden()) hiddenSince = clock.now();
    else if (hiddenSince !== undefined) {
      const wasLong = clock.now() - hiddenSince > shortHiding;
      hiddenSince = undefined;
      (wasLong ? awake : shown).call();
    }
  };
  const onHide = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) end();
  };
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) awake.call();
  };
  if (hasPage) {
    addEventListener("online", awake.call);
    addEventListener("offline", gone.call);
    addEventListener("pagehide", onHide);
    addEventListener("pageshow", onShow);
    document.addEventListener("visibilitychange", onVisibility);
    document.addEventListener("resume", awake.call);
  }
  return () => {
    clock.clearTimeout(timer);
    for (const { end: forget } of [awake, shown, gone]) forget();
    if (!hasPage) return;
    removeEventListener("online", awake.call);
    removeEventListener("offline", gone.call);
    removeEventListener("pagehide", onHide);
    removeEventListener("pageshow", onShow);
    document.removeEventListener("visibilitychange", onVisibility);
    document.removeEventListener("resume", awake.call);
  };
}

/** Runs at once when it is called, but seldom: calls that come too early are made up by one at the end of the time. */
function sparing(clock: Clock, run: (isFirst: boolean) => void): { call: () => void; end: () => void } {
  let last = -Infinity;
  let timer: unknown;
  const end = () => {
    clock.clearTimeout(timer);
    timer = undefined;
  };
  const go = (isFirst: boolean) => {
    end();
    last = clock.now();
    run(isFirst);
  };
  const call = () => {
    const since = clock.now() - last;
    // A clock that was set back must not keep it from running.
    if (since >= minIntervalMs || since < 0) go(true);
    else timer ??= clock.setTimeout(() => go(false), minIntervalMs - since);
  };
  return { call, end };
}
