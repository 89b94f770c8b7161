import { CometD, LongPollingTransport, type Envelope, type FailureInfo, type Message } from "cometd";
import type { Report } from "../../domain/anomaly.ts";
import type { LossReason } from "../../domain/connection.ts";
import { guard } from "./guard.ts";
import type { HttpSession } from "./http-session.ts";
import type { Timer, Timers } from "./retry.ts";

/** The decision after a handshake or a connect failed. */
export interface RetryDecision {
  readonly action: FailureInfo["action"];
  readonly delayMs: number;
  /** Whether a wake-up may cut the delay short. */
  readonly retryOnWakeUp: boolean;
}

/** Everything that CometD would take from the browser or decide by itself, and the notifications of a client. */
export interface CometClientOptions {
  /** The address of CometD. */
  readonly url: string;
  readonly http: Pick<HttpSession, "send">;
  /** Milliseconds that a response may take beyond the time that the server holds it. */
  readonly requestTimeout: number;
  /** Holds the client's timers, and no others. */
  readonly timers: Timers;
  readonly onAnomaly: Report;
  /** A request failed. `retryAfter` is how many milliseconds the server asked the client to wait. */
  readonly onFailure: (reason: LossReason, retryAfter: number) => void;
  readonly retryFor: (message: Message, failure: FailureInfo) => RetryDecision;
}

/** Creates a client for long-polling. */
export function createCometClient(options: CometClientOptions): CometClient {
  return borrowWindow(() => new CometClient(options));
}

/**
 * The CometD client with our clock, our retry policy and our requests, and without output to the console. Only this file
 * relies on the internals of `cometd` 9.0.0.
 */
export class CometClient extends CometD {
  readonly #options: CometClientOptions;
  readonly #transport: FetchTransport;
  /** Whether the timer that CometD sets now is a retry that a wake-up may cut short. */
  #retryOnWakeUp = false;
  #isEnded = false;

  constructor(options: CometClientOptions) {
    super();
    const { url, requestTimeout } = options;
    this.#options = options;
    this.#transport = new FetchTransport(options);
    this.onListenerException = () => {};
    this.unregisterTransports();
    this.registerTransport("long-polling", this.#transport);
    // A page may throttle its timers, which the watchdog allows for. A worker for each desk would cost more.
    this.configure({ url, maxNetworkDelay: requestTimeout, useWorkerScheduler: false, logLevel: "warn" });
  }

  /** Whether a request is in flight. */
  get isBusy(): boolean {
    return this.#transport.inFlight.size > 0;
  }

  /** Aborts every request in flight, or else the next connect. The client handles that as a failure of the network. */
  cut(): void {
    this.#transport.cutsNextConnect = !this.isBusy;
    for (const abort of this.#transport.inFlight) abort.abort();
  }

  /** Ends the client without a request: its timers are cancelled, and it sets no others. */
  end(): void {
    this.#isEnded = true;
    this.#options.timers.cancelAll();
    this.cut();
    this.#transport.inFlight.clear();
  }

  override setTimeout(run: () => void, delay: number): Timer | undefined {
    if (this.#isEnded) return undefined;
    const runSafely = () => {
      try {
        run();
      } catch {
        // CometD swallows it, too; when nothing follows, the watchdog notices.
      }
    };
    return this.#options.timers.schedule(runSafely, delay, this.#retryOnWakeUp);
  }

  override clearTimeout(timer: Timer | undefined): void {
    if (timer !== undefined) this.#options.timers.cancel(timer);
  }

  override onTransportFailure(
    message: Message,
    failure: FailureInfo,
    handle: (failure: FailureInfo) => void,
  ): void {
    const { action, delayMs, retryOnWakeUp } = this.#options.retryFor(message, failure);
    this.#retryOnWakeUp = retryOnWakeUp;
    handle({ ...failure, action, delay: delayMs, transport: this.#transport });
    this.#retryOnWakeUp = false;
  }

  override receive(message: Message): void {
    // Only the reply to a handshake makes CometD read the address of the page.
    if (message.channel === "/meta/handshake") borrowWindow(() => super.receive(message));
    else super.receive(message);
  }

  // Messages contain customer data, so none of them is written to a console: the log level leaves only warnings.
  override _warn(): void {}
}

/** CometD's long-polling over an HTTP session. Every reply is guarded before the client sees it. */
class FetchTransport extends LongPollingTransport {
  readonly inFlight = new Set<AbortController>();
  /** Whether the next connect is aborted when it is sent. */
  cutsNextConnect = false;
  readonly #options: CometClientOptions;
  #hasReportedContent = false;

  constructor(options: CometClientOptions) {
    super();
    this.#options = options;
  }

  // CometD gives another origin up after one failure, but only the browser knows whether a request is allowed.
  override accept(): boolean {
    return true;
  }

  // CometD calls it when a request timed out, just before it handles that as a failure, and when it disconnects.
  override abortXHR(abort: AbortController): boolean {
    this.inFlight.delete(abort);
    this.#options.onFailure("timeout", 0);
    abort.abort();
    return true;
  }

  override transportSend(envelope: Envelope, request: { xhr?: AbortController }): boolean {
    const abort = new AbortController();
    request.xhr = abort;
    this.inFlight.add(abort);
    void this.#send(envelope, request, abort);
    return true;
  }

  async #send(envelope: Envelope, request: object, abort: AbortController): Promise<void> {
    const { http, onAnomaly, onFailure } = this.#options;
    const { url, messages } = envelope;
    const channel = messages[0]?.channel;
    if (this.cutsNextConnect && channel === "/meta/connect") {
      this.cutsNextConnect = false;
      abort.abort();
    }
    const keepalive = channel === "/meta/disconnect";
    // CometD has a timer of its own for each request.
    const result = await http.send({ method: "POST", url, body: messages, timeout: 0, abort, keepalive });
    // CometD has given this request up, or the client has ended.
    if (!this.inFlight.delete(abort)) return;
    if (result.kind === "answer" && result.status === 200 && result.body !== undefined) {
      this.#hasReportedContent = false;
      this.transportSuccess(envelope, request, guard(messages, result.body, onAnomaly));
      return;
    }
    const reason = result.kind === "failed" ? result.reason : reasonOf(result.status);
    if (reason === "unexpected-content" && !this.#hasReportedContent) {
      // Reported once, not for each attempt.
      this.#hasReportedContent = true;
      onAnomaly({ code: reason, message: "A response with notifications is not JSON." });
    }
    onFailure(reason, result.retryAfter);
    this.transportFailure(envelope, request, {});
  }
}

function reasonOf(status: number): LossReason {
  if (status === 401 || status === 403) return "authentication";
  return status >= 500 || status === 429 ? "server-error" : "unexpected-content";
}

/**
 * CometD reads a global `window`. Where there is none it gets an empty one while it reads, and other code never sees
 * it: code that recognises a browser by its `window` must not be misled by a desk that runs in Node.
 */
function borrowWindow<Result>(run: () => Result): Result {
  if ("window" in globalThis) return run();
  Object.assign(globalThis, { window: {} });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(globalThis, "window");
  }
}
