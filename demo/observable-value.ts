import { useSyncExternalStore } from "react";

/** A value that changes, in the shape of everything readable of a desk. */
export class ObservableValue<Snapshot> {
  #snapshot: Snapshot;
  #compute: (() => Snapshot) | undefined;
  readonly #observers = new Set<() => void>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  readonly getSnapshot = (): Snapshot => {
    if (this.#compute !== undefined) this.#snapshot = this.#compute();
    this.#compute = undefined;
    return this.#snapshot;
  };

  readonly subscribe = (observer: () => void): (() => void) => {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  };

  set(snapshot: Snapshot): void {
    this.setLazily(() => snapshot);
  }

  /** Computes the snapshot when it is read, because most are skipped while many things happen. */
  setLazily(compute: () => Snapshot): void {
    this.#compute = compute;
    for (const observer of this.#observers) observer();
  }
}

/** Returns the current value, and re-renders when it changes. */
export function useObservable<Snapshot>(value: {
  readonly getSnapshot: () => Snapshot;
  readonly subscribe: (observer: () => void) => () => void;
}): Snapshot {
  return useSyncExternalStore(value.subscribe, value.getSnapshot);
}
