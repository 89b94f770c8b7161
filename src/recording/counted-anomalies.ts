import type { Anomalies, Anomaly } from "../index.ts";

/** The anomalies of a replayed desk, counted as if it had been there from the beginning of the recording. */
export class CountedAnomalies {
  readonly readable: Anomalies;
  readonly #own: Anomalies;
  /** The anomalies up to the checkpoint that the desk was restored to. */
  #before: readonly Anomaly[] = [];
  /** The number of anomalies that the restoring caused. */
  #skipped = 0;
  #latest: readonly Anomaly[] | undefined;
  #snapshot: readonly Anomaly[] = [];

  constructor(own: Anomalies) {
    this.#own = own;
    this.readable = {
      getSnapshot: this.#getSnapshot,
      subscribe: (observer) => {
        const next = typeof observer === "function" ? observer : observer.next?.bind(observer);
        return own.subscribe(() => next?.(this.#getSnapshot()));
      },
      total: () => this.#before.length + own.total() - this.#skipped,
    };
  }

  /** Leaves out the anomalies of the desk up to now. @param before - those of the recording up to here */
  restored(before: readonly Anomaly[]): void {
    this.#before = before;
    this.#skipped = this.#own.total();
    this.#latest = undefined;
  }

  readonly #getSnapshot = (): readonly Anomaly[] => {
    const latest = this.#own.getSnapshot();
    if (this.#latest !== latest) {
      const isWhole = this.#skipped === 0 && this.#before.length === 0;
      const shift = this.#before.length - this.#skipped;
      const added = latest.filter(({ sequence }) => sequence > this.#skipped);
      const counted = added.map((one) => ({ ...one, sequence: one.sequence + shift }));
      this.#latest = latest;
      this.#snapshot = isWhole ? latest : Object.freeze([...this.#before, ...counted]);
    }
    return this.#snapshot;
  };
}
