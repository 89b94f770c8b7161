import { computed, getCurrentInstance, onMounted, onWatcherCleanup, shallowRef, watchSyncEffect } from "vue";
import type { ShallowRef } from "vue";
import type { Desk, Vocabulary } from "../index.ts";
import { isOnServer, useProvided } from "./provide-desk.ts";

/** A selector, default the whole snapshot. */
export type Selector<Snapshot, Selected> = ((snapshot: Snapshot) => Selected) | undefined;
/** Whether two selected values are the same, default `Object.is`. */
export type IsEqual<Selected> = ((before: Selected, now: Selected) => boolean) | undefined;

/** A store as this adapter reads it. */
export interface Store<Snapshot> {
  getSnapshot(): Snapshot;
  subscribe(changed: () => void): () => void;
}

/** Reads the store that is found in the desk, and any store that replaces it, until the current scope ends. */
export function useReadable<Words extends Vocabulary, Snapshot, Selected = Snapshot>(
  find: (desk: Desk<Words>) => Store<Snapshot>,
  selector: Selector<Snapshot, Selected>,
  isEqual: IsEqual<Selected>,
): Readonly<ShallowRef<Selected>>;
export function useReadable<Words extends Vocabulary, Snapshot>(
  find: (desk: Desk<Words>) => Store<Snapshot>,
  selector: Selector<Snapshot, unknown> = (snapshot) => snapshot,
  isEqual: IsEqual<unknown> = Object.is,
): Readonly<ShallowRef<unknown>> {
  const { desk, idle } = useProvided<Words>();
  const instance = getCurrentInstance();
  const onServer = isOnServer();
  // Only a component that hydrates has an element before it is mounted. It begins with what the server rendered.
  const isHydrating = !instance?.isMounted && instance?.vnode.el;
  const current = shallowRef(onServer || isHydrating ? idle : desk);
  if (isHydrating) onMounted(() => void (current.value = desk));
  const snapshot = shallowRef(find(current.value).getSnapshot());
  const follow = () => {
    const store = find(current.value);
    const read = () => void (snapshot.value = store.getSnapshot());
    onWatcherCleanup(store.subscribe(read));
    read();
  };
  // Synchronous, so that after a change of the id no reader sees the snapshot of the previous one.
  if (!onServer) watchSyncEffect(follow);
  return computed<unknown>((before) => {
    const now = selector(snapshot.value);
    return before !== undefined && isEqual(before, now) ? before : now;
  });
}
