import type { Clock } from "../../domain/clock.ts";
import { Timers, type Timer } from "./retry.ts";

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
  const timers = new Timers(clock);
  const hasPage = typeof document === "object" && typeof addEventListener === "function";
  const isHidden = () => hasPage && document.visibilityState === "hidden";

  /** Runs immediately, but not again within the interval: calls that come too early are replaced by one at its end. */
  const throttle = (run: (isFirst: boolean) => void) => {
    let lastRun = -Infinity;
    let timer: Timer | undefined;
    const runNow = (isFirst: boolean) => {
      if (timer !== undefined) timers.cancel(timer);
      timer = undefined;
      lastRun = clock.now();
      run(isFirst);
    };
    return () => {
      const elapsed = clock.now() - lastRun;
      // A clock that was set back must not prevent it.
      if (elapsed >= minIntervalMs || elapsed < 0) runNow(true);
      else timer ??= timers.schedule(() => runNow(false), minIntervalMs - elapsed);
    };
  };
  const awake = throttle((isFirst) => {
    // Events that were held back concern a connection that was checked a moment ago.
    if (isFirst) probe();
    retryNow();
  });
  const shown = throttle(retryNow);

  let lastTick = clock.now();
  const tick = () => {
    const now = clock.now();
    const hasSlept = now - lastTick > tickMs * 3 + (isHidden() ? hiddenTimerDelayMs : 0);
    lastTick = now;
    timers.schedule(tick, tickMs);
    if (hasSlept) awake();
  };
  timers.schedule(tick, tickMs);

  let hiddenSince: number | undefined;
  const listeners: Readonly<Record<string, (event: { readonly persisted?: boolean }) => void>> = {
    online: awake,
    offline: throttle(probe),
    pagehide({ persisted }) {
      if (persisted === false) onUnload();
    },
    pageshow({ persisted }) {
      if (persisted === true) awake();
    },
    visibilitychange() {
      if (isHidden()) hiddenSince = clock.now();
      else if (hiddenSince !== undefined) {
        const wasLong = clock.now() - hiddenSince > shortHidingMs;
        hiddenSince = undefined;
        (wasLong ? awake : shown)();
      }
    },
    resume: awake,
  };
  const ended = new AbortController();
  // What happens to the document passes the window first.
  if (hasPage)
    for (const [event, listener] of Object.entries(listeners))
      addEventListener(event, listener as EventListener, { capture: true, signal: ended.signal });
  return () => {
    timers.cancelAll();
    ended.abort();
  };
}
