import type { ReplayRun } from "./replay-run.ts";

/** A place in a recording, or that of the next anomaly. */
export type SeekTarget = number | "anomaly";

/** The number of steps between two chances for the page to render, and for the target to change. */
const stepsPerTurn = 500;

/** Replays to a place out of sight, because a page cannot render thousands of steps one after the other. */
export class BackgroundSeek {
  readonly #begin: () => ReplayRun;
  #run: ReplayRun | undefined;

  constructor(begin: () => ReplayRun) {
    this.#begin = begin;
  }

  /** Whether a replay is on its way. */
  get isActive(): boolean {
    return this.#run !== undefined;
  }

  /**
   * Advances towards a place, or to the first anomaly after `place`.
   *
   * @returns the replay that has arrived; `none` when there is no such anomaly; `undefined` while it is on its way.
   */
  async advance(target: SeekTarget, place: number): Promise<ReplayRun | "none" | undefined> {
    if (typeof target === "number" && target < (this.#run?.place ?? 0)) this.cancel();
    const run = (this.#run ??= this.#begin());
    if (target === "anomaly" && run.place >= place) {
      const isFound = await run.toAnomaly();
      if (isFound || this.#run !== run) return this.#release(run);
      this.cancel();
      return "none";
    }
    const end = target === "anomaly" ? place : target;
    await run.to(Math.min(end, run.place + stepsPerTurn));
    await new Promise((resolve) => setTimeout(resolve));
    return run.place === target ? this.#release(run) : undefined;
  }

  /** Ends the replay where it is; a pending `advance` resolves. */
  cancel(): void {
    this.#run?.close();
    this.#run = undefined;
  }

  /** Hands the replay over, unless it was canceled meanwhile. */
  #release(run: ReplayRun): ReplayRun | undefined {
    if (this.#run !== run) return undefined;
    this.#run = undefined;
    return run;
  }
}
