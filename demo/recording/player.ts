import type { Recording } from "deskstate/recording";
import type { PageClock } from "../use-now.ts";
import { Watchable } from "../watchable.ts";
import type { PlayerState } from "./player-state.ts";
import { Playing } from "./playing.ts";
import { Run } from "./run.ts";
import { Scout, type Wish } from "./scout.ts";
import { stepsOf, type Step } from "./steps.ts";

/** So few steps are gone before the eyes of who looks on. */
const few = 3;

/** Goes about in a recording, forwards and back. A place is shown when it is reached, and not the way there. */
export class Player extends Watchable<PlayerState> {
  /** The name of the file. */
  readonly name: string;
  readonly recording: Recording;
  readonly steps: readonly Step[];
  /** The time of the recording. */
  readonly clock: PageClock;
  readonly #playing: Playing;
  readonly #scout: Scout;
  #isTravelling = false;

  constructor(name: string, recording: Recording) {
    const steps = stepsOf(recording.entries);
    const run = new Run(recording, steps);
    super({ run, place: 0, wish: undefined, isPlaying: false, speed: 1, isNothingOdd: false });
    this.name = name;
    this.recording = recording;
    this.steps = steps;
    this.#scout = new Scout(() => new Run(recording, steps));
    this.#playing = new Playing({
      next: () => steps[this.getSnapshot().place]?.first.t,
      step: () => this.#step(),
      ended: () => {
        this.#playing.set(steps.at(-1)?.last.t ?? 0);
        this.#tell({ isPlaying: false });
      },
    });
    const startedAt = recording.header?.startedAt ?? 0;
    this.clock = { now: () => startedAt + this.time };
  }

  /** Milliseconds since the beginning of the recording. */
  get time(): number {
    return this.#playing.time;
  }

  /** Goes to a place. A later wish counts in the stead of one that is not reached yet. */
  readonly go = (place: number): void => {
    this.#wish(Math.min(Math.max(0, place), this.steps.length));
  };

  /** Goes so many steps on or back. */
  readonly move = (by: number): void => {
    const { place, wish } = this.getSnapshot();
    this.go((typeof wish === "number" ? wish : place) + by);
  };

  /** Goes to where something odd happens next, and stays where it is when nothing does. */
  readonly goToAnomaly = (): void => this.#wish("anomaly");

  /** Goes on as it was recorded, with its pauses. */
  readonly play = (): void => {
    const { isPlaying, place, speed, wish } = this.getSnapshot();
    if (isPlaying || wish !== undefined || place === this.steps.length) return;
    this.#playing.start(speed);
    this.#tell({ isPlaying: true, isNothingOdd: false });
  };

  readonly pause = (): void => {
    this.#playing.pause();
    if (this.getSnapshot().isPlaying) this.#tell({ isPlaying: false });
  };

  readonly setSpeed = (speed: number): void => {
    if (this.getSnapshot().isPlaying) this.#playing.start(speed);
    this.#tell({ speed });
  };

  /** Stays where it is: nothing goes on by itself. */
  readonly rest = (): void => {
    if (this.getSnapshot().wish !== undefined) this.#wish(undefined);
    this.pause();
  };

  /** Ends it. What is shown stays readable. */
  readonly close = (): void => {
    this.rest();
    this.getSnapshot().run.close();
  };

  #wish(wish: Wish | undefined): void {
    this.pause();
    // What is on the way is of use to who wants to go to a place that it has not passed.
    if (typeof wish !== "number" || this.getSnapshot().wish === "anomaly") this.#scout.giveUp();
    this.#tell({ wish, isNothingOdd: false });
    void this.#travel();
  }

  async #travel(): Promise<void> {
    if (this.#isTravelling) return;
    this.#isTravelling = true;
    for (;;) {
      const { wish, place } = this.getSnapshot();
      if (wish === undefined) break;
      if (wish === place) {
        this.#scout.giveUp();
        this.#tell({ wish: undefined });
      } else if (!this.#scout.isUnderWay && wish !== "anomaly" && wish > place && wish - place <= few) {
        await this.#step();
      } else {
        const found = await this.#scout.goOn(wish, place);
        // Meanwhile something else may be wished.
        if (found === "nothing-odd") this.#tell({ wish: undefined, isNothingOdd: true });
        else if (found !== undefined) this.#arrive(found);
      }
    }
    this.#isTravelling = false;
  }

  /** Shows another replay; what was looked at is looked at again. */
  #arrive(run: Run): void {
    const { run: before, wish } = this.getSnapshot();
    const { chosen } = before.followers.selection;
    if (chosen !== undefined) run.followers.selection.want(chosen);
    before.close();
    this.#show(run, wish === "anomaly" || wish === run.place ? { wish: undefined } : {});
  }

  async #step(): Promise<void> {
    const { run, place } = this.getSnapshot();
    await run.to(place + 1);
    if (run === this.getSnapshot().run) this.#show(run);
  }

  #show(run: Run, news: Partial<PlayerState> = {}): void {
    const { place } = run;
    if (!this.getSnapshot().isPlaying) this.#playing.set(this.steps[place - 1]?.last.t ?? 0);
    this.#tell({ run, place, ...news });
  }

  #tell(news: Partial<PlayerState>): void {
    this.set({ ...this.getSnapshot(), ...news });
  }
}
