import type { Recording } from "deskstate/recording";
import type { PageClock } from "../demo-context.tsx";
import { ObservableValue } from "../observable-value.ts";
import { BackgroundSeek, type SeekTarget } from "./background-seek.ts";
import { PlaybackClock } from "./playback-clock.ts";
import { ReplayRun, stepsOf, type Step } from "./replay-run.ts";

/** The position of a replay. */
export interface ReplayState {
  /** The replay that is shown. */
  readonly run: ReplayRun;
  /** The number of steps that were replayed. */
  readonly place: number;
  /** The place that is being sought; `undefined` when it is reached. */
  readonly target: SeekTarget | undefined;
  readonly isPlaying: boolean;
  /** How many times as fast as recorded it plays. */
  readonly speed: number;
  /** Whether the next anomaly was sought, and there is none. */
  readonly isWithoutAnomaly: boolean;
}

/** Jumps of up to this many steps are animated. */
const maxAnimated = 3;

/** Moves through a recording, forwards and back. A place is shown when it is reached, not the steps before it. */
export class ReplayController extends ObservableValue<ReplayState> {
  /** The name of the file. */
  readonly name: string;
  readonly recording: Recording;
  readonly steps: readonly Step[];
  /** The time of the recording. */
  readonly clock: PageClock;
  readonly #playback: PlaybackClock;
  readonly #background: BackgroundSeek;
  #isSeeking = false;

  constructor(name: string, recording: Recording) {
    const steps = stepsOf(recording.entries);
    const run = new ReplayRun(recording, steps);
    super({ run, place: 0, target: undefined, isPlaying: false, speed: 1, isWithoutAnomaly: false });
    this.name = name;
    this.recording = recording;
    this.steps = steps;
    this.#background = new BackgroundSeek(() => new ReplayRun(recording, steps));
    this.#playback = new PlaybackClock({
      next: () => steps[this.getSnapshot().place]?.first.t,
      step: () => this.#step(),
      onEnd: () => {
        this.#playback.set(steps.at(-1)?.last.t ?? 0);
        this.#update({ isPlaying: false });
      },
    });
    const startedAt = recording.header?.startedAt ?? 0;
    this.clock = { now: () => startedAt + this.time };
  }

  /** Milliseconds since the beginning of the recording. */
  get time(): number {
    return this.#playback.time;
  }

  /** Goes to a place. A later call replaces one whose place is not reached yet. */
  readonly go = (place: number): void => {
    this.#seek(Math.min(Math.max(0, place), this.steps.length));
  };

  /** Goes forwards by a number of steps, or back by a negative one. */
  readonly move = (by: number): void => {
    const { place, target } = this.getSnapshot();
    this.go((typeof target === "number" ? target : place) + by);
  };

  /** Goes to the next anomaly, and stays when there is none. */
  readonly goToAnomaly = (): void => this.#seek("anomaly");

  /** Plays with the pauses that were recorded. */
  readonly play = (): void => {
    const { isPlaying, place, speed, target } = this.getSnapshot();
    if (isPlaying || target !== undefined || place === this.steps.length) return;
    this.#playback.start(speed);
    this.#update({ isPlaying: true, isWithoutAnomaly: false });
  };

  readonly pause = (): void => {
    this.#playback.pause();
    if (this.getSnapshot().isPlaying) this.#update({ isPlaying: false });
  };

  readonly setSpeed = (speed: number): void => {
    if (this.getSnapshot().isPlaying) this.#playback.start(speed);
    this.#update({ speed });
  };

  /** Stops seeking and playing. */
  readonly stop = (): void => {
    if (this.getSnapshot().target !== undefined) this.#seek(undefined);
    this.pause();
  };

  /** Ends the replay. Its desk stays readable. */
  readonly close = (): void => {
    this.stop();
    this.getSnapshot().run.close();
  };

  #seek(target: SeekTarget | undefined): void {
    this.pause();
    // A background replay is reused for a place that it has not passed.
    if (typeof target !== "number" || this.getSnapshot().target === "anomaly") this.#background.cancel();
    this.#update({ target, isWithoutAnomaly: false });
    if (!this.#isSeeking) void this.#seekUntilReached();
  }

  async #seekUntilReached(): Promise<void> {
    this.#isSeeking = true;
    for (;;) {
      const { target, place } = this.getSnapshot();
      if (target === undefined) break;
      if (target === place) {
        this.#background.cancel();
        this.#update({ target: undefined });
      } else if (!this.#background.isActive && isWithin(target, place + 1, place + maxAnimated)) {
        await this.#step();
      } else {
        // The target may change meanwhile.
        const found = await this.#background.advance(target, place);
        if (found === "none") this.#update({ target: undefined, isWithoutAnomaly: true });
        else if (found !== undefined) this.#arrive(found);
      }
    }
    this.#isSeeking = false;
  }

  /** Shows another replay, with the same interaction selected. */
  #arrive(run: ReplayRun): void {
    const { run: before, target } = this.getSnapshot();
    const { chosen } = before.logs.selection;
    if (chosen !== undefined) run.logs.selection.chooseLater(chosen);
    before.close();
    this.#show(run, target === "anomaly" || target === run.place ? { target: undefined } : {});
  }

  async #step(): Promise<void> {
    const { run, place } = this.getSnapshot();
    await run.to(place + 1);
    if (run === this.getSnapshot().run) this.#show(run);
  }

  #show(run: ReplayRun, changes: Partial<ReplayState> = {}): void {
    const { place } = run;
    if (!this.getSnapshot().isPlaying) this.#playback.set(this.steps[place - 1]?.last.t ?? 0);
    this.#update({ run, place, ...changes });
  }

  #update(changes: Partial<ReplayState>): void {
    this.set({ ...this.getSnapshot(), ...changes });
  }
}

function isWithin(target: SeekTarget, min: number, max: number): boolean {
  return target !== "anomaly" && target >= min && target <= max;
}
