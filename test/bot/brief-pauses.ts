import type { Clock } from "../../src/index.ts";
import { systemClock } from "../../src/domain/clock.ts";

/**
 * The system clock, except that delays of up to ten seconds take a twentieth. Those are pauses between attempts; timeouts
 * are longer and stay as they are, so that a slow machine does not reach them.
 */
export const briefPauses: Clock = {
  ...systemClock,
  setTimeout: (run, ms) => systemClock.setTimeout(run, ms > 10_000 ? ms : ms / 20),
};
