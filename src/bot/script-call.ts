import { BotError } from "./bot-error.ts";
import * as errorText from "./error-text.ts";

/** A script that makes this many calls in a row without waiting would keep everything else from running. */
const maxCalls = 10_000;

/** One run of one function of a script: its progress, and the way out of it. */
export class ScriptCall {
  /** What it works on, such as `chat 0001`. */
  readonly about: string;
  /** The interaction concerned. */
  readonly id: string | undefined;
  /** The last call that it made. */
  step = "none";
  #calls = 0;
  #abandoned: BotError | undefined;
  #reject: (error: BotError) => void = () => {};

  constructor(about: string, id?: string) {
    this.about = about;
    this.id = id;
  }

  /** Resolves when the function returns. Rejects with what it throws, or with what it is abandoned for. */
  run(script: () => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#abandoned !== undefined) reject(this.#abandoned);
      (async () => script())().then(() => resolve(), reject);
    });
  }

  /** Goes on without the function. What it does after that does not change how it ended. */
  abandon(error: BotError): void {
    this.#abandoned ??= error;
    this.#reject(error);
  }

  /** Runs one call of the script; every call goes through here. */
  track<Result>(step: string, run: () => Promise<Result>): Promise<Result> {
    this.step = step;
    if (++this.#calls > maxCalls) {
      this.abandon(new BotError("runaway", errorText.runaway(this.about, step, maxCalls), { id: this.id }));
      // Never settles: a script that loops and ignores failures comes to rest here.
      return new Promise(() => {});
    }
    const running = run();
    // A call that the script does not await must not end the process when it fails.
    running.catch(() => {});
    return running;
  }

  /** Notes that the script waited, or that the server did something: it does not run away. */
  resetCalls(): void {
    this.#calls = 0;
  }
}
