import type { Report } from "../domain/anomaly.ts";

/**
 * Something that can be read now and watched. The shape of an XState actor, so that `useSelector` of
 * `@xstate/react` and `@xstate/vue` takes it; and both functions may be passed on alone, as in
 * `useSyncExternalStore(readable.subscribe, readable.getSnapshot)`.
 */
export interface ReadableStore<Snapshot> {
  /** What is so now. The same reference until it changes. */
  getSnapshot(): Snapshot;
  /** Calls the observer after each change, never at once. What it throws is reported as an anomaly. */
  subscribe(observer: Observer<Snapshot>): Subscription;
}

/** A function, or an object with `next`. What it returns is not used; the failure of a promise is reported like a throw. */
export type Observer<Snapshot> =
  ((snapshot: Snapshot) => unknown) | { readonly next?: ((snapshot: Snapshot) => unknown) | undefined };

/** Ends a subscription, called as it is or by its method. */
export interface Subscription {
  (): void;
  readonly unsubscribe: () => void;
}

/** A subscription that is ended by this function. */
export function subscription(unsubscribe: () => void): Subscription {
  return Object.assign(unsubscribe, { unsubscribe });
}

const nobody: readonly never[] = [];

/** The observers of one thing. */
export class ListenerSet<Snapshot> {
  readonly #report: Report;
  #observers: readonly ((snapshot: Snapshot) => unknown)[] = nobody;

  constructor(report: Report) {
    this.#report = report;
  }

  get isEmpty(): boolean {
    return this.#observers.length === 0;
  }

  readonly add = (observer: Observer<Snapshot>): Subscription => {
    const next = (snapshot: Snapshot) =>
      typeof observer === "function" ? observer(snapshot) : observer.next?.(snapshot);
    // A new list each time: an observer may come or go while the others are called.
    this.#observers = [...this.#observers, next];
    return subscription(() => {
      this.#observers = this.#observers.filter((other) => other !== next);
    });
  };

  notify(snapshot: Snapshot): void {
    for (const observer of this.#observers) {
      try {
        const result = observer(snapshot);
        if (result instanceof Promise) result.catch(() => this.#failed());
      } catch {
        this.#failed();
      }
    }
  }

  // What was thrown may quote customer data, so only that it was thrown is kept.
  #failed(): void {
    this.#report({ code: "listener-failed", message: "A subscriber threw." });
  }
}
