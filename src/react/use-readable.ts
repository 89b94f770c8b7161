import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { noProvider } from "../domain/error-text.ts";
import { DeskError, type Desk, type Vocabulary } from "../index.ts";

/** A desk, and one that is never started: what a server renders, and what its page shows while it is hydrated. */
type ProvidedDesk<SomeDesk = unknown> = Readonly<Record<"desk" | "idle", SomeDesk>>;

export const Provided = createContext<ProvidedDesk | undefined>(undefined);

/**
 * Returns what the provider provides. The caller names its vocabulary, because a context has one type.
 *
 * @throws DeskError `no-provider`
 */
export function useProvided<Words extends Vocabulary>(): ProvidedDesk<Desk<Words>> {
  const provided = useContext(Provided);
  if (provided === undefined) throw new DeskError("no-provider", noProvider("<DeskProvider desk={desk}>"));
  return provided as ProvidedDesk<Desk<Words>>;
}

/** A selector, default the whole snapshot. */
export type Selector<Snapshot, Selected> = ((snapshot: Snapshot) => Selected) | undefined;
/** Whether two selected values are the same, default `Object.is`. */
export type IsEqual<Selected> = ((before: Selected, now: Selected) => boolean) | undefined;

/** A store as React reads it. */
export interface Store<Snapshot> {
  getSnapshot(): Snapshot;
  subscribe(changed: () => void): () => void;
}

/** Reads the store that desk and key lead to. The component re-renders when the selected value changes. */
export function useReadable<Words extends Vocabulary, Snapshot, Selected = Snapshot>(
  find: (desk: Desk<Words>, key: string) => Store<Snapshot>,
  key: string,
  selector: Selector<Snapshot, Selected>,
  isEqual: IsEqual<Selected>,
): Selected;
export function useReadable<Words extends Vocabulary, Snapshot>(
  find: (desk: Desk<Words>, key: string) => Store<Snapshot>,
  key: string,
  selector: Selector<Snapshot, unknown> = (snapshot) => snapshot,
  isEqual: IsEqual<unknown> = Object.is,
): unknown {
  const { desk, idle } = useProvided<Words>();
  const store = useMemo(() => find(desk, key), [desk, key]);
  const shown = useRef<{ readonly value: unknown } | undefined>(undefined);
  // An inline selector is a new function at each render. The value is kept as long as the next one is equal.
  const select = useMemo(() => {
    let last: { readonly snapshot: Snapshot; readonly value: unknown } | undefined;
    return (snapshot: Snapshot) => {
      if (last !== undefined && last.snapshot === snapshot) return last.value;
      const before = last ?? shown.current;
      const value = selector(snapshot);
      last = { snapshot, value: before !== undefined && isEqual(before.value, value) ? before.value : value };
      return last.value;
    };
  }, [selector, isEqual]);
  const value = useSyncExternalStore(
    store.subscribe,
    () => select(store.getSnapshot()),
    () => select(find(idle, key).getSnapshot()),
  );
  useEffect(() => void (shown.current = { value }), [value]);
  return value;
}
