import type { WriteStream } from "node:tty";
import { clockText, durationText } from "./figures.ts";
import type { Histogram } from "./histogram.ts";
import type { Meter } from "./meter.ts";

/** How often it is told: at a terminal in one line that is written anew, elsewhere in a line each. Milliseconds. */
const pace = { terminal: 1000, elsewhere: 5000 };

/** Tells how a run goes. */
export class Progress {
  readonly #stream: WriteStream;
  readonly #meter: Meter;
  readonly #agents: number;
  readonly #began = Date.now();
  readonly #timer: ReturnType<typeof setInterval>;
  #last = { at: this.#began, operations: 0 };
  #toldAt = this.#began;

  constructor(stream: WriteStream, meter: Meter, agents: number) {
    this.#stream = stream;
    this.#meter = meter;
    this.#agents = agents;
    this.#timer = setInterval(this.#tick, 1000);
  }

  /** Says something in a line of its own. */
  note(text: string): void {
    this.#stream.write(`${this.#stream.isTTY ? "\r\u001b[K" : ""}${text}\n`);
  }

  /** Tells once more how it stands, and no more. */
  end(): void {
    clearInterval(this.#timer);
    this.note(this.#line(Date.now()));
  }

  readonly #tick = (): void => {
    const now = Date.now();
    this.#meter.tick(now);
    // A timer is late now and then, and must not make it every sixth second.
    if (now - this.#toldAt < (this.#stream.isTTY ? pace.terminal : pace.elsewhere) - 100) return;
    this.#toldAt = now;
    const line = this.#line(now);
    if (this.#stream.isTTY) this.#stream.write(`\r\u001b[K${line.slice(0, this.#stream.columns - 1)}`);
    else this.#stream.write(`${line}\n`);
  };

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

/** p50, p95 and p99. */
function percentiles(histogram: Histogram): string {
  return [50, 95, 99].map((percent) => durationText(histogram.percentile(percent))).join("/");
}
