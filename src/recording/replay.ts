import { systemClock } from "../domain/clock.ts";
import { DeskError, type Anomaly, type Clock, type Desk } from "../index.ts";
import { gws851, type Dialect } from "../links/gws/index.ts";
import type { Entry } from "./format.ts";
import { Player, type Difference, type ReplayedOutcome } from "./player.ts";
import { readRecording, type Recording } from "./read-recording.ts";

/** How a recording is replayed. */
export interface ReplayOptions {
  /** What reads the frames; default the one of GWS 8.5.1. A mended one shows what it makes of an old recording. */
  readonly dialect?: Dialect;
  /**
   * How fast: `full`, `recorded`, or how many times as fast as recorded; default `full`. Single steps are never waited
   * for.
   */
  readonly speed?: "full" | "recorded" | number;
  /** The time in which the pauses between entries pass. */
  readonly clock?: Clock;
}

/** How far a replay has come. */
export interface Position {
  /** The last entry that was replayed; 0 before the first. */
  readonly seq: number;
  /** Its time in milliseconds since the beginning of the recording. */
  readonly t: number;
}

/** A recording that is replayed, forwards and as far as is asked. To go back, replay it again. */
export interface Replay {
  /** The desk, to be read, watched and inspected. It is the recording's: starting, stopping and holding it does nothing. */
  readonly desk: Desk;
  readonly recording: Recording;
  readonly position: Position;
  /** Is everything replayed that the recording holds? */
  readonly isAtEnd: boolean;
  /** What became of the operations, in the order in which they were settled. */
  readonly outcomes: readonly ReplayedOutcome[];
  /** What was odd since the recording began, as `desk.anomalies` keeps it. */
  readonly anomalies: readonly Anomaly[];
  /** What did not come out as recorded. Empty, unless the library or the dialect has changed. */
  readonly differences: readonly Difference[];
  /** Replays one entry, and what it brought about. @returns false when there was none left. */
  readonly step: () => Promise<boolean>;
  /** Replays everything up to an entry, or to a time in milliseconds since the beginning; both inclusive. */
  readonly to: (where: { readonly seq: number } | { readonly t: number }) => Promise<void>;
  /** Replays until something odd is met. @returns it; `undefined` when nothing odd came any more. */
  readonly untilAnomaly: () => Promise<Anomaly | undefined>;
  /** Replays the rest. */
  readonly end: () => Promise<void>;
  /** Stops where it is; whoever waits for a part of the replay goes on. The desk stays readable. */
  readonly close: () => void;
}

/**
 * Makes a desk that does again what a recorded one did. As far as a recording could be read it can be replayed.
 *
 * @param recording - the recording, or its text.
 * @throws DeskError `invalid-arguments` when the text is not a recording that this version reads.
 */
export function replay(recording: Recording | string, options: ReplayOptions = {}): Replay {
  return new DeskReplay(typeof recording === "string" ? readRecording(recording) : recording, options);
}

/** After so many entries others get their turn. */
const portion = 500;
/** Timers of the machine that are set for longer run at once. */
const maxTimer = 2 ** 31 - 1;

class DeskReplay implements Replay {
  readonly recording: Recording;
  readonly desk: Desk;
  readonly #player: Player;
  readonly #clock: Clock;
  /** Recorded milliseconds per millisecond. */
  readonly #speed: number;
  /** What happens one after the other, however it is asked for. */
  #tasks: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  #wake: (() => void) | undefined;

  constructor(recording: Recording, options: ReplayOptions) {
    const { header, entries, problem } = recording;
    if (header === undefined) {
      throw new DeskError("invalid-arguments", problem?.message ?? "It is not a recording.");
    }
    const { dialect = gws851, clock = systemClock, speed = "full" } = options;
    this.#speed = speed === "full" ? Infinity : speed === "recorded" ? 1 : speed;
    if (!(this.#speed > 0)) {
      throw new DeskError("invalid-options", 'The option "speed" must be "full", "recorded" or above 0.');
    }
    this.recording = recording;
    this.#clock = clock;
    this.#player = new Player(header, entries, dialect);
    this.desk = Object.freeze({
      ...this.#player.desk,
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      hold: () => () => {},
    });
  }

  get position(): Position {
    const { seq, t } = this.#player.last ?? { seq: 0, t: 0 };
    return { seq, t };
  }

  get isAtEnd(): boolean {
    return this.#player.next === undefined;
  }

  get outcomes(): readonly ReplayedOutcome[] {
    return this.#player.outcomes;
  }

  get differences(): readonly Difference[] {
    return this.#player.differences;
  }

  get anomalies(): readonly Anomaly[] {
    const count = this.#anomalies();
    return count === 0 ? [] : this.desk.anomalies.getSnapshot().slice(-count);
  }

  readonly step = (): Promise<boolean> =>
    this.#inOrder(async () => {
      if (this.#isClosed || this.isAtEnd) return false;
      await this.#player.play();
      return true;
    });

  readonly to: Replay["to"] = (where) => {
    const isBeyond = ({ seq, t }: Position | Entry) => ("seq" in where ? seq > where.seq : t > where.t);
    return this.#inOrder(async () => {
      if (isBeyond(this.position)) {
        throw new DeskError("invalid-arguments", "A replay does not go back: make another one.");
      }
      await this.#play(isBeyond);
    });
  };

  readonly untilAnomaly = (): Promise<Anomaly | undefined> =>
    this.#inOrder(async () => {
      const before = this.#anomalies();
      await this.#play(() => this.#anomalies() > before);
      return this.anomalies[before];
    });

  readonly end = (): Promise<void> => this.#inOrder(() => this.#play(() => false));

  readonly close = (): void => {
    this.#isClosed = true;
    this.#wake?.();
  };

  /** How many anomalies there were since the recording began. */
  #anomalies(): number {
    return this.desk.anomalies.total() - this.#player.anomaliesBefore;
  }

  #inOrder<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#tasks.then(task);
    this.#tasks = result.catch(() => {});
    return result;
  }

  /** Replays until this is so before the next entry, or to the end. */
  async #play(isDone: (next: Entry) => boolean): Promise<void> {
    for (let count = 1; !this.#isClosed; count++) {
      const { next } = this.#player;
      if (next === undefined || isDone(next)) return;
      let pause = (next.t - this.position.t) / this.#speed;
      if (pause <= 0 && count % portion === 0) await this.#wait(0);
      for (; pause > 0 && !this.#isClosed; pause -= maxTimer) {
        await this.#wait(Math.min(pause, maxTimer));
      }
      if (!this.#isClosed) await this.#player.play();
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(resolve, ms);
      this.#wake = () => {
        this.#clock.clearTimeout(timer);
        resolve();
      };
    });
  }
}
