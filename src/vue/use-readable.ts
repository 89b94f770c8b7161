import { computed, getCurrentInstance, onMounted, onWatcherCleanup, shallowRef, watchSyncEffect } from "vue";
import type { ShallowRef } from "vue";
import { createDesk, noLink, type Desk, type Vocabulary } from "../index.ts";
import { isOnServer, useProvided } from "./provide-desk.ts";

/** What to take of a snapshot, and when two of what was taken are the same; default all of it, and `Object.is`. */
export type Selection<All, Part> = [select?: (all: All) => Part, isEqual?: (a: Part, b: Part) => boolean];
export type Source<Snapshot> = { getSnapshot(): Snapshot; subscribe(changed: () => void): () => void };

let idle: unknown;

/** Follows what is found in the desk, and whatever takes its place, until the scope that this is called in ends. */
export function useReadable<Words extends Vocabulary, Snapshot, Selected>(
  find: (desk: Desk<Words>) => Source<Snapshot>,
  [selector = (all) => all as unknown as Selected, isEqual = Object.is]: Selection<Snapshot, Selected>,
): Readonly<ShallowRef<Selected>> {
  const desk = useProvided<Words>();
  const instance = getCurrentInstance();
  const onServer = isOnServer();
  // Only a component that takes over what a server rendered has an element before it is mounted.
  const isHydrating = instance?.isMounted === false && instance.vnode.el !== null;
  // What a server renders, and what its page therefore begins with, is a desk that was never started.
  if (onServer || isHydrating) idle ??= createDesk({ link: noLink });
  const known = shallowRef((onServer || isHydrating ? idle : desk) as typeof desk);
  if (isHydrating) onMounted(() => void (known.value = desk));
  const snapshot = shallowRef(find(known.value).getSnapshot());
  const follow = () => {
    const now = find(known.value);
    const read = () => void (snapshot.value = now.getSnapshot());
    onWatcherCleanup(now.subscribe(read));
    read();
  };
  // In sync, so that nobody is shown the snapshot of another id than the one that is asked for.
  if (!onServer) watchSyncEffect(follow);
  return computed((before?: Selected) => {
    const now = selector(snapshot.value);
    return before !== undefined && isEqual(before, now) ? before : now;
  });
}
