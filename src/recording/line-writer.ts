/**
 * Where lines go: a stream of Node, the writer of a `WritableStream`, or anything else with `write`. Whoever made it
 * closes it.
 */
export interface LineWriter {
  /** Takes text that ends with a newline. `false`, or a promise, asks to wait before the next. */
  readonly write: (text: string) => unknown;
}

/** Why lines cannot be written any more. */
export interface WriteFailure {
  /** `write-failed`: the writer failed or was closed. `too-slow`: more lines wait for it than may. */
  readonly code: "write-failed" | "too-slow";
  readonly message: string;
}

interface Emitter {
  readonly on?: (event: string, listener: (told?: unknown) => void) => unknown;
  readonly off?: (event: string, listener: (told?: unknown) => void) => unknown;
}

/** Writes lines one after the other, waits while the writer asks for it, and ends at the first failure. Never throws. */
export class LineStream {
  readonly #to: LineWriter & Emitter;
  readonly #maxCharacters: number;
  readonly #failed: (failure: WriteFailure) => void;
  #queue: string[] = [];
  #characters = 0;
  #isWaiting = false;
  #isEnded = false;
  #emptied: (() => void)[] = [];

  constructor(to: LineWriter, maxCharacters: number, failed: (failure: WriteFailure) => void) {
    this.#to = to;
    this.#maxCharacters = maxCharacters;
    this.#failed = failed;
    this.#to.on?.("error", this.#onError);
    this.#to.on?.("close", this.#onClose);
    this.#to.on?.("drain", this.#goOn);
  }

  push(line: string): void {
    if (this.#isEnded) return;
    this.#queue.push(line);
    this.#characters += line.length;
    if (!this.#isWaiting) this.#flush();
    else if (this.#characters > this.#maxCharacters) {
      this.#fail(
        "too-slow",
        `More than ${this.#maxCharacters} characters wait for the writer; nothing more is written.`,
      );
    }
  }

  /** Resolves when everything was handed over, or cannot be. */
  async end(): Promise<void> {
    if (!this.#isEnded && this.#isWaiting) await new Promise<void>((resolve) => this.#emptied.push(resolve));
    this.#close();
  }

  #flush(): void {
    const text = this.#queue.join("");
    this.#queue = [];
    this.#characters = 0;
    try {
      const result = this.#to.write(text);
      if (result === false && this.#to.on !== undefined) this.#isWaiting = true;
      else if (isThenable(result)) {
        this.#isWaiting = true;
        result.then(this.#goOn, this.#onError);
      }
    } catch (error) {
      this.#onError(error);
    }
  }

  readonly #goOn = (): void => {
    if (this.#isEnded) return;
    this.#isWaiting = false;
    if (this.#queue.length > 0) this.#flush();
    if (!this.#isWaiting) for (const resolve of this.#emptied.splice(0)) resolve();
  };

  readonly #onError = (error?: unknown): void => {
    const code: unknown = (error as { readonly code?: unknown } | undefined)?.code;
    const why = typeof code === "string" && /^[A-Z_]{1,40}$/.test(code) ? ` (${code})` : "";
    this.#fail("write-failed", `The writer failed${why}; nothing more is written.`);
  };

  readonly #onClose = (): void =>
    this.#fail("write-failed", "The writer was closed; nothing more is written.");

  #fail(code: WriteFailure["code"], message: string): void {
    if (this.#isEnded) return;
    this.#close();
    // A writer that has failed may say so again, and a stream of Node ends the process when nobody listens.
    this.#to.on?.("error", () => {});
    this.#failed({ code, message });
  }

  #close(): void {
    this.#isEnded = true;
    this.#queue = [];
    this.#to.off?.("error", this.#onError);
    this.#to.off?.("close", this.#onClose);
    this.#to.off?.("drain", this.#goOn);
    for (const resolve of this.#emptied.splice(0)) resolve();
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === "function";
}
