import type { Clock, Desk, Random } from "../index.ts";
import type { Emit } from "./bot-event.ts";
import type { WaitScope } from "./wait-scope.ts";

/** What the calls of one run of a script share: what they are done with, and the limits that they are done within. */
export interface ScriptContext {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Chance of its own. */
  readonly random: Random;
  readonly scope: WaitScope;
  /** The deadline of each wait, in milliseconds. */
  readonly within: number;
}
