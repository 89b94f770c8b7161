import type { CommandIO } from "./command-io.ts";
import { clockText, durationText } from "./format.ts";
import type { Histogram } from "./histogram.ts";
import type { Meter } from "./meter.ts";

/** The progress of a run, in lines. */
export interface ProgressLines {
  /** Prints a text in a line of its own. */
  readonly log: (text: string) => void;
  /** Prints the final state. */
  readonly end: () => void;
}

/** Prints the progress of a run: a terminal rewrites one line a second, anything else gets a new one every five. */
export function startProgress(
  { stderr, clock }: Pick<CommandIO, "stderr" | "clock">,
  meter: Meter,
  agents: number,
): ProgressLines {
  const isTerminal = stderr.isTTY === true;
  const start = clock.now();
  let printedAt = start;
  let last = { at: start, operations: 0 };
  let timer: unknown;

  const line = (now: number): string => {
    const { counts, durations, live } = meter;
    const seconds = (now - last.at) / 1000;
    const rate = seconds > 0 ? (counts.operations - last.operations) / seconds : 0;
    last = { at: now, operations: counts.operations };
    return [
      clockText(now - start),
      `live ${live}/${agents}`,
      `offers ${counts.offers}`,
      `accepted ${counts.accepted}`,
      `revoked ${counts.revoked}`,
      `${rate.toFixed(1)} operations/s`,
      `accept ${percentiles(durations.offer_accept)}`,
      `echo ${percentiles(durations.send_echo)}`,
      `anomalies ${counts.anomalies}`,
      `reconnects ${counts.reconnects}`,
      `failures ${counts.failures}`,
    ].join("  ");
  };
  const log = (text: string): void => void stderr.write(`${isTerminal ? "\r\u001b[K" : ""}${text}\n`);
  const tick = (): void => {
    timer = clock.setTimeout(tick, 1000);
    const now = clock.now();
    meter.tick(now);
    // Timers are late now and then, which must not turn every fifth second into every sixth.
    if (now - printedAt < (isTerminal ? 1000 : 5000) - 100) return;
    printedAt = now;
    if (isTerminal) stderr.write(`\r\u001b[K${line(now).slice(0, (stderr.columns ?? 80) - 1)}`);
    else log(line(now));
  };
  timer = clock.setTimeout(tick, 1000);
  return {
    log,
    end() {
      clock.clearTimeout(timer);
      log(line(clock.now()));
    },
  };
}

function percentiles(histogram: Histogram): string {
  return [50, 95, 99].map((percent) => durationText(histogram.percentile(percent))).join("/");
}
