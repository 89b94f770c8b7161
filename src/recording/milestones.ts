import type { Anomaly } from "../index.ts";
import type { Checkpoint } from "./format.ts";
import type { Difference, ReplayedOutcome } from "./replayed-operations.ts";

/** Where a replay has been, and what it takes to be there again. */
export interface Milestone {
  /** The number of entries that had been played. */
  readonly place: number;
  readonly t: number;
  readonly checkpoint: Checkpoint;
  readonly outcomes: readonly ReplayedOutcome[];
  readonly differences: readonly Difference[];
  readonly anomalies: readonly Anomaly[];
}

const minDistance = 500;
const maxMilestones = 64;

/** Keeps milestones of a replay in their order, about evenly spaced and not too many. */
export class Milestones {
  #all: Milestone[] = [];
  #distance = minDistance;

  /** Whether another one is due at this place. A checkpoint takes as long as the desk is large. */
  isDue(place: number): boolean {
    const last = this.#all.at(-1);
    return place >= (last?.place ?? 0) + Math.max(this.#distance, last?.checkpoint.facts.length ?? 0);
  }

  add(milestone: Milestone): void {
    this.#all.push(milestone);
    if (this.#all.length <= maxMilestones) return;
    this.#all = this.#all.filter((_, index) => index % 2 === 1);
    this.#distance *= 2;
  }

  /** Returns the last milestone that is not beyond this place. */
  before(place: number): Milestone | undefined {
    return this.#all.findLast((milestone) => milestone.place <= place);
  }
}
