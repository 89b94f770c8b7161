/** What is played: how it is told, and how it goes on. */
interface Played {
  /** When the next step happened, in milliseconds since the beginning; `undefined` when none is left. */
  readonly next: () => number | undefined;
  readonly step: () => Promise<void>;
  readonly ended: () => void;
}

/** As long as a timer can be. */
const longest = 2 ** 31 - 1;

/** The time in which a recording is played: it passes, or it stands. */
export class Playing {
  readonly #played: Played;
  #time = 0;
  /** When it began to pass, by the clock of the browser, and how fast. */
  #since: { readonly clock: number; readonly speed: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(played: Played) {
    this.#played = played;
  }

  /** Milliseconds since the beginning of the recording. Never later than what has not happened yet. */
  get time(): number {
    if (this.#since === undefined) return this.#time;
    const { clock, speed } = this.#since;
    const passed = this.#time + (performance.now() - clock) * speed;
    return Math.min(passed, this.#played.next() ?? passed);
  }

  /** Lets the time pass, and what happened happen. */
  start(speed: number): void {
    this.pause();
    this.#since = { clock: performance.now(), speed };
    this.#wait();
  }

  /** Lets the time stand. */
  pause(): void {
    this.#time = this.time;
    this.#since = undefined;
    clearTimeout(this.#timer);
  }

  /** Lets the time stand at another one. */
  set(time: number): void {
    this.pause();
    this.#time = time;
  }

  #wait(): void {
    const next = this.#played.next();
    if (this.#since === undefined) return;
    if (next === undefined) {
      this.pause();
      return this.#played.ended();
    }
    const pause = (next - this.time) / this.#since.speed;
    this.#timer = setTimeout(() => void this.#goOn(), Math.min(Math.max(0, pause), longest));
  }

  async #goOn(): Promise<void> {
    const since = this.#since;
    const next = this.#played.next();
    if (next !== undefined && next <= this.time) await this.#played.step();
    if (this.#since === since) this.#wait();
  }
}
