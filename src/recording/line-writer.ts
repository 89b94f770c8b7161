/** Receives lines: a stream of Node, the writer of a `WritableStream`, or anything else with `write`. Its owner closes it. */
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
  readonly on?: (event: string, listener: (error?: unknown) => void) => unknown;
  readonly off?: (event: string, listener: (error?: unknown) => void) => unknown;
}

/** Writes lines one after the other, waits while the writer asks for it, and ends at the first failure. Never throws. */
export class LineStream {
  readonly #to: LineWriter & Emitter;
  readonly #maxCharacters: number;
  readonly #onFailure: (failure: WriteFailure) => void;
  #queue = "";
  #isWaiting = false;
  #isEnded = false;
  #onEmpty: (() => void)[] = [];

  constructor(to: LineWriter, maxCharacters: number, onFailure: (failure: WriteFailure) => void) {
    this.#to = to;
    this.#maxCharacters = maxCharacters;
    this.#onFailure = onFailure;
    this.#listen("on");
  }

  push(line: string): void {
    if (this.#isEnded) return;
    this.#queue += line;
    const max = this.#maxCharacters;
    if (!this.#isWaiting) this.#flush();
    else if (this.#queue.length > max)
      this.#fail("too-slow", `More than ${max} characters wait for the writer`);
  }

  /** Resolves when everything was written, or cannot be. */
  async end(): Promise<void> {
    if (this.#isWaiting) await new Promise<void>((resolve) => this.#onEmpty.push(resolve));
    this.#close();
  }

  readonly #flush = (): void => {
    if (this.#isEnded) return;
    const text = this.#queue;
    this.#queue = "";
    this.#isWaiting = false;
    try {
      const result = text === "" ? undefined : this.#to.write(text);
      if (isThenable(result)) result.then(this.#flush, this.#onError);
      this.#isWaiting = isThenable(result) || (result === false && this.#to.on !== undefined);
    } catch (error) {
      return this.#onError(error);
    }
    if (!this.#isWaiting) for (const resolve of this.#onEmpty.splice(0)) resolve();
  };

  readonly #onError = (error?: unknown): void => {
    const code: unknown = (error as { readonly code?: unknown } | undefined)?.code;
    const reason = typeof code === "string" && /^[A-Z_]{1,40}$/.test(code) ? ` (${code})` : "";
    this.#fail("write-failed", `The writer failed${reason}`);
  };

  readonly #onClose = (): void => this.#fail("write-failed", "The writer was closed");

  #fail(code: WriteFailure["code"], problem: string): void {
    if (this.#isEnded) return;
    this.#close();
    // A writer that has failed may emit another error, and a stream of Node ends the process when no listener is there.
    this.#to.on?.("error", () => {});
    this.#onFailure({ code, message: `${problem}; nothing more is written.` });
  }

  #listen(method: "on" | "off"): void {
    const listeners = { error: this.#onError, close: this.#onClose, drain: this.#flush };
    for (const [event, listener] of Object.entries(listeners)) this.#to[method]?.(event, listener);
  }

  #close(): void {
    this.#isEnded = true;
    this.#isWaiting = false;
    this.#queue = "";
    this.#listen("off");
    for (const resolve of this.#onEmpty.splice(0)) resolve();
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === "function";
}
