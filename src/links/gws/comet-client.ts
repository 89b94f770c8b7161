import { CometD, type FailureInfo, type Message, type Transport } from "cometd";
import type { Retries, RetryTimer } from "./retry.ts";

/** How to continue after a handshake or a connect failed. */
export interface RetryDecision {
  readonly action: FailureInfo["action"];
  readonly delayMs: number;
  /** Whether a wake-up may cut the delay short. */
  readonly retryOnWakeUp: boolean;
}

/** What a client needs that CometD would take from the browser or decide by itself. */
export interface CometClientOptions {
  readonly url: string;
  readonly transport: Transport;
  /** Milliseconds that a response may take beyond the time that the server holds it. */
  readonly requestTimeout: number;
  /** Holds the client's timers, and no others. */
  readonly retries: Retries;
  readonly retryFor: (message: Message, failure: FailureInfo) => RetryDecision;
}

/**
 * The CometD client with our clock and our retry policy, and without output to the console. Only this file relies on the
 * internals of `cometd` 9.0.0.
 */
export class CometClient extends CometD {
  readonly #retries: Retries;
  readonly #retryFor: CometClientOptions["retryFor"];
  /** Whether the timer that CometD sets now is a retry that a wake-up may cut short. */
  #retryOnWakeUp = false;
  #isEnded = false;

  private constructor({ retries, retryFor }: CometClientOptions) {
    super();
    this.#retries = retries;
    this.#retryFor = retryFor;
    this.onListenerException = () => {};
  }

  /** Creates a client for long-polling over the given transport. */
  static create(options: CometClientOptions): CometClient {
    return borrowWindow(() => {
      const { url, requestTimeout, transport } = options;
      const client = new CometClient(options);
      client.unregisterTransports();
      client.registerTransport("long-polling", transport);
      // A page may throttle its timers, which the watchdog allows for. A worker for each desk would cost more.
      client.configure({ url, maxNetworkDelay: requestTimeout, useWorkerScheduler: false, logLevel: "warn" });
      return client;
    });
  }

  /** Ends the client without a request: its timers are cancelled, and it sets no others. */
  end(): void {
    this.#isEnded = true;
    this.#retries.cancelAll();
  }

  override setTimeout(run: () => void, delay: number): RetryTimer | undefined {
    if (this.#isEnded) return undefined;
    const runSafely = () => {
      try {
        run();
      } catch {
        // CometD swallows it, too; when nothing follows, the watchdog notices.
      }
    };
    return this.#retries.schedule(runSafely, delay, this.#retryOnWakeUp);
  }

  override clearTimeout(timer: RetryTimer | undefined): void {
    if (timer !== undefined) this.#retries.cancel(timer);
  }

  override onTransportFailure(
    message: Message,
    failure: FailureInfo,
    handle: (failure: FailureInfo) => void,
  ): void {
    const { action, delayMs, retryOnWakeUp } = this.#retryFor(message, failure);
    const transport = this.getTransport() ?? this.findTransport("long-polling");
    this.#retryOnWakeUp = retryOnWakeUp;
    handle({ ...failure, action, delay: delayMs, transport });
    this.#retryOnWakeUp = false;
  }

  override receive(message: Message): void {
    // Only the reply to a handshake makes CometD read the address of the page.
    if (message.channel === "/meta/handshake") borrowWindow(() => super.receive(message));
    else super.receive(message);
  }

  // Messages contain customer data, so none of them is written to a console.
  override _warn(): void {}
  override _info(): void {}
  override _debug(): void {}
}

/**
 * CometD reads a global `window`. Where there is none it gets an empty one while it reads, and other code never sees
 * it: code that recognises a browser by its `window` must not be misled by a desk that runs in Node.
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
