import type { Recording } from "deskstate/recording";
import type { PageClock } from "../demo-context.tsx";
import { ObservableValue } from "../observable-value.ts";
import { PlaybackClock } from "./playback-clock.ts";
import { beginReplay, stepsOf, type ReplayRun, type Step } from "./replay-run.ts";

/** A place in a recording, or that of the next anomaly. */
type SeekTarget = number | "anomaly";

/** The position of a replay. */
export interface ReplayState {
  /** The replay that is shown. */
  readonly run: ReplayRun;
  /** The number of steps that were replayed. */
  readonly place: number;
  /** The place that is being sought; `undefined` when it is reached. */
  readonly target: SeekTarget | undefined;
  readonly isPlaying: boolean;
  /** The recorded milliseconds per millisecond while it plays. */
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
  /** The replay that is on its way: out of sight, because a page cannot render thousands of steps. */
  #hidden: ReplayRun | undefined;
  #isSeeking = false;

  constructor(name: string, recording: Recording) {
    const run = beginReplay(recording);
    super({ run, place: 0, target: undefined, isPlaying: false, speed: 1, isWithoutAnomaly: false });
    this.name = name;
    this.recording = recording;
    this.steps = stepsOf(recording.entries);
    this.#playback = new PlaybackClock({
      next: () => this.steps[this.getSnapshot().place]?.[0].t,
      step: () => this.#step(),
      onEnd: () => {
        this.#playback.set(run.replay.recording.entries.at(-1)?.t ?? 0);
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
    // A hidden replay goes on to a place that it has not passed.
    const isUsable = typeof target === "number" && this.getSnapshot().target !== "anomaly";
    if (isUsable) void this.#hidden?.replay.seek(this.#hidden.replay.position);
    else this.#dropHidden();
    this.#update({ target, isWithoutAnomaly: false });
    if (!this.#isSeeking) void this.#seekUntilReached();
  }

  /** Goes to the target, which may change meanwhile. */
  async #seekUntilReached(): Promise<void> {
    this.#isSeeking = true;
    for (;;) {
      const { target, place } = this.getSnapshot();
      if (target === undefined) break;
      const isNear = typeof target === "number" && target > place && target <= place + maxAnimated;
      if (target === place) this.#update({ target: undefined });
      else if (isNear && this.#hidden === undefined) await this.#step();
      else await this.#advance(target, place);
    }
    this.#dropHidden();
    this.#isSeeking = false;
  }

  /** Replays out of sight until the target is reached, or another one is given. */
  async #advance(target: SeekTarget, place: number): Promise<void> {
    const end = target === "anomaly" ? place : target;
    if (this.#hidden !== undefined && this.#placeOf(this.#hidden) > end) this.#dropHidden();
    const run = (this.#hidden ??= beginReplay(this.recording));
    const { replay } = run;
    const hasArrived = await replay.seek({ seq: this.steps[end - 1]?.at(-1)?.seq ?? 0 });
    const anomaly = target === "anomaly" && hasArrived ? await replay.untilAnomaly() : undefined;
    if (!hasArrived || this.#hidden !== run || this.getSnapshot().target !== target) return;
    if (target === "anomaly" && anomaly === undefined) {
      this.#update({ target: undefined, isWithoutAnomaly: true });
    } else this.#arrive(run);
  }

  /** Shows another replay, with the same interaction selected. */
  #arrive(run: ReplayRun): void {
    const { run: before } = this.getSnapshot();
    const { chosen } = before.logs.selection;
    if (chosen !== undefined) run.logs.selection.chooseLater(chosen);
    this.#hidden = undefined;
    before.close();
    this.#show(run, { target: undefined });
  }

  #dropHidden(): void {
    this.#hidden?.close();
    this.#hidden = undefined;
  }

  async #step(): Promise<void> {
    const { run } = this.getSnapshot();
    await run.replay.step();
    if (run === this.getSnapshot().run) this.#show(run);
  }

  #show(run: ReplayRun, changes: Partial<ReplayState> = {}): void {
    if (!this.getSnapshot().isPlaying) this.#playback.set(run.replay.position.t);
    this.#update({ run, place: this.#placeOf(run), ...changes });
  }

  #placeOf({ replay }: ReplayRun): number {
    return this.steps.findLastIndex(([first]) => first.seq <= replay.position.seq) + 1;
  }

  #update(changes: Partial<ReplayState>): void {
    this.set({ ...this.getSnapshot(), ...changes });
  }
}
