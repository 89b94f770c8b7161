import { useSyncExternalStore } from "react";
import type { ReadableStore } from "deskstate";

/** Something that is shown and changes, in the shape that everything readable of a desk has. */
export class Watchable<Snapshot> {
  #snapshot: Snapshot;
  #make: (() => Snapshot) | undefined;
  readonly #observers = new Set<() => void>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  readonly getSnapshot = (): Snapshot => {
    if (this.#make !== undefined) this.#snapshot = this.#make();
    this.#make = undefined;
    return this.#snapshot;
  };

  readonly subscribe = (observer: () => void): (() => void) => {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  };

  set(snapshot: Snapshot): void {
    this.setLazily(() => snapshot);
  }

  /** Makes the snapshot when somebody reads it: most are not while many things happen at once. */
  setLazily(make: () => Snapshot): void {
    this.#make = make;
    for (const observer of this.#observers) observer();
  }
}

/** What is so now, rendered again when it changes. */
export function useReadable<Snapshot>(
  readable: Pick<ReadableStore<Snapshot>, "getSnapshot"> & {
    readonly subscribe: (observer: () => void) => () => void;
  },
): Snapshot {
  return useSyncExternalStore(readable.subscribe, readable.getSnapshot);
}
