import { BotError } from "./bot-error.ts";
import * as errorText from "./error-text.ts";

/** A script that makes so many calls in a row without waiting once would keep everything else from running. */
const maxCalls = 10_000;

/** One run of one function of a script: where it is, and the walls around it. */
export class ScriptCall {
  /** Such as `chat 0001`. */
  readonly about: string;
  /** The interaction that it is about. */
  readonly id: string | undefined;
  /** The last call that it made. */
  step = "none";
  #calls = 0;
  #abandoned: BotError | undefined;
  /** Ends the function that runs, as far as anybody waits for it. */
  #reject: (error: BotError) => void = () => {};

  constructor(about: string, id?: string) {
    this.about = about;
    this.id = id;
  }

  /** Runs the function until it returns, fails, or is left behind. Rejects with whatever it failed with. */
  contain(script: () => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#abandoned !== undefined) reject(this.#abandoned);
      (async () => script())().then(() => resolve(), reject);
    });
  }

  /** Goes on without it. What it does after that has no effect on how it ended. */
  abandon(error: BotError): void {
    this.#abandoned ??= error;
    this.#reject(error);
  }

  /** Every call of the script goes through here. */
  call<Result>(step: string, run: () => Promise<Result>): Promise<Result> {
    this.step = step;
    if (++this.#calls > maxCalls) {
      this.abandon(new BotError("runaway", errorText.runaway(this.about, step, maxCalls), { id: this.id }));
      // Never settles: whoever loops and ignores failures comes to rest here.
      return new Promise(() => {});
    }
    const running = run();
    // A call that the script does not wait for must not end the process when it fails.
    running.catch(() => {});
    return running;
  }

  /** It waits for something, or the world moved on: it does not run away. */
  waits(): void {
    this.#calls = 0;
  }
}
