import type { Report } from "../domain/anomaly.ts";
import { lowerBound } from "../domain/arrays.ts";
import { ListenerSet, type ReadableStore } from "./readable-store.ts";

/** A list that is kept up to date by those who join and leave it, never by filtering everything. */
export interface MaintainedList<Member, Item> {
  /** What people see of it. */
  readonly readable: ReadableStore<readonly Item[]>;
  readonly size: () => number;
  /** The members in the order of joining. */
  readonly members: () => Iterable<Member>;
  /** Joins at the end, or leaves. Gives whether that changed the list; the caller notifies later. */
  readonly set: (member: Member, belongs: boolean) => boolean;
  readonly notify: () => void;
}

/**
 * Makes a list without members. While nobody watches, a change costs nothing but a mark; the list is made when it is
 * read.
 */
export function createList<Member, Item>(
  itemOf: (member: Member) => Item,
  report: Report,
): MaintainedList<Member, Item> {
  /** The number under which each member joined. */
  const joined = new Map<Member, number>();
  const observers = new ListenerSet<readonly Item[]>(report);
  let joins = 0;
  let snapshot: readonly Item[] | undefined;
  /** What the next snapshot is copied from, kept as long as somebody watches; and the number of each item. */
  let items: Item[] | undefined;
  let numbers: number[] = [];

  const getSnapshot = (): readonly Item[] => {
    if (snapshot !== undefined) return snapshot;
    if (items === undefined) {
      items = Array.from(joined.keys(), itemOf);
      numbers = [...joined.values()];
    }
    // A copy of a list that is not frozen itself: from a frozen one the engine copies fifty times slower.
    return (snapshot = Object.freeze(items.slice()));
  };

  return {
    readable: Object.freeze({ getSnapshot, subscribe: observers.add }),
    size: () => joined.size,
    members: () => joined.keys(),
    set: (member, belongs) => {
      const number = joined.get(member);
      if (belongs === (number !== undefined)) return false;
      if (observers.isEmpty) items = undefined;
      snapshot = undefined;
      if (number === undefined) {
        joined.set(member, ++joins);
        if (items !== undefined) {
          items.push(itemOf(member));
          numbers.push(joins);
        }
      } else {
        joined.delete(member);
        if (items !== undefined) {
          const index = lowerBound(numbers.length, (at) => numbers[at]! >= number);
          items.splice(index, 1);
          numbers.splice(index, 1);
        }
      }
      return true;
    },
    notify: () => {
      if (!observers.isEmpty) observers.notify(getSnapshot());
    },
  };
}
