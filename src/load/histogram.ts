/** A histogram in a report: durations in milliseconds. */
export interface HistogramData {
  readonly count: number;
  readonly sum: number;
  readonly max: number;
  /** The number of durations per bucket, in ascending order; `upTo` is the upper limit of the bucket. */
  readonly buckets: readonly (readonly [upTo: number, count: number])[];
}

/** Buckets per doubling; the width of a bucket is at most 1/64 of its durations. */
const precision = 64;

/**
 * Counts durations in whole milliseconds, in buckets that grow with the durations: below 128 ms each millisecond has its
 * own. A percentile is never shorter than the measured duration, and at most 1.6 % longer. Histograms of several
 * processes can be merged, which percentiles cannot.
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
    // It is negative when the clock was set back.
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

  /** Returns the duration that this percentage did not exceed; `undefined` when nothing was measured. */
  percentile(percent: number): number | undefined {
    if (this.#count === 0) return undefined;
    let remaining = Math.ceil((percent / 100) * this.#count);
    for (const [upTo, count] of this.#sorted()) {
      remaining -= count;
      if (remaining <= 0) return Math.min(upTo, this.#max);
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

/** Returns the upper limit of the bucket of this duration. */
function bucketOf(duration: number): number {
  if (duration < 2 * precision) return duration;
  const width = 2 ** (Math.floor(Math.log2(duration)) - Math.log2(precision));
  return (Math.floor(duration / width) + 1) * width - 1;
}
