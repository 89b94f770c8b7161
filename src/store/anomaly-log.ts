import type { Anomaly, Oddity } from "../domain/anomaly.ts";
import type { Clock } from "../domain/clock.ts";
import { Observers, type Readable } from "./readable.ts";

/** The anomalies of a desk: the latest ones, and how many there were of all. */
export interface Anomalies extends Readable<readonly Anomaly[]> {
  /** How many there were since the desk was made, those that are no longer kept included. */
  readonly total: () => number;
}

/** Keeps the latest anomalies, at most `most`. */
export class AnomalyLog implements Anomalies {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #observers: Observers<readonly Anomaly[]>;
  #kept: Anomaly[] = [];
  #snapshot: readonly Anomaly[] | undefined;
  #total = 0;
  #isNotifying = false;

  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
    // An observer of anomalies that throws is an anomaly too; it is kept, but tells nobody, or it would never end.
    this.#observers = new Observers((oddity) => this.#keep(oddity));
  }

  readonly total = (): number => this.#total;
  readonly getSnapshot = (): readonly Anomaly[] =>
    (this.#snapshot ??= Object.freeze(this.#kept.slice(-this.#most)));
  readonly subscribe: Readable<readonly Anomaly[]>["subscribe"] = (observer) => this.#observers.add(observer);

  readonly report = (oddity: Oddity): void => {
    this.#keep(oddity);
    if (this.#isNotifying || this.#observers.isEmpty) return;
    this.#isNotifying = true;
    try {
      this.#observers.notify(this.getSnapshot());
    } finally {
      this.#isNotifying = false;
    }
  };

  #keep(oddity: Oddity): void {
    this.#total++;
    this.#kept.push(Object.freeze({ ...oddity, sequence: this.#total, at: this.#clock.now() }));
    // Cut in blocks, so that a flood does not move the whole list for each.
    if (this.#kept.length >= this.#most * 2) this.#kept = this.#kept.slice(-this.#most);
    this.#snapshot = undefined;
  }
}
