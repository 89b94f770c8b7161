import { LongPollingTransport, type Packet } from "cometd";
import type { Report } from "../../domain/anomaly.ts";
import type { LossReason } from "../../domain/connection.ts";
import { parseJson } from "./exchange.ts";
import { guard, type BayeuxMessage } from "./guard.ts";
import type { HttpSession } from "./http-session.ts";

/** Sends a request; {@link HttpSession} does. */
export type HttpSender = Pick<HttpSession, "send">;

/** What the transport sends with, and whom it notifies. */
export interface FetchTransportOptions {
  readonly http: HttpSender;
  readonly onAnomaly: Report;
  /** A request failed. `retryAfter` is how many milliseconds the server asked the client to wait. */
  readonly onFailure: (reason: LossReason, retryAfter: number) => void;
}

/** CometD's long-polling over `fetch`. Every reply is guarded before the client sees it. */
export class FetchTransport extends LongPollingTransport {
  readonly #options: FetchTransportOptions;
  readonly #inFlight = new Set<AbortController>();
  #hasReportedContent = false;
  #cutsNextConnect = false;

  constructor(options: FetchTransportOptions) {
    super();
    this.#options = options;
  }

  // CometD gives another origin up after one failure, but only the browser knows whether it may be asked.
  override accept(): boolean {
    return true;
  }

  override xhrSend(packet: Packet): AbortController {
    const abort = new AbortController();
    this.#inFlight.add(abort);
    void this.#send(packet, abort);
    return abort;
  }

  // CometD calls it when a request timed out, just before it handles that as a failure.
  override abortXHR(request: AbortController): boolean {
    this.#inFlight.delete(request);
    this.#options.onFailure("timeout", 0);
    request.abort();
    return true;
  }

  /** Whether a request is in flight. */
  get isBusy(): boolean {
    return this.#inFlight.size > 0;
  }

  /** Aborts every request in flight. The client handles that as a failure of the network. */
  cut(): void {
    for (const abort of this.#inFlight) abort.abort();
  }

  /** Aborts the next connect when it is sent, for a caller that comes between two connects. */
  cutNextConnect(): void {
    this.#cutsNextConnect = true;
  }

  async #send({ url, body, onSuccess, onError }: Packet, abort: AbortController): Promise<void> {
    const { http, onAnomaly, onFailure } = this.#options;
    const requests = JSON.parse(body) as BayeuxMessage[];
    const channel = requests[0]?.channel;
    if (this.#cutsNextConnect && channel === "/meta/connect") {
      this.#cutsNextConnect = false;
      abort.abort();
    }
    // CometD has a timer of its own for each request.
    const keepalive = channel === "/meta/disconnect";
    const result = await http.send({ method: "POST", url, body, timeout: 0, abort, keepalive });
    const wasTimedOut = !this.#inFlight.delete(abort);
    const reply = result.kind === "answer" && result.status === 200 ? parseJson(result.text) : undefined;
    if (reply !== undefined) {
      this.#hasReportedContent = false;
      onSuccess(guard(requests, reply, onAnomaly));
      return;
    }
    const reason = result.kind === "failed" ? result.reason : reasonOf(result.status);
    if (reason === "unexpected-content" && !this.#hasReportedContent) {
      // Reported once, not for each attempt.
      this.#hasReportedContent = true;
      onAnomaly({ code: reason, message: "A response with notifications is not JSON." });
    }
    if (!wasTimedOut) onFailure(reason, result.retryAfter);
    onError(reason);
  }
}

function reasonOf(status: number): LossReason {
  if (status === 401 || status === 403) return "authentication";
  return status >= 500 || status === 429 ? "server-error" : "unexpected-content";
}
