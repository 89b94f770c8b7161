import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { noProvider } from "../domain/error-text.ts";
import { DeskError, type Desk } from "../index.ts";

/** A desk, and one that is never started: what a page shows while it is rendered on a server or hydrated. */
export const Provided = createContext<{ readonly desk: Desk; readonly idle: Desk } | undefined>(undefined);

/** @throws DeskError `no-provider` */
export function useProvided() {
  const provided = useContext(Provided);
  if (provided === undefined) throw new DeskError("no-provider", noProvider("<DeskProvider desk={desk}>"));
  return provided;
}

/** What to take of a snapshot, default the whole; and when that is still the same, default `Object.is`. */
export type Selection<Snapshot, Selected> = [
  selector?: (snapshot: Snapshot) => Selected,
  isEqual?: (before: Selected, now: Selected) => boolean,
];

/** What React asks of a store. */
export interface Store<Snapshot = unknown> {
  getSnapshot(): Snapshot;
  subscribe(changed: () => void): () => void;
}

/** Reads what is selected of what is found by desk and key alone; renders again when that has become another. */
export function useReadable<Snapshot, Selected>(
  find: (desk: Desk, key: string) => Store,
  key: string,
  [selector = whole, isEqual = Object.is]: Selection<Snapshot, Selected>,
): Selected {
  const { desk, idle } = useProvided();
  const store = useMemo(() => find(desk, key), [desk, key]);
  const shown = useRef<{ readonly value: Selected } | undefined>(undefined);
  // A selector written in place is another one at each render; what it gives is kept for as long as it is equal.
  const select = useMemo(() => {
    let taken: { readonly snapshot: unknown; readonly value: Selected } | undefined;
    return (snapshot: unknown) => {
      if (taken !== undefined && taken.snapshot === snapshot) return taken.value;
      const before = taken ?? shown.current;
      const value = selector(snapshot as Snapshot);
      taken = {
        snapshot,
        value: before !== undefined && isEqual(before.value, value) ? before.value : value,
      };
      return taken.value;
    };
  }, [selector, isEqual]);
  const read = () => select(store.getSnapshot());
  const readIdle = () => select(find(idle, key).getSnapshot());
  const value = useSyncExternalStore(store.subscribe, read, readIdle);
  useEffect(() => void (shown.current = { value }), [value]);
  return value;
}

const whole = (snapshot: unknown) => snapshot as never;
