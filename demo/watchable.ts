import { useSyncExternalStore } from "react";
import type { Readable } from "deskstate";

/** Something that is shown and changes, in the shape that everything readable of a desk has. */
export class Watchable<Snapshot> {
  #snapshot: Snapshot;
  readonly #observers = new Set<() => void>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  readonly getSnapshot = (): Snapshot => this.#snapshot;

  readonly subscribe = (observer: () => void): (() => void) => {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  };

  set(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const observer of this.#observers) observer();
  }
}

/** What is so now, rendered again when it changes. */
export function useReadable<Snapshot>(
  readable: Pick<Readable<Snapshot>, "getSnapshot"> & {
    readonly subscribe: (observer: () => void) => () => void;
  },
): Snapshot {
  return useSyncExternalStore(readable.subscribe, readable.getSnapshot);
}
