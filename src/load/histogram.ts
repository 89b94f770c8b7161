/** A histogram as it stands in a report: durations in milliseconds. */
export interface HistogramData {
  readonly count: number;
  readonly sum: number;
  readonly max: number;
  /** How many durations were in which bucket: the longest that belongs there, and how many; shortest first. */
  readonly buckets: readonly (readonly [upTo: number, count: number])[];
}

/** Buckets in each doubling; a bucket is at most 1/64 as wide as what is in it is long. */
const precision = 64;

/**
 * Counts durations in whole milliseconds, in buckets that grow with what they hold: below 128 ms each millisecond has
 * its own. What it tells is never shorter than what was measured, and at most 1.6 % longer. Those of several processes
 * can be added up, which percentiles cannot.
 */
export class Histogram {
  readonly #buckets = new Map<number, number>();
  #count = 0;
  #sum = 0;
  #max = 0;

  static from({ count, sum, max, buckets }: HistogramData): Histogram {
    const histogram = new Histogram();
    histogram.#count = count;
    histogram.#sum = sum;
    histogram.#max = max;
    for (const [upTo, inBucket] of buckets) histogram.#buckets.set(upTo, inBucket);
    return histogram;
  }

  get count(): number {
    return this.#count;
  }

  add(duration: number): void {
    // A clock that was set back would make it negative.
    const whole = Math.max(0, Math.ceil(duration));
    const bucket = bucketOf(whole);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.#count++;
    this.#sum += whole;
    this.#max = Math.max(this.#max, whole);
  }

  addAll(other: Histogram): void {
    for (const [bucket, count] of other.#buckets) {
      this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count);
    }
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#max = Math.max(this.#max, other.#max);
  }

  /** The duration that so many of a hundred did not exceed; `undefined` when nothing was measured. */
  percentile(percent: number): number | undefined {
    if (this.#count === 0) return undefined;
    let left = Math.ceil((percent / 100) * this.#count);
    for (const [upTo, count] of this.#sorted()) {
      left -= count;
      if (left <= 0) return Math.min(upTo, this.#max);
    }
    return this.#max;
  }

  mean(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count;
  }

  max(): number | undefined {
    return this.#count === 0 ? undefined : this.#max;
  }

  data(): HistogramData {
    return { count: this.#count, sum: this.#sum, max: this.#max, buckets: this.#sorted() };
  }

  #sorted(): (readonly [number, number])[] {
    return [...this.#buckets].sort(([one], [other]) => one - other);
  }
}

/** The longest duration in the bucket of this one. */
function bucketOf(duration: number): number {
  if (duration < 2 * precision) return duration;
  const width = 2 ** (Math.floor(Math.log2(duration)) - Math.log2(precision));
  return (Math.floor(duration / width) + 1) * width - 1;
}
