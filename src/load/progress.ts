import type { CommandIO, OutputStream } from "./command-io.ts";
import { clockText, durationText } from "./format.ts";
import type { Histogram } from "./histogram.ts";
import type { Meter } from "./meter.ts";
import type { Clock } from "../index.ts";

/** Milliseconds between two lines: a terminal rewrites one line, anything else gets a new one each time. */
const interval = { terminal: 1000, other: 5000 };

/** Prints the progress of a run. */
export class Progress {
  readonly #stream: OutputStream;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #agents: number;
  readonly #began: number;
  #timer: unknown;
  #last: { readonly at: number; readonly operations: number };
  #printedAt: number;

  constructor({ stderr, clock }: Pick<CommandIO, "stderr" | "clock">, meter: Meter, agents: number) {
    this.#stream = stderr;
    this.#clock = clock;
    this.#meter = meter;
    this.#agents = agents;
    this.#began = this.#printedAt = clock.now();
    this.#last = { at: this.#began, operations: 0 };
    this.#schedule();
  }

  /** Prints a text in a line of its own. */
  log(text: string): void {
    this.#stream.write(`${this.#stream.isTTY === true ? "\r\u001b[K" : ""}${text}\n`);
  }

  /** Prints the final state. */
  end(): void {
    this.#clock.clearTimeout(this.#timer);
    this.log(this.#line(this.#clock.now()));
  }

  #schedule(): void {
    this.#timer = this.#clock.setTimeout(() => {
      this.#schedule();
      this.#tick();
    }, 1000);
  }

  #tick(): void {
    const now = this.#clock.now();
    this.#meter.tick(now);
    const isTerminal = this.#stream.isTTY === true;
    // Timers are late now and then, which must not turn every fifth second into every sixth.
    if (now - this.#printedAt < (isTerminal ? interval.terminal : interval.other) - 100) return;
    this.#printedAt = now;
    const line = this.#line(now);
    this.#stream.write(
      isTerminal ? `\r\u001b[K${line.slice(0, (this.#stream.columns ?? 80) - 1)}` : `${line}\n`,
    );
  }

  #line(now: number): string {
    const { counts, durations, live } = this.#meter;
    const seconds = (now - this.#last.at) / 1000;
    const rate = seconds > 0 ? (counts.operations - this.#last.operations) / seconds : 0;
    this.#last = { at: now, operations: counts.operations };
    return [
      clockText(now - this.#began),
      `live ${live}/${this.#agents}`,
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
  }
}

function percentiles(histogram: Histogram): string {
  return [50, 95, 99].map((percent) => durationText(histogram.percentile(percent))).join("/");
}
