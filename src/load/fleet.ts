import { BotError, runBot, type Bot, type Script } from "../bot/index.ts";
import { DeskError, type Clock, type Link } from "../index.ts";
import type { Account } from "./accounts.ts";
import type { FailureGroup, Meter } from "./meter.ts";
import type { Starter } from "./shard.ts";

/** What a fleet of bots is made of. */
export interface FleetSetup {
  readonly script: Script;
  readonly starters: readonly Starter<Account>[];
  readonly seed: number;
  readonly link: (account: Account) => Link;
  readonly meter: Meter;
  readonly clock: Clock;
}

/** Many bots, each with a desk and an account of its own. */
export class Fleet {
  /** Resolves when the last bot has stopped. */
  readonly finished: Promise<void>;
  readonly #setup: FleetSetup;
  readonly #bots: Bot[] = [];
  readonly #timers = new Set<unknown>();
  #left: number;
  #finish: () => void = () => {};

  constructor(setup: FleetSetup) {
    this.#setup = setup;
    this.#left = setup.starters.length;
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  start(): void {
    for (const { account, after } of this.#setup.starters) {
      const timer = this.#setup.clock.setTimeout(() => {
        this.#timers.delete(timer);
        this.#startBot(account);
      }, after);
      this.#timers.add(timer);
    }
  }

  /** Starts no more bots, and stops the running ones within so many milliseconds. */
  drain(within: number): void {
    for (const timer of this.#timers) this.#setup.clock.clearTimeout(timer);
    this.#countEnded(this.#timers.size);
    this.#timers.clear();
    for (const bot of this.#bots) void bot.stop({ within });
  }

  /** Stops every bot immediately; only after {@link drain}. */
  cut(): void {
    for (const bot of this.#bots) void bot.stop();
  }

  #startBot(account: Account): void {
    const { script, seed, link, meter, clock } = this.#setup;
    try {
      const bot = runBot(script, {
        name: account.user,
        seed,
        clock,
        link: link(account),
        onEvent: meter.onEvent,
      });
      this.#bots.push(bot);
      void bot.finished.then(() => this.#countEnded(1));
    } catch (error) {
      meter.countNotStarted(creationFailure(error), clock.now());
      this.#countEnded(1);
    }
  }

  #countEnded(count: number): void {
    this.#left -= count;
    if (this.#left === 0) this.#finish();
  }
}

/** Of foreign errors only the name, because their text may quote anything. */
function creationFailure(error: unknown): Pick<FailureGroup, "code" | "message"> {
  if (error instanceof BotError) return { code: error.code, message: error.message };
  if (error instanceof DeskError) return { code: "threw", message: error.message };
  const name = error instanceof Error ? error.name : typeof error;
  return { code: "threw", message: `The bot could not be created: ${name}.` };
}
