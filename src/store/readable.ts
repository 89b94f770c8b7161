import type { Report } from "../domain/anomaly.ts";

/**
 * Something that can be read now and watched. The shape of an XState actor, so that `useSelector` of
 * `@xstate/react` and `@xstate/vue` takes it; and both functions may be passed on alone, as in
 * `useSyncExternalStore(readable.subscribe, readable.getSnapshot)`.
 */
export interface Readable<Snapshot> {
  /** What is so now. The same reference until it changes. */
  getSnapshot(): Snapshot;
  /** Calls the observer after each change, never at once. What it throws is reported as an anomaly. */
  subscribe(observer: Observer<Snapshot>): Subscription;
}

/** A function, or an object with `next`. */
export type Observer<Snapshot> =
  ((snapshot: Snapshot) => void) | { readonly next?: ((snapshot: Snapshot) => void) | undefined };

/** Ends a subscription, called as it is or by its method. */
export interface Subscription {
  (): void;
  readonly unsubscribe: () => void;
}

/** The observers of one thing. */
export class Observers<Snapshot> {
  readonly #report: Report;
  #observers: ((snapshot: Snapshot) => void)[] = [];

  constructor(report: Report) {
    this.#report = report;
  }

  get isEmpty(): boolean {
    return this.#observers.length === 0;
  }

  add(observer: Observer<Snapshot>): Subscription {
    const next = (snapshot: Snapshot) => {
      if (typeof observer === "function") observer(snapshot);
      else observer.next?.(snapshot);
    };
    // A new list each time: an observer may come or go while the others are called.
    this.#observers = [...this.#observers, next];
    const unsubscribe = () => {
      this.#observers = this.#observers.filter((other) => other !== next);
    };
    return Object.assign(unsubscribe, { unsubscribe });
  }

  notify(snapshot: Snapshot): void {
    for (const observer of this.#observers) {
      try {
        observer(snapshot);
      } catch {
        // What was thrown may quote customer data, so only that it was thrown is kept.
        this.#report({
          code: "listener-failed",
          message: "A subscriber threw; the others were still called.",
        });
      }
    }
  }
}
