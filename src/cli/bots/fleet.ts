import { BotError, runBot, type Bot, type Script } from "../../bot/index.ts";
import { DeskError, type Link } from "../../index.ts";
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
}

/** Many bots, each with a desk and an account of its own. */
export class Fleet {
  /** Resolves when the last bot has stopped. */
  readonly finished: Promise<void>;
  readonly #setup: FleetSetup;
  readonly #bots: Bot[] = [];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #left: number;
  #end: () => void = () => {};

  constructor(setup: FleetSetup) {
    this.#setup = setup;
    this.#left = setup.starters.length;
    this.finished = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  start(): void {
    for (const { who, after } of this.#setup.starters) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.#startOne(who);
      }, after);
      this.#timers.add(timer);
    }
  }

  /** Starts no more bots, and has those that run come to their end within so many milliseconds. */
  drain(within: number): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#hasEnded(this.#timers.size);
    this.#timers.clear();
    for (const bot of this.#bots) void bot.stop({ within });
  }

  /** After {@link drain}: stops every bot at once. */
  cut(): void {
    for (const bot of this.#bots) void bot.stop();
  }

  #startOne(account: Account): void {
    const { script, seed, link, meter } = this.#setup;
    try {
      const bot = runBot(script, {
        name: account.user,
        seed,
        link: link(account),
        onEvent: meter.happened,
      });
      this.#bots.push(bot);
      void bot.finished.then(() => this.#hasEnded(1));
    } catch (error) {
      meter.notMade(whyNotMade(error), Date.now());
      this.#hasEnded(1);
    }
  }

  #hasEnded(count: number): void {
    this.#left -= count;
    if (this.#left === 0) this.#end();
  }
}

/** Of errors that others made only the name, as their text may quote anything. */
function whyNotMade(error: unknown): Pick<FailureGroup, "code" | "message"> {
  if (error instanceof BotError) return { code: error.code, message: error.message };
  if (error instanceof DeskError) return { code: "threw", message: error.message };
  const name = error instanceof Error ? error.name : typeof error;
  return { code: "threw", message: `The bot could not be made: ${name}.` };
}
