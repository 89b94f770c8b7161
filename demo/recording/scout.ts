import type { Run } from "./run.ts";

/** A place in a recording, or that of the next anomaly. */
export type Wish = number | "anomaly";

/** After so many steps the page gets its turn. */
const portion = 500;

/** Goes to a place with a replay that nobody looks at: a page cannot show thousands of steps one after the other. */
export class Scout {
  readonly #begin: () => Run;
  #run: Run | undefined;

  constructor(begin: () => Run) {
    this.#begin = begin;
  }

  /** Is it on a way that has no aim by now? */
  get isUnderWay(): boolean {
    return this.#run !== undefined;
  }

  /**
   * Goes a part of the way to a place, or to the first anomaly after `place`.
   *
   * @returns the replay that has arrived; `nothing-odd` when there is no such anomaly; `undefined` while it is under way.
   */
  async goOn(wish: Wish, place: number): Promise<Run | "nothing-odd" | undefined> {
    if (typeof wish === "number" && wish < (this.#run?.place ?? 0)) this.giveUp();
    const run = (this.#run ??= this.#begin());
    if (wish === "anomaly" && run.place >= place) {
      const isOdd = await run.toAnomaly();
      if (isOdd || this.#run !== run) return this.#leave(run);
      this.giveUp();
      return "nothing-odd";
    }
    const end = wish === "anomaly" ? place : wish;
    await run.to(Math.min(end, run.place + portion));
    await new Promise((resolve) => setTimeout(resolve));
    return run.place === wish ? this.#leave(run) : undefined;
  }

  /** Stops where it is; whoever waits for it goes on. */
  giveUp(): void {
    this.#run?.close();
    this.#run = undefined;
  }

  /** Hands the replay on, unless it was given up meanwhile. */
  #leave(run: Run): Run | undefined {
    if (this.#run !== run) return undefined;
    this.#run = undefined;
    return run;
  }
}
