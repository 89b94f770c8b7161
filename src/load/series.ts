import { Histogram, type HistogramData } from "./histogram.ts";
import { forEach } from "./measures.ts";

/** The counts that are kept over time. */
export const flows = [
  "offers",
  "accepted",
  "revoked",
  "operations",
  "anomalies",
  "reconnects",
  "failures",
] as const;
/** The durations whose histograms are kept over time. */
export const timings = ["offer_accept", "send_echo"] as const;

export type Flow = (typeof flows)[number];
export type Timing = (typeof timings)[number];

export function isFlow(name: string): name is Flow {
  return (flows as readonly string[]).includes(name);
}

/** A time slot of a run. */
export interface Slot extends Readonly<Record<Flow, number>>, Readonly<Record<Timing, HistogramData>> {
  /** When it began, in milliseconds since 1970: a multiple of the interval. */
  readonly at: number;
  /** Bots that were Live at its end. */
  readonly live: number;
}

/** A run over time, in slots of one length. */
export interface SeriesData {
  /** Milliseconds. */
  readonly interval: number;
  readonly slots: readonly Slot[];
}

type Counted = Record<Flow, number> & Record<Timing, Histogram> & { live: number };

const minInterval = 1000;
/** When there are more, each two become one. */
const maxSlots = 600;

/** Keeps counts and durations over time, in slots that grow with the run so that their number does not. */
export class Series {
  #interval = minInterval;
  #slots = new Map<number, Counted>();
  #latest = -Infinity;
  #live = 0;

  /** Returns the sum of several series, slot by slot. */
  static merged(all: readonly SeriesData[]): Series {
    const sum = new Series();
    sum.#interval = Math.max(minInterval, ...all.map(({ interval }) => interval));
    for (const { slots } of all) {
      const one = new Map<number, Counted>();
      for (const slot of slots) fold(one, sum.#start(slot.at), counted(slot), "later");
      for (const [at, slot] of one) fold(sum.#slots, at, slot, "added");
    }
    sum.#shrink();
    return sum;
  }

  add(at: number, flow: Flow): void {
    this.#slot(at)[flow]++;
  }

  time(at: number, timing: Timing, duration: number): void {
    this.#slot(at)[timing].add(duration);
  }

  /** Sets the number of bots that are Live. */
  setLive(at: number, live: number): void {
    this.#live = live;
    this.#slot(at).live = live;
  }

  data(): SeriesData {
    const slots = [...this.#slots].sort(([one], [other]) => one - other);
    return {
      interval: this.#interval,
      slots: slots.map(([at, slot]) => ({
        at,
        live: slot.live,
        ...forEach(flows, (flow) => slot[flow]),
        ...forEach(timings, (timing) => slot[timing].data()),
      })),
    };
  }

  #start(at: number): number {
    return Math.floor(at / this.#interval) * this.#interval;
  }

  #slot(at: number): Counted {
    const start = this.#start(at);
    const slot = this.#slots.get(start);
    if (slot !== undefined) return slot;
    // Slots that a busy process missed are filled.
    if (this.#slots.size === 0) this.#latest = start - this.#interval;
    while (this.#latest < start) {
      this.#latest += this.#interval;
      this.#slots.set(this.#latest, { ...empty(), live: this.#live });
      this.#shrink();
    }
    return this.#slots.get(this.#start(at)) ?? this.#early(this.#start(at));
  }

  /** A slot before the first one, when the clock was set back. */
  #early(start: number): Counted {
    const slot = { ...empty(), live: this.#live };
    this.#slots.set(start, slot);
    return slot;
  }

  #shrink(): void {
    while (this.#slots.size > maxSlots) {
      this.#interval *= 2;
      const slots = new Map<number, Counted>();
      for (const [at, slot] of [...this.#slots].sort(([one], [other]) => one - other)) {
        fold(slots, this.#start(at), slot, "later");
      }
      this.#slots = slots;
      this.#latest = this.#start(this.#latest);
    }
  }
}

function empty(): Counted {
  return { live: 0, ...forEach(flows, () => 0), ...forEach(timings, () => new Histogram()) };
}

function counted(slot: Slot): Counted {
  return {
    live: slot.live,
    ...forEach(flows, (flow) => slot[flow]),
    ...forEach(timings, (timing) => Histogram.from(slot[timing])),
  };
}

/** Merges a slot into another one; `live` is that of the later slot, or the sum of both. */
function fold(slots: Map<number, Counted>, at: number, slot: Counted, live: "later" | "added"): void {
  const sum = slots.get(at) ?? empty();
  slots.set(at, sum);
  for (const flow of flows) sum[flow] += slot[flow];
  for (const timing of timings) sum[timing].addAll(slot[timing]);
  sum.live = live === "later" ? slot.live : sum.live + slot.live;
}
