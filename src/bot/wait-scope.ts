import type { Clock, ReadableStore } from "../index.ts";
import { BotError, type BotErrorCode } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import type { ScriptCall } from "./script-call.ts";
import { maxTime } from "./think-time.ts";

/** A wait for a value. */
export interface Wait<Value> {
  /** Describes the value, for the error. */
  readonly awaited: string;
  /** Stores whose changes cause another check. */
  readonly on: readonly Pick<ReadableStore<unknown>, "subscribe">[];
  /** Returns the awaited value, or `undefined` while it is not there. The wait fails with the error that this throws. */
  readonly check: () => Value | undefined;
  /** Returns why the value can no longer come. */
  readonly hopeless?: () => BotErrorCode | undefined;
  /** The deadline in milliseconds; `Infinity` for none. */
  readonly within: number;
  /** The value at the deadline; without it the wait fails then. */
  readonly atDeadline?: Value;
}

/** Why a scope is over. */
export type Over = "ended" | "stopped";

/**
 * The waits of one script on the bot's clock: about an interaction, an offer, or the agent's work. When the scope is over,
 * each wait in it fails, and so does each later one whose value is not there already.
 */
export class WaitScope {
  readonly call: ScriptCall;
  /** The latest events, for the errors of waits for another one. */
  readonly recent = new RecentEvents();
  readonly #clock: Clock;
  readonly #describe: () => string;
  readonly #checks = new Set<() => void>();
  #over: Over | undefined;
  #lastWait = -Infinity;

  /** @param describe - describes the present state, for the errors */
  constructor(call: ScriptCall, clock: Clock, describe: () => string) {
    this.call = call;
    this.#clock = clock;
    this.#describe = describe;
  }

  get over(): Over | undefined {
    return this.#over;
  }

  /** The milliseconds since the last wait ended; 0 while there is one. */
  get quiet(): number {
    return this.#checks.size > 0 ? 0 : this.#clock.now() - this.#lastWait;
  }

  close(over: Over): void {
    if (this.#over !== undefined) return;
    this.#over = over;
    this.recheck();
  }

  /** Checks all waits, because something changed that they do not subscribe to. */
  recheck(): void {
    for (const check of [...this.#checks]) check();
  }

  /** Resolves with the awaited value. @throws BotError `deadline`, `ended`, `customer-left`, `stopped` */
  wait<Value>({ awaited, on, check, hopeless, within, atDeadline }: Wait<Value>): Promise<Value> {
    const clock = this.#clock;
    const since = clock.now();
    const eventsBefore = this.recent.total;
    const failure = (code: BotErrorCode): BotError => {
      const { about, id } = this.call;
      const waited = clock.now() - since;
      const instead = this.recent.since(eventsBefore);
      const text = errorText.waitFailed(code, { about, awaited, waited, instead, now: this.#describe() });
      return new BotError(code, text, { id, awaited, waited, instead });
    };
    return new Promise((resolve, reject) => {
      const releases: (() => void)[] = [];
      let isOpen = true;
      const close = (settle: () => void): void => {
        isOpen = false;
        for (const release of releases) release();
        settle();
      };
      const look = (): void => {
        if (!isOpen) return;
        // A script that is stopped does nothing more; an ended one may still get a value that came before.
        if (this.#over === "stopped") return close(() => reject(failure("stopped")));
        try {
          const value = check();
          const code = value === undefined ? (hopeless?.() ?? this.#over) : undefined;
          if (value !== undefined) close(() => resolve(value));
          else if (code !== undefined) close(() => reject(failure(code)));
        } catch (error) {
          close(() => reject(error as Error));
        }
      };
      look();
      if (!isOpen) return;
      this.call.resetCalls();
      this.#checks.add(look);
      releases.push(...on.map((store) => store.subscribe(look)), () => {
        this.#checks.delete(look);
        this.#lastWait = clock.now();
      });
      if (within === Infinity) return;
      const timer = clock.setTimeout(() => {
        look();
        if (!isOpen) return;
        close(() => (atDeadline === undefined ? reject(failure("deadline")) : resolve(atDeadline)));
      }, within);
      releases.push(() => clock.clearTimeout(timer));
    });
  }

  /** Resolves after so many milliseconds. @throws BotError `ended`, `stopped` when the scope is over before that */
  async pause(ms: number): Promise<void> {
    const awaited = `a pause of ${Math.round(ms)} ms`;
    // A computed time, such as that for a long text, may be too long for a timer.
    const within = ms === Infinity ? ms : Math.min(ms, maxTime);
    await this.wait({ awaited, on: [], check: () => undefined, within, atDeadline: true });
  }

  /** Resolves with the promise, after so many milliseconds, or when the scope is over, whichever comes first. */
  async settledWithin(ms: number, promise: Promise<unknown>): Promise<void> {
    if (this.#over !== undefined) return;
    await Promise.race([promise, this.pause(ms).catch(() => {})]);
  }
}

const maxEvents = 20;

/** The latest events in words; the error of a wait lists those that came instead. */
class RecentEvents {
  #events: string[] = [];
  /** The number of all events, with those that are no longer kept. */
  total = 0;

  add(event: string): void {
    this.total++;
    this.#events = [...this.#events, event].slice(-maxEvents);
  }

  /** Returns the events after the first `total`; repeats in a row are counted together. */
  since(total: number): readonly string[] {
    const runs: { event: string; times: number }[] = [];
    for (const event of this.#events.slice(Math.max(0, this.#events.length - (this.total - total)))) {
      const last = runs.at(-1);
      if (last?.event === event) last.times++;
      else runs.push({ event, times: 1 });
    }
    return runs.map(({ event, times }) => (times === 1 ? event : `${times} × ${event}`));
  }
}
