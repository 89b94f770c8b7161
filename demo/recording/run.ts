import { replay, type Recording, type Replay } from "deskstate/recording";
import { createFollowers, follow, type Followers } from "../followers.ts";
import { noteOperations } from "./replayed-operations.ts";
import { stepsUpTo, type Step } from "./steps.ts";

/** One replay of a recording, with what follows its desk from the beginning. To go back there has to be another one. */
export class Run {
  readonly followers: Followers;
  readonly #replay: Replay;
  readonly #steps: readonly Step[];
  readonly #ends: readonly (() => void)[];
  #isClosed = false;

  constructor(recording: Recording, steps: readonly Step[]) {
    this.#replay = replay(recording);
    this.#steps = steps;
    this.followers = createFollowers(this.desk);
    this.#ends = [noteOperations(this.desk, this.followers), follow(this.followers)];
  }

  get desk() {
    return this.#replay.desk;
  }

  get anomalies() {
    return this.#replay.anomalies;
  }

  get differences() {
    return this.#replay.differences;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** How many steps were replayed. */
  get place(): number {
    return stepsUpTo(this.#steps, this.#replay.position.seq);
  }

  /** Replays up to this place, which must not be behind the present one. */
  async to(place: number): Promise<void> {
    const step = this.#steps[place - 1];
    if (step !== undefined) await this.#replay.to({ seq: step.last.seq });
  }

  /** Replays until something odd is met. @returns whether it was */
  async toAnomaly(): Promise<boolean> {
    return (await this.#replay.untilAnomaly()) !== undefined;
  }

  readonly close = (): void => {
    this.#isClosed = true;
    this.#replay.close();
    for (const end of this.#ends) end();
  };
}
