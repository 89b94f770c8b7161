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
  #snapshot: readonly Item[] | undefined = Object.freeze([]);
  /** The numbers under which the items of the snapshot joined, in their order. */
  #order: readonly number[] = [];

  constructor(item: (member: Member) => Item, report: Report) {
    this.#item = item;
    this.#observers = new Observers(report);
  }

  get size(): number {
    return this.#members.size;
  }

  readonly getSnapshot = (): readonly Item[] => {
    if (this.#snapshot === undefined) {
      this.#snapshot = Object.freeze(Array.from(this.#members.keys(), this.#item));
      this.#order = Array.from(this.#members.values());
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
    if (joined === undefined) {
      this.#members.set(member, ++this.#joins);
      if (this.#isWatched())
        this.#replace((items, order) => [
          [...items, this.#item(member)],
          [...order, this.#joins],
        ]);
    } else {
      this.#members.delete(member);
      if (this.#isWatched()) {
        this.#replace((items, order) => {
          const index = indexOf(order, joined);
          return [items.toSpliced(index, 1), order.toSpliced(index, 1)];
        });
      }
    }
    if (!this.#isWatched()) this.#snapshot = undefined;
    return true;
  }

  notify(): void {
    if (!this.#observers.isEmpty) this.#observers.notify(this.getSnapshot());
  }

  #isWatched(): boolean {
    return this.#snapshot !== undefined && !this.#observers.isEmpty;
  }

  #replace(change: (items: readonly Item[], order: readonly number[]) => [Item[], number[]]): void {
    const [items, order] = change(this.#snapshot ?? [], this.#order);
    this.#snapshot = Object.freeze(items);
    this.#order = order;
  }
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
