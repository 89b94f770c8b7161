/** The steps that a {@link PlaybackClock} plays. */
interface Playback {
  /** Returns when the next step happened, in milliseconds since the beginning; `undefined` after the last. */
  readonly next: () => number | undefined;
  readonly step: () => Promise<void>;
  readonly onEnd: () => void;
}

/** The maximum of a browser's timer. */
const maxTimeout = 2 ** 31 - 1;

/** The time of a recording, which runs or stands still. */
export class PlaybackClock {
  readonly #playback: Playback;
  #time = 0;
  /** When it began to run, by the clock of the browser, and how fast. */
  #since: { readonly clock: number; readonly speed: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(playback: Playback) {
    this.#playback = playback;
  }

  /** Milliseconds since the beginning of the recording. Never later than the next step. */
  get time(): number {
    if (this.#since === undefined) return this.#time;
    const { clock, speed } = this.#since;
    const time = this.#time + (performance.now() - clock) * speed;
    return Math.min(time, this.#playback.next() ?? time);
  }

  /** Lets the time run, and plays each step when it is due. */
  start(speed: number): void {
    this.pause();
    this.#since = { clock: performance.now(), speed };
    this.#schedule();
  }

  pause(): void {
    this.#time = this.time;
    this.#since = undefined;
    clearTimeout(this.#timer);
  }

  /** Pauses at another time. */
  set(time: number): void {
    this.pause();
    this.#time = time;
  }

  #schedule(): void {
    const next = this.#playback.next();
    if (this.#since === undefined) return;
    if (next === undefined) {
      this.pause();
      return this.#playback.onEnd();
    }
    const delay = (next - this.time) / this.#since.speed;
    this.#timer = setTimeout(() => void this.#playDue(), Math.min(Math.max(0, delay), maxTimeout));
  }

  async #playDue(): Promise<void> {
    const since = this.#since;
    const next = this.#playback.next();
    if (next !== undefined && next <= this.time) await this.#playback.step();
    if (this.#since === since) this.#schedule();
  }
}
