import type { Report } from "../domain/anomaly.ts";

/**
 * Something that can be read now and watched. The shape of an XState actor, so that `useSelector` of
 * `@xstate/react` and `@xstate/vue` accepts it; and both functions may be passed on alone, as in
 * `useSyncExternalStore(store.subscribe, store.getSnapshot)`.
 */
export interface ReadableStore<Snapshot> {
  /** Returns the present snapshot: the same reference until it changes. */
  getSnapshot(): Snapshot;
  /**
   * Calls the observer after each change; never synchronously on subscribe. Snapshots arrive in their order and end
   * with the newest; those in between may be skipped. What the observer throws is reported as an anomaly.
   */
  subscribe(observer: Observer<Snapshot>): Subscription;
}

/** A function, or an object with `next`. What it returns is not used; the failure of a promise is reported like a throw. */
export type Observer<Snapshot> =
  ((snapshot: Snapshot) => unknown) | { readonly next?: ((snapshot: Snapshot) => unknown) | undefined };

/**
 * Ends a subscription, called as a function or by its method: `useSyncExternalStore` wants the one, XState's
 * `useSelector` the other. After that the observer is not called any more, not even for a change that already happened.
 */
export interface Subscription {
  (): void;
  readonly unsubscribe: () => void;
}

/** Returns a subscription that this function ends. */
export function subscription(unsubscribe: () => void): Subscription {
  return Object.assign(unsubscribe, { unsubscribe });
}

interface Listener<Snapshot> {
  readonly call: (snapshot: Snapshot) => unknown;
  /** The snapshot that it knows: by a call, or because it could be read when it subscribed. */
  known: Snapshot | undefined;
  isSubscribed: boolean;
}

const none: readonly never[] = [];

/** The listeners of one thing. */
export class ListenerSet<Snapshot> {
  readonly #report: Report;
  #listeners: readonly Listener<Snapshot>[] = none;

  constructor(report: Report) {
    this.#report = report;
  }

  get isEmpty(): boolean {
    return this.#listeners.length === 0;
  }

  /** Adds a listener. @param known - the snapshot that it can read already, of which it is not notified. */
  add(observer: Observer<Snapshot>, known?: Snapshot): Subscription {
    const call = (snapshot: Snapshot) =>
      typeof observer === "function" ? observer(snapshot) : observer.next?.(snapshot);
    const listener: Listener<Snapshot> = { call, known, isSubscribed: true };
    // A new list each time: listeners may come or go while the others are called.
    this.#listeners = [...this.#listeners, listener];
    return subscription(() => {
      listener.isSubscribed = false;
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    });
  }

  /** Calls each listener that does not know this snapshot yet. */
  notify(snapshot: Snapshot): void {
    for (const listener of this.#listeners) if (listener.known !== snapshot) this.#call(listener, snapshot);
  }

  /** Calls each listener, also with the value of its last call, because each is an event of its own. */
  emit(snapshot: Snapshot): void {
    for (const listener of this.#listeners) this.#call(listener, snapshot);
  }

  #call(listener: Listener<Snapshot>, snapshot: Snapshot): void {
    if (!listener.isSubscribed) return;
    listener.known = snapshot;
    // What was thrown may quote customer data, so only the fact that something was thrown is kept.
    const fail = () => this.#report({ code: "listener-failed", message: "A subscriber threw." });
    try {
      const result = listener.call(snapshot);
      if (result instanceof Promise) result.catch(fail);
    } catch {
      fail();
    }
  }
}

/** A readable store with its listeners, whom its owner has notified when the round ends. */
export class WatchedStore<Snapshot> extends ListenerSet<Snapshot> {
  readonly readable: ReadableStore<Snapshot>;
  /** Whether it waits for its listeners to be notified. */
  isQueued = false;

  /** @param read - returns the present snapshot: the same until it changes. */
  constructor(read: () => Snapshot, report: Report) {
    super(report);
    this.readable = Object.freeze({
      getSnapshot: read,
      subscribe: (observer) => this.add(observer, read()),
    } satisfies ReadableStore<Snapshot>);
  }

  /** Notifies the listeners of the present snapshot. */
  update(): void {
    if (!this.isEmpty) this.notify(this.readable.getSnapshot());
  }
}
