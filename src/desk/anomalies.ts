import type { Anomaly, AnomalyReport, Report } from "../domain/anomaly.ts";
import { WatchedStore, type ReadableStore } from "./readable-store.ts";

/** The anomalies of a desk: the latest ones, and how many there were in all. */
export interface Anomalies extends ReadableStore<readonly Anomaly[]> {
  /** Returns how many there were since the desk was created, including those that are no longer kept. */
  readonly total: () => number;
}

/** Keeps the latest anomalies of a desk. */
export class AnomalyLog {
  readonly store: WatchedStore<readonly Anomaly[]>;
  readonly readable: Anomalies;
  readonly #now: () => number;
  readonly #max: number;
  #kept: Anomaly[] = [];
  #snapshot: readonly Anomaly[] | undefined;
  #total = 0;

  /** @param report - receives the failures of listeners to anomalies. */
  constructor(now: () => number, max: number, report: Report) {
    this.#now = now;
    this.#max = max;
    this.store = new WatchedStore(() => (this.#snapshot ??= Object.freeze(this.#kept.slice(-max))), report);
    this.readable = { ...this.store.readable, total: () => this.#total };
  }

  add(anomaly: AnomalyReport): void {
    this.#kept.push(Object.freeze({ ...anomaly, sequence: ++this.#total, at: this.#now() }));
    // Cut in blocks, so that a flood does not move the whole list for each.
    if (this.#kept.length >= this.#max * 2) this.#kept = this.#kept.slice(-this.#max);
    this.#snapshot = undefined;
  }
}
