import type { Report } from "../domain/anomaly.ts";
import { Observers, type Readable } from "./readable.ts";

/**
 * A list that is kept up to date by those who join and leave it, never by filtering everything. While nobody watches,
 * a change costs nothing but a mark; the list is made when it is read.
 */
export class MaintainedList<Member extends object, Item> implements Readable<readonly Item[]> {
  readonly #members = new Map<Member, number>();
  readonly #item: (member: Member) => Item;
  readonly #observers: Observers<readonly Item[]>;
  #joins = 0;
  #snapshot: readonly Item[] | undefined;
  /** What the next snapshot is copied from, kept as long as somebody watches. */
  #kept: Kept<Item> | undefined;

  constructor(item: (member: Member) => Item, report: Report) {
    this.#item = item;
    this.#observers = new Observers(report);
  }

  get size(): number {
    return this.#members.size;
  }

  readonly getSnapshot = (): readonly Item[] => {
    if (this.#snapshot === undefined) {
      this.#kept ??= this.#collect();
      // A copy of a list that is not frozen itself: from a frozen one the engine copies fifty times slower.
      this.#snapshot = Object.freeze(this.#kept.items.slice());
    }
    return this.#snapshot;
  };

  readonly subscribe: Readable<readonly Item[]>["subscribe"] = (observer) => this.#observers.add(observer);

  /** The members in the order of joining. */
  members(): Iterable<Member> {
    return this.#members.keys();
  }

  /** The member that joined first. */
  first(): Member | undefined {
    return this.#members.keys().next().value;
  }

  /** Joins at the end, or leaves. Gives whether that changed the list; the caller notifies later. */
  set(member: Member, belongs: boolean): boolean {
    const joined = this.#members.get(member);
    if (belongs === (joined !== undefined)) return false;
    if (this.#observers.isEmpty) this.#kept = undefined;
    this.#snapshot = undefined;
    if (joined === undefined) {
      this.#members.set(member, ++this.#joins);
      this.#kept?.items.push(this.#item(member));
      this.#kept?.order.push(this.#joins);
    } else {
      this.#members.delete(member);
      if (this.#kept !== undefined) leave(this.#kept, joined);
    }
    return true;
  }

  notify(): void {
    if (!this.#observers.isEmpty) this.#observers.notify(this.getSnapshot());
  }

  #collect(): Kept<Item> {
    const kept: Kept<Item> = { items: [], order: [] };
    for (const [member, joined] of this.#members) {
      kept.items.push(this.#item(member));
      kept.order.push(joined);
    }
    return kept;
  }
}

/** The items of a list, and the numbers under which they joined, both in the order of joining. */
interface Kept<Item> {
  readonly items: Item[];
  readonly order: number[];
}

function leave({ items, order }: Kept<unknown>, joined: number): void {
  const index = indexOf(order, joined);
  items.splice(index, 1);
  order.splice(index, 1);
}

/** Where a number stands in a sorted list that holds it. */
function indexOf(order: readonly number[], wanted: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
