import type { Clock } from "../../domain/clock.ts";

const tickMs = 15_000;
/** A page that was hidden for less than this kept its timers and its connection. */
const shortHidingMs = 10_000;
/** The maximum delay of the timers of a hidden page: Chromium runs some of them only once a minute. */
const hiddenTimerDelayMs = 60_000;
/** Events that come together, as when a lid is opened, or that repeat, as on a bad network, count once in this time. */
const minIntervalMs = 5000;

/** The reactions to a machine, a page or a network that comes back or goes. */
export interface WakeUp {
  /** Checks the connection, because a dead one may otherwise look alive for most of a minute. */
  readonly probe: () => void;
  /** Retries what failed because of the network. */
  readonly retryNow: () => void;
  /** The page is unloaded. This is the last opportunity to send a request. */
  readonly onUnload: () => void;
}

/**
 * Calls back when the machine or the page may have slept: the network is back, a page is shown or resumed, or the clock
 * jumped; when the network is gone; and when the page is unloaded. A page in the back/forward cache is not unloaded.
 *
 * @returns a function that ends it.
 */
export function onWakeUp(clock: Clock, { probe, retryNow, onUnload }: WakeUp): () => void {
  const hasPage = typeof document === "object" && typeof addEventListener === "function";
  const isHidden = () => hasPage && document.visibilityState === "hidden";

  const awake = throttle(clock, (isFirst) => {
    // Events that were held back concern a connection that was checked a moment ago.
    if (isFirst) probe();
    retryNow();
  });
  const shown = throttle(clock, retryNow);
  const offline = throttle(clock, probe);

  let lastTick = clock.now();
  let timer: unknown;
  const tick = () => {
    const now = clock.now();
    const hasSlept = now - lastTick > tickMs * 3 + (isHidden() ? hiddenTimerDelayMs : 0);
    lastTick = now;
    timer = clock.setTimeout(tick, tickMs);
    if (hasSlept) awake.call();
  };
  timer = clock.setTimeout(tick, tickMs);

  let hiddenSince: number | undefined;
  const onVisibility = () => {
    if (isHidden()) hiddenSince = clock.now();
    else if (hiddenSince !== undefined) {
      const wasLong = clock.now() - hiddenSince > shortHidingMs;
      hiddenSince = undefined;
      (wasLong ? awake : shown).call();
    }
  };
  const onHide = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) onUnload();
  };
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) awake.call();
  };
  const listeners: readonly (readonly [target: EventTarget, event: string, listener: unknown])[] = hasPage
    ? [
        [globalThis, "online", awake.call],
        [globalThis, "offline", offline.call],
        [globalThis, "pagehide", onHide],
        [globalThis, "pageshow", onShow],
        [document, "visibilitychange", onVisibility],
        [document, "resume", awake.call],
      ]
    : [];
  for (const [target, event, listener] of listeners)
    target.addEventListener(event, listener as EventListener);
  return () => {
    clock.clearTimeout(timer);
    for (const throttled of [awake, shown, offline]) throttled.cancel();
    for (const [target, event, listener] of listeners)
      target.removeEventListener(event, listener as EventListener);
  };
}

/** Runs immediately, but not again within the interval: calls that come too early are replaced by one at its end. */
function throttle(clock: Clock, run: (isFirst: boolean) => void): { call: () => void; cancel: () => void } {
  let lastRun = -Infinity;
  let timer: unknown;
  const cancel = () => {
    clock.clearTimeout(timer);
    timer = undefined;
  };
  const runNow = (isFirst: boolean) => {
    cancel();
    lastRun = clock.now();
    run(isFirst);
  };
  const call = () => {
    const elapsed = clock.now() - lastRun;
    // A clock that was set back must not prevent it.
    if (elapsed >= minIntervalMs || elapsed < 0) runNow(true);
    else timer ??= clock.setTimeout(() => runNow(false), minIntervalMs - elapsed);
  };
  return { call, cancel };
}
