import type { Clock } from "../index.ts";
import { failure } from "./run-script.ts";
import type { BotEventDetails, BotEvent, Emit } from "./bot-event.ts";
import { Counter } from "./tally.ts";

/** What telling needs of its bot. */
export interface BotEmitterSetup {
  readonly name: string;
  readonly clock: Clock;
  readonly onEvent: ((happening: BotEvent) => unknown) | undefined;
  /** Called after each happening was told. */
  readonly told: () => void;
}

/** Counts what happens to a bot and tells it to whoever listens; nothing after the bot has stopped. */
export class BotEmitter {
  readonly counter = new Counter();
  readonly #setup: BotEmitterSetup;
  #hasStopped = false;

  constructor(setup: BotEmitterSetup) {
    this.#setup = setup;
  }

  readonly emit: Emit = (about) => {
    if (this.#hasStopped) return;
    this.#hasStopped = about.type === "stopped";
    const { name, clock, onEvent, told } = this.#setup;
    this.counter.add(about);
    try {
      const result = onEvent?.({ ...about, bot: name, at: clock.now() });
      if (result instanceof Promise) result.catch(this.#failed);
    } catch (error) {
      this.#failed(error);
    }
    told();
  };

  // Counted, not told: whoever would be told is the one who failed.
  readonly #failed = (error: unknown): void => {
    const about: BotEventDetails = { type: "failed", ...failure("onEvent", undefined, error) };
    this.counter.add(about);
  };
}
