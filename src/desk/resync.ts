import type { InteractionFact } from "../domain/fact.ts";
import { isEnding } from "../domain/lifecycle.ts";
import type { Random } from "../domain/random.ts";
import { retryDelay } from "../domain/retry-delay.ts";
import type { JournaledClock } from "./journal.ts";
import type { Reading } from "./link.ts";

/** A list, and what arrived while it was read. */
export interface Merge {
  readonly reading: Extract<Reading, { kind: "read" }>;
  /** The facts that arrived by notification meanwhile, by interaction, in their order. */
  readonly factsDuringRead: ReadonlyMap<string, readonly InteractionFact[]>;
}

/** The result of a reading. */
export interface ReadResult {
  readonly merge: Merge | undefined;
  /** Whether the store has caught up with the server. */
  readonly hasCaughtUp: boolean;
  /** Operations that waited for a look-up. */
  readonly verified: readonly number[];
}

/** Lists that are read to look something up are at least this many milliseconds apart. */
const pause = 1000;

/**
 * Decides when the server's own list is read: after each connection, and when something is to be looked up.
 * Notifications are applied meanwhile; as the list may be older than they are, they are remembered and have the last word
 * on the interactions they are about.
 */
export class Resync {
  readonly #clock: JournaledClock;
  readonly #random: Random;
  /** Facts that arrived since the list was requested that is being read; `undefined` while none is. */
  #factsDuringRead: Map<string, InteractionFact[]> | undefined;
  /** Whether the store has yet to catch up with the server over the present connection. */
  #isCatchingUp = false;
  /** Whether a list is wanted that is newer than any that is being read; `retry` after a delay. */
  #want: "nothing" | "read" | "retry" = "nothing";
  /** Operations that wait for a reading that has not begun. */
  #queued: number[] = [];
  /** Operations that wait for what is being read. */
  #waiting: number[] = [];
  #lastRead = -Infinity;
  /** Readings in a row that failed. */
  #failures = 0;
  #retryAfter: number | undefined;
  #timer: { readonly name: "pause" | "retry"; readonly handle: unknown } | undefined;
  /** Raised whenever what is being read no longer counts. */
  #generation = 0;

  /** @param clock - runs its timers as events of the desk. */
  constructor(clock: JournaledClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** When a list was last asked for. */
  get lastRead(): number {
    return this.#lastRead;
  }

  /** Whether nothing is being read, and nothing is to be looked up. */
  get isIdle(): boolean {
    return this.#factsDuringRead === undefined && this.#want === "nothing";
  }

  /** Remembers a fact that arrived by notification. */
  noteArrival(fact: InteractionFact): void {
    const facts = this.#factsDuringRead?.get(fact.id);
    if (facts !== undefined) facts.push(fact);
    else this.#factsDuringRead?.set(fact.id, [fact]);
  }

  /** Wants a list to catch up with, whatever was being read before. Returns the operations that waited for that. */
  catchUp(): readonly number[] {
    const waiting = this.cancel();
    this.#isCatchingUp = true;
    this.#want = "read";
    return waiting;
  }

  /** Ignores the list that is being read. Returns the operations that waited for it. */
  cancel(): readonly number[] {
    const waiting = [...this.#waiting, ...this.#queued];
    this.#generation++;
    this.#failures = 0;
    this.#isCatchingUp = false;
    this.#want = "nothing";
    this.#factsDuringRead = undefined;
    this.#queued = [];
    this.#waiting = [];
    this.#clearTimer();
    return waiting;
  }

  /**
   * Wants a list, to look something up. Requests at about the same time share one reading. A reading that fails is
   * retried, for which the operation does not wait.
   */
  lookUp(operation?: number): void {
    const asked = operation === undefined ? [] : [operation];
    // What is asked in one moment shares one reading. Any other that is in flight may be older than the question.
    if (this.#factsDuringRead !== undefined && this.#lastRead === this.#clock.now()) {
      this.#waiting.push(...asked);
      return;
    }
    this.#queued.push(...asked);
    if (!this.#isCatchingUp) this.#want = "read";
  }

  /** Begins to read, or sets a timer, if a list is wanted. Returns the reading that is to be made now. */
  begin(): number | undefined {
    if (this.#want === "nothing" || this.#factsDuringRead !== undefined) return undefined;
    if (this.#want === "retry") return this.#wait("retry", () => (this.#want = "read"));
    const ms = this.#isCatchingUp ? 0 : this.#lastRead + pause - this.#clock.now();
    if (ms > 0) return this.#wait("pause", () => {}, ms);
    this.#clearTimer();
    this.#want = "nothing";
    this.#waiting = this.#queued;
    this.#queued = [];
    this.#factsDuringRead = new Map();
    this.#lastRead = this.#clock.now();
    return this.#generation;
  }

  /** Whether a reading still counts. */
  isCurrent(generation: number): boolean {
    return generation === this.#generation;
  }

  /** Ends a reading that counts. */
  finish(reading: Reading): ReadResult {
    const factsDuringRead = this.#factsDuringRead ?? new Map<string, InteractionFact[]>();
    this.#factsDuringRead = undefined;
    const verified = this.#waiting;
    this.#waiting = [];
    if (reading.kind === "failed") {
      this.#failures++;
      this.#retryAfter = reading.retryAfter;
      if (this.#want === "nothing") this.#want = "retry";
      return { merge: undefined, hasCaughtUp: false, verified };
    }
    this.#failures = 0;
    const hasCaughtUp = this.#isCatchingUp;
    this.#isCatchingUp = false;
    // A state that arrived while the list was read may belong to another life than the list's.
    if (hasCaughtUp && [...factsDuringRead.values()].some(namesLivingState)) this.lookUp();
    return { merge: { reading, factsDuringRead }, hasCaughtUp, verified };
  }

  #wait(name: "pause" | "retry", then: () => void, ms?: number): undefined {
    if (this.#timer?.name === name) return;
    this.#clearTimer();
    const run = () => {
      this.#timer = undefined;
      then();
    };
    const delay = ms ?? retryDelay(this.#random, this.#failures, this.#retryAfter);
    this.#timer = { name, handle: this.#clock.setTimeout(run, delay, name) };
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer.handle);
    this.#timer = undefined;
  }
}

/** Whether the last state that these facts name is one of a living interaction. */
function namesLivingState(facts: readonly InteractionFact[]): boolean {
  const last = facts.findLast(({ change }) => change !== "PropertiesChanged" && change !== "StateUnknown");
  return last !== undefined && !isEnding(last.change);
}

/** Whether one of these facts ended the interaction. */
export function endedDuringRead(facts: readonly InteractionFact[]): boolean {
  return facts.some(({ change }) => isEnding(change));
}
