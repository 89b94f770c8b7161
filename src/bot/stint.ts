import type { Clock, Desk, Random } from "../index.ts";
import type { Tell } from "./bot-event.ts";
import type { Scope } from "./scope.ts";

/** What the calls of one run of a script share: what they are done with, and the limits that they are done within. */
export interface Stint {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly tell: Tell;
  /** Chance of its own. */
  readonly random: Random;
  readonly scope: Scope;
  /** The deadline of each wait, in milliseconds. */
  readonly within: number;
}
