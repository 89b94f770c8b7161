import { systemClock } from "../domain/clock.ts";
import {
  DeskError,
  type Anomaly,
  type Clock,
  type Desk,
  type InteractionKind,
  type ServerOperations,
  type StandardKinds,
  type StandardOperations,
  type StandardVocabulary,
  type Vocabulary,
  type VocabularyOf,
} from "../index.ts";
import { gws851, type Dialect } from "../links/gws/index.ts";
import type { Entry } from "./format.ts";
import { Milestones } from "./milestones.ts";
import { Player } from "./player.ts";
import type { Difference, ReplayedOutcome } from "./replayed-operations.ts";
import { readRecording, type Recording } from "./read-recording.ts";

/** The options of {@link replay}. */
export interface ReplayOptions<
  Server extends ServerOperations = StandardOperations,
  Kinds extends readonly InteractionKind[] = StandardKinds,
> {
  /** The dialect that reads the frames; default that of GWS 8.5.1. A corrected one shows its result for an old recording. */
  readonly dialect?: Dialect<Server>;
  /** `full`, `recorded`, or a factor of the recorded speed; default `full`. Single steps never wait. */
  readonly speed?: "full" | "recorded" | number;
  /** The kinds of interaction of the desk that was recorded; default email and chat. */
  readonly kinds?: Kinds;
  /** The clock in which the pauses between entries pass. */
  readonly clock?: Clock;
  /** Called with each desk before anything is replayed in it: immediately, and whenever `seek` needs another one. */
  readonly onDesk?: (desk: Desk<VocabularyOf<Kinds, Server>>) => void;
}

/** The position of a replay. */
export interface Position {
  /** The last entry that was replayed; 0 before the first. */
  readonly seq: number;
  /** Its time in milliseconds since the beginning of the recording. */
  readonly t: number;
}

/** An entry, or a time in milliseconds since the beginning of the recording; both inclusive. */
export type ReplayTarget = { readonly seq: number } | { readonly at: number };

/** A recording that is replayed. */
export interface Replay<Words extends Vocabulary = StandardVocabulary> {
  /**
   * The desk, to be read, watched and inspected. Starting, stopping and retaining it does nothing. After `seek` went back
   * it is another one.
   */
  readonly desk: Desk<Words>;
  readonly recording: Recording;
  readonly position: Position;
  /** Whether everything that the recording holds is replayed. */
  readonly isAtEnd: boolean;
  /** The outcomes of operations up to here, in the order in which they were settled. */
  readonly outcomes: readonly ReplayedOutcome[];
  /** The anomalies from the beginning of the recording up to here, as `desk.anomalies` has them. */
  readonly anomalies: readonly Anomaly[];
  /** The results that differ from the recording up to here. Empty, unless the library or the dialect has changed. */
  readonly differences: readonly Difference[];
  /** Replays one entry, with everything that it caused. @returns false when there was none left. */
  readonly step: () => Promise<boolean>;
  /** Replays everything up to the target, with the pauses of `speed`. */
  readonly to: (target: ReplayTarget) => Promise<void>;
  /**
   * Goes to the target without pauses, forwards or back. It begins at the nearest checkpoint where that is nearer: one of
   * the recording, or one that the replay has taken on its way.
   *
   * @returns whether it arrived: false when the replay was closed, or another `seek` was called meanwhile.
   */
  readonly seek: (target: ReplayTarget) => Promise<boolean>;
  /** Replays until the next anomaly. @returns it; `undefined` when there was none up to the end. */
  readonly untilAnomaly: () => Promise<Anomaly | undefined>;
  /** Replays the rest. */
  readonly end: () => Promise<void>;
  /** Stops at the present position, and resolves the pending calls. The desk stays readable. */
  readonly close: () => void;
}

/**
 * Creates a desk and replays a recording in it. A recording can be replayed as far as it could be read.
 *
 * @param recording - the recording, or its text.
 * @throws DeskError `invalid-arguments` when the text is not a recording that this version reads.
 */
export function replay<
  Server extends ServerOperations = StandardOperations,
  const Kinds extends readonly InteractionKind[] = StandardKinds,
>(recording: Recording | string, options?: ReplayOptions<Server, Kinds>): Replay<VocabularyOf<Kinds, Server>>;
export function replay(recording: Recording | string, options: ReplayOptions = {}): Replay {
  return new DeskReplay(typeof recording === "string" ? readRecording(recording) : recording, options);
}

/** The number of entries after which other tasks get their turn. */
const portion = 500;
/** A shorter way is replayed: a desk that was restored has forgotten the history of its charts. */
const minLeap = 1000;
/** The maximum of a timer of the machine; a longer one runs immediately. */
const maxTimer = 2 ** 31 - 1;

class DeskReplay implements Replay {
  readonly recording: Recording;
  readonly #begin: () => Player;
  readonly #clock: Clock;
  /** Recorded milliseconds per millisecond. */
  readonly #speed: number;
  readonly #milestones = new Milestones();
  #player: Player;
  /** Runs what is asked for one after the other. */
  #tasks: Promise<unknown> = Promise.resolve();
  #seeks = 0;
  #isClosed = false;
  #wake: (() => void) | undefined;

  constructor(recording: Recording, options: ReplayOptions) {
    const { header, entries, problem } = recording;
    if (header === undefined) {
      throw new DeskError("invalid-arguments", problem?.message ?? "It is not a recording.");
    }
    const { dialect = gws851, clock = systemClock, speed = "full", kinds, onDesk } = options;
    this.#speed = speed === "full" ? Infinity : speed === "recorded" ? 1 : speed;
    if (!(this.#speed > 0)) {
      throw new DeskError("invalid-options", 'The option "speed" must be "full", "recorded" or above 0.');
    }
    this.recording = recording;
    this.#clock = clock;
    this.#begin = () => {
      const player = new Player(header, entries, dialect, kinds);
      onDesk?.(player.replayed.shown);
      return player;
    };
    this.#player = this.#begin();
  }

  get desk(): Desk {
    return this.#player.replayed.shown;
  }

  get position(): Position {
    const { seq, t } = this.#player.last ?? { seq: 0, t: 0 };
    return { seq, t };
  }

  get isAtEnd(): boolean {
    return this.#player.next === undefined;
  }

  get outcomes(): readonly ReplayedOutcome[] {
    return this.#player.replayed.operations.outcomes;
  }

  get differences(): readonly Difference[] {
    return this.#player.replayed.operations.differences;
  }

  get anomalies(): readonly Anomaly[] {
    return this.desk.anomalies.getSnapshot();
  }

  readonly step = (): Promise<boolean> =>
    this.#inOrder(async () => {
      if (this.#isClosed || this.isAtEnd) return false;
      await this.#playOne(this.#player);
      return true;
    });

  readonly to: Replay["to"] = (target) =>
    this.#inOrder(async (isOver) => {
      const { last } = this.#player;
      if (last !== undefined && isBeyond(last, target)) {
        throw new DeskError("invalid-arguments", "To go back, call seek; to only goes forwards.");
      }
      await this.#play(this.#player, isOver, (next) => isBeyond(next, target));
    });

  readonly seek: Replay["seek"] = (target) => {
    this.#seeks++;
    this.#wake?.();
    return this.#inOrder(async (isOver) => {
      if (isOver()) return false;
      const player = await this.#nearest(target);
      await this.#play(player, isOver, (next) => isBeyond(next, target), Infinity);
      if (isOver()) return false;
      this.#player = player;
      return true;
    });
  };

  readonly untilAnomaly = (): Promise<Anomaly | undefined> =>
    this.#inOrder(async (isOver) => {
      const before = this.desk.anomalies.total();
      await this.#play(this.#player, isOver, () => this.desk.anomalies.total() > before);
      const count = this.desk.anomalies.total() - before;
      return count === 0 ? undefined : this.anomalies.at(-count);
    });

  readonly end = (): Promise<void> =>
    this.#inOrder((isOver) => this.#play(this.#player, isOver, () => false));

  readonly close = (): void => {
    this.#isClosed = true;
    this.#wake?.();
  };

  /** @param task - is over when the replay was closed, or a later `seek` was called. */
  #inOrder<Result>(task: (isOver: () => boolean) => Promise<Result>): Promise<Result> {
    const seeks = this.#seeks;
    const result = this.#tasks.then(() => task(() => this.#isClosed || seeks !== this.#seeks));
    this.#tasks = result.catch(() => {});
    return result;
  }

  /** Replays until the condition holds for the next entry, or to the end. */
  async #play(
    player: Player,
    isOver: () => boolean,
    isDone: (next: Entry) => boolean,
    speed = this.#speed,
  ): Promise<void> {
    for (let count = 1; !isOver(); count++) {
      const { next, last } = player;
      if (next === undefined || isDone(next)) return;
      let pause = (next.t - (last?.t ?? 0)) / speed;
      if (pause <= 0 && count % portion === 0) await this.#wait(0);
      for (; pause > 0 && !isOver(); pause -= maxTimer) await this.#wait(Math.min(pause, maxTimer));
      if (!isOver()) await this.#playOne(player);
    }
  }

  async #playOne(player: Player): Promise<void> {
    await player.play();
    if (!this.#milestones.isDue(player.place)) return;
    const milestone = player.milestone();
    if (milestone !== undefined) this.#milestones.add(milestone);
  }

  /** Returns the player that has the shortest way to the target: the present one, or one that begins at a milestone. */
  async #nearest(target: ReplayTarget): Promise<Player> {
    const { entries } = this.recording;
    const beyond = entries.findIndex((entry) => isBeyond(entry, target));
    const milestone = this.#milestones.before(beyond === -1 ? entries.length : beyond);
    const { place, last } = this.#player;
    const isBehind = last !== undefined && isBeyond(last, target);
    if (!isBehind && (milestone === undefined || milestone.place <= place + minLeap)) return this.#player;
    const player = this.#begin();
    if (milestone !== undefined) await player.beginAt(milestone);
    return player;
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

function isBeyond({ seq, t }: Position, target: ReplayTarget): boolean {
  return "seq" in target ? seq > target.seq : t > target.at;
}
