import { CometD, type FailureInfo, type Message } from "cometd";
import type { Clock } from "../../domain/clock.ts";

/** What a client needs that CometD would take from the browser or decide by itself. */
export interface CometClientOptions {
  readonly clock: Clock;
  /** Milliseconds to wait, and what to do, after a handshake or connect failed. Gives whether the wait may be cut short. */
  readonly onFailure: (message: Message, info: FailureInfo) => boolean;
}

interface Timer {
  id: unknown;
  readonly run: () => void;
  readonly mayHasten: boolean;
}

/**
 * The CometD client, held to our clock, our retry policy and silence. The one place that leans on how `cometd` 9.0.0 is
 * made inside.
 */
export class CometClient extends CometD {
  readonly #clock: Clock;
  readonly #onFailure: CometClientOptions["onFailure"];
  readonly #timers = new Set<Timer>();
  /** Is what is being planned now a retry that may be made earlier? */
  #mayHasten = false;
  #isEnded = false;

  private constructor(options: CometClientOptions) {
    super();
    this.#clock = options.clock;
    this.#onFailure = options.onFailure;
    this.onListenerException = () => {};
  }

  /** Makes a client and configures it for long-polling over the given transport. */
  static create(
    options: CometClientOptions,
    transport: Parameters<CometD["registerTransport"]>[1],
    configuration: { readonly url: string; readonly maxNetworkDelay: number },
  ): CometClient {
    return borrowWindow(() => {
      const client = new CometClient(options);
      client.unregisterTransports();
      client.registerTransport("long-polling", transport);
      // A page's timers may be throttled, but a worker for each desk is worse: the watchdog looks after that.
      client.configure({ ...configuration, useWorkerScheduler: false, logLevel: "warn" });
      return client;
    });
  }

  /** Ends it without a word: nothing that it has planned will happen. */
  end(): void {
    this.#isEnded = true;
    for (const { id } of this.#timers) this.#clock.clearTimeout(id);
    this.#timers.clear();
  }

  /** Makes the retries at once that wait and may be made earlier. Gives whether there were any. */
  hasten(): boolean {
    const waiting = [...this.#timers].filter(({ mayHasten }) => mayHasten);
    for (const timer of waiting) {
      this.#clock.clearTimeout(timer.id);
      timer.id = this.#clock.setTimeout(timer.run, 0);
    }
    return waiting.length > 0;
  }

  override setTimeout(run: () => void, delay: number, mayHasten = this.#mayHasten): unknown {
    if (this.#isEnded) return undefined;
    const runOnce = () => {
      this.#timers.delete(timer);
      try {
        run();
      } catch {
        // As CometD does: what was to be done failed, and the watchdog will see that nothing follows.
      }
    };
    const timer: Timer = { id: this.#clock.setTimeout(runOnce, delay), run: runOnce, mayHasten };
    this.#timers.add(timer);
    return timer;
  }

  override clearTimeout(timer: Timer | undefined): void {
    if (timer === undefined) return;
    this.#timers.delete(timer);
    this.#clock.clearTimeout(timer.id);
  }

  override onTransportFailure(
    message: Message,
    info: FailureInfo,
    handle: (info: FailureInfo) => void,
  ): void {
    this.#mayHasten = this.#onFailure(message, info);
    info.transport = this.getTransport() ?? this.findTransport("long-polling");
    handle(info);
    this.#mayHasten = false;
  }

  override receive(message: Message): void {
    // Only the answer to a handshake makes it look at the page's address.
    if (message.channel === "/meta/handshake") borrowWindow(() => super.receive(message));
    else super.receive(message);
  }

  // Messages hold customer data: nothing of them goes to a console.
  override _warn(): void {}
  override _info(): void {}
  override _debug(): void {}
}

/**
 * CometD reads a global `window`. Where there is none it gets an empty one for as long as it looks, and nobody else
 * sees it: code that tells a browser by its `window` must not be misled by a desk that runs in Node.
 */
function borrowWindow<Result>(run: () => Result): Result {
  if ("window" in globalThis) return run();
  Object.defineProperty(globalThis, "window", { value: Object.freeze({}), configurable: true });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(globalThis, "window");
  }
}
