import type { Run } from "./run.ts";
import type { Wish } from "./scout.ts";

/** Where a player stands. */
export interface PlayerState {
  /** The replay that is shown. */
  readonly run: Run;
  /** How many steps of the recording were replayed. */
  readonly place: number;
  /** The place that it is on the way to, or that of the next anomaly; `undefined` when it has arrived. */
  readonly wish: Wish | undefined;
  readonly isPlaying: boolean;
  /** How many times as fast as recorded it plays. */
  readonly speed: number;
  /** Was the next anomaly looked for, and there is none? */
  readonly isNothingOdd: boolean;
}
