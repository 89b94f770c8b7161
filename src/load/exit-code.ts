import { CommandFailure } from "./failure.ts";
import type { BotsReport } from "./report.ts";

/**
 * Returns 0 when every threshold is met, 1 when not, and 130 when the run was cut off.
 *
 * @throws CommandFailure when no bot worked.
 */
export function exitCode({ ending, counts, verdicts }: BotsReport): number {
  if (counts.live_most === 0)
    throw new CommandFailure(1, "No bot was ever Live. The failures above say why.");
  if (ending === "server-gone") throw new CommandFailure(1, "The simulator ended during the run.");
  if (ending === "time" && counts.live_at_end === 0) {
    throw new CommandFailure(1, "No bot was Live any more at the end: the server cannot be reached.");
  }
  if (ending === "cut") return 130;
  return verdicts.every(({ isMet }) => isMet) ? 0 : 1;
}
