import type { Clock, ReadableStore } from "../index.ts";
import { BotError, type BotErrorCode } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import { Notes } from "./notes.ts";
import type { ScriptRun } from "./script-run.ts";
import { maxTime } from "./time-limit.ts";

/** Something to wait for. */
export interface Wait<Value> {
  /** What it is, in the words of an error. */
  readonly awaited: string;
  /** What to look at again whenever it changes. */
  readonly on: readonly Pick<ReadableStore<unknown>, "subscribe">[];
  /** What came; `undefined` while it has not. What it throws is what the wait fails with. */
  readonly look: () => Value | undefined;
  /** Why it will not come any more. */
  readonly hopeless?: () => BotErrorCode | undefined;
  /** The deadline in milliseconds; `Infinity` for none. */
  readonly within: number;
  /** What the wait comes to at its deadline, if that is no failure. */
  readonly atDeadline?: Value;
}

/** Why a scope is over. */
export type Over = "ended" | "stopped";

/**
 * What waits of a script live in: an interaction, an offer, or the work of the agent. When it is over, every wait in it
 * fails at once, and so does every later one that has not come true already.
 */
export class Scope {
  readonly run: ScriptRun;
  /** What came, for the errors of those who wait for something else. */
  readonly notes = new Notes();
  readonly #clock: Clock;
  readonly #now: () => string;
  readonly #checks = new Set<() => void>();
  #over: Over | undefined;
  #lastWait = -Infinity;

  /** @param now says what is so, for the errors */
  constructor(run: ScriptRun, clock: Clock, now: () => string) {
    this.run = run;
    this.#clock = clock;
    this.#now = now;
  }

  get over(): Over | undefined {
    return this.#over;
  }

  /** For how many milliseconds nobody has waited for anything in it. */
  get quiet(): number {
    return this.#checks.size > 0 ? 0 : this.#clock.now() - this.#lastWait;
  }

  close(over: Over): void {
    if (this.#over !== undefined) return;
    this.#over = over;
    this.look();
  }

  /** Something may have changed that no wait listens to. */
  look(): void {
    for (const check of [...this.#checks]) check();
  }

  /**
   * Waits until something is there.
   *
   * @throws BotError `deadline`, `ended`, `customer-left`, `stopped`
   */
  wait<Value>({ awaited, on, look, hopeless, within, atDeadline }: Wait<Value>): Promise<Value> {
    const clock = this.#clock;
    const since = clock.now();
    const noted = this.notes.total;
    const failure = (code: BotErrorCode) => this.#failure(code, awaited, clock.now() - since, noted);
    return new Promise((resolve, reject) => {
      const releases: (() => void)[] = [];
      let isOpen = true;
      const close = (settle: () => void): void => {
        isOpen = false;
        for (const release of releases) release();
        settle();
      };
      const check = (): void => {
        if (!isOpen) return;
        // Who is stopped does nothing more; what had come before an end may still be taken.
        if (this.#over === "stopped") return close(() => reject(failure("stopped")));
        try {
          const value = look();
          const code = value === undefined ? (hopeless?.() ?? this.#over) : undefined;
          if (value !== undefined) close(() => resolve(value));
          else if (code !== undefined) close(() => reject(failure(code)));
        } catch (error) {
          close(() => reject(error as Error));
        }
      };
      check();
      if (!isOpen) return;
      this.run.waits();
      this.#checks.add(check);
      releases.push(...on.map((readable) => readable.subscribe(check)), () => {
        this.#checks.delete(check);
        this.#lastWait = clock.now();
      });
      if (within === Infinity) return;
      const timer = clock.setTimeout(() => {
        check();
        if (!isOpen) return;
        close(() => (atDeadline === undefined ? reject(failure("deadline")) : resolve(atDeadline)));
      }, within);
      releases.push(() => clock.clearTimeout(timer));
    });
  }

  /** Lets so many milliseconds pass. @throws BotError `ended`, `stopped` when the scope is over before that. */
  async pause(ms: number): Promise<void> {
    const awaited = `a pause of ${Math.round(ms)} ms`;
    // What was computed, such as the time for a long text, may be too long for a timer.
    const within = ms === Infinity ? ms : Math.min(ms, maxTime);
    await this.wait({ awaited, on: [], look: () => undefined, within, atDeadline: true });
  }

  #failure(code: BotErrorCode, awaited: string, waited: number, noted: number): BotError {
    const { about, id } = this.run;
    const instead = this.notes.since(noted);
    const wait = { about, awaited, waited, instead, now: this.#now() };
    return new BotError(code, text(code)(wait), { id, awaited, waited, instead });
  }
}

function text(code: BotErrorCode): (wait: errorText.Waited) => string {
  switch (code) {
    case "ended":
      return errorText.ended;
    case "customer-left":
      return errorText.customerLeft;
    case "stopped":
      return errorText.stopped;
    default:
      return errorText.deadline;
  }
}
