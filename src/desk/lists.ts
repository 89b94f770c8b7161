import type { Report } from "../domain/anomaly.ts";
import { lowerBound } from "../domain/arrays.ts";
import { WatchedStore } from "./readable-store.ts";

/**
 * A list that is kept up to date by members that join and leave, never by filtering everything. While it has no
 * listeners, a change costs nothing but a mark; the list is made when it is read.
 */
export class MaintainedList<Member, Item> {
  readonly store: WatchedStore<readonly Item[]>;
  readonly #itemOf: (member: Member) => Item;
  /** The number under which each member joined. */
  readonly #joined = new Map<Member, number>();
  #joins = 0;
  #snapshot: readonly Item[] | undefined;
  /** The source of the next snapshot, kept as long as there are listeners; and the number of each item. */
  #items: Item[] | undefined;
  #numbers: number[] = [];

  constructor(itemOf: (member: Member) => Item, report: Report) {
    this.#itemOf = itemOf;
    this.store = new WatchedStore(() => this.#getSnapshot(), report);
  }

  get size(): number {
    return this.#joined.size;
  }

  /** The members in the order of joining. */
  members(): Iterable<Member> {
    return this.#joined.keys();
  }

  /** Lets a member join at the end, or leave. Returns whether that changed the list; the caller notifies later. */
  set(member: Member, belongs: boolean): boolean {
    const number = this.#joined.get(member);
    if (belongs === (number !== undefined)) return false;
    if (this.store.isEmpty) this.#items = undefined;
    this.#snapshot = undefined;
    if (number === undefined) {
      this.#joined.set(member, ++this.#joins);
      if (this.#items !== undefined) {
        this.#items.push(this.#itemOf(member));
        this.#numbers.push(this.#joins);
      }
      return true;
    }
    this.#joined.delete(member);
    if (this.#items !== undefined) {
      const index = lowerBound(this.#numbers.length, (at) => this.#numbers[at]! >= number);
      this.#items.splice(index, 1);
      this.#numbers.splice(index, 1);
    }
    return true;
  }

  #getSnapshot(): readonly Item[] {
    if (this.#snapshot !== undefined) return this.#snapshot;
    if (this.#items === undefined) {
      this.#items = Array.from(this.#joined.keys(), this.#itemOf);
      this.#numbers = [...this.#joined.values()];
    }
    // A copy of a list that is not frozen itself: from a frozen one the engine copies fifty times slower.
    return (this.#snapshot = Object.freeze(this.#items.slice()));
  }
}
