import { LongPollingTransport, type Packet } from "cometd";
import type { Report } from "../../domain/anomaly.ts";
import type { LossReason } from "../../domain/connection.ts";
import { parseJson, type Exchanged } from "./exchange.ts";
import { guard, type BayeuxMessage } from "./guard.ts";

/** Sends a Bayeux array, until it is aborted. `keepalive` lets it outlive its page. */
export type SendBayeux = (
  url: string,
  body: string,
  abort: AbortController,
  keepalive: boolean,
) => Promise<Exchanged>;

/** What the transport needs. */
export interface FetchTransportOptions {
  /** Sends a Bayeux array and gives its answer; rejects never. */
  readonly send: SendBayeux;
  readonly report: Report;
  /** Why the last request failed, and how long the server asked to be left alone, in milliseconds. */
  readonly failed: (why: LossReason, retryAfter: number) => void;
}

/** CometD's long-polling over `fetch`, with every reply guarded before the client sees it. */
export class FetchTransport extends LongPollingTransport {
  readonly #options: FetchTransportOptions;
  readonly #underWay = new Set<AbortController>();
  #hadOddContent = false;
  #cutsNextConnect = false;

  constructor(options: FetchTransportOptions) {
    super();
    this.#options = options;
  }

  // CometD gives up on another origin after one failure; whether it may be asked is the browser's affair.
  override accept(): boolean {
    return true;
  }

  override xhrSend(packet: Packet): object {
    const abort = new AbortController();
    this.#underWay.add(abort);
    void this.#send(packet, abort);
    return abort;
  }

  // CometD calls it when an answer did not come in its time, just before it takes that for a failure.
  override abortXHR(request: object): boolean {
    this.#underWay.delete(request as AbortController);
    this.#options.failed("timeout", 0);
    (request as AbortController).abort();
    return true;
  }

  /** Is a request under way? */
  get isBusy(): boolean {
    return this.#underWay.size > 0;
  }

  /** Cuts every request that is under way; the client takes it as a failure of the network. */
  cut(): void {
    for (const abort of this.#underWay) abort.abort();
  }

  /** Between two connects: cuts the next one, as if it had been under way. */
  cutNextConnect(): void {
    this.#cutsNextConnect = true;
  }

  async #send(packet: Packet, abort: AbortController): Promise<void> {
    const requests = JSON.parse(packet.body) as BayeuxMessage[];
    const isFarewell = requests[0]?.channel === "/meta/disconnect";
    if (this.#cutsNextConnect && requests[0]?.channel === "/meta/connect") {
      this.#cutsNextConnect = false;
      abort.abort();
    }
    const result = await this.#options.send(packet.url, packet.body, abort, isFarewell);
    const wasGivenUp = !this.#underWay.delete(abort);
    const reply = result.kind === "answer" && result.status === 200 ? parseJson(result.text) : undefined;
    if (reply !== undefined) {
      this.#hadOddContent = false;
      packet.onSuccess(guard(requests, reply, this.#options.report));
      return;
    }
    const why = result.kind === "failed" ? result.why : reasonOf(result.status);
    if (why === "unexpected-content" && !this.#hadOddContent) {
      this.#hadOddContent = true;
      // Once, not for each try.
      this.#options.report({
        code: "unexpected-content",
        message: "An answer with notifications is not JSON.",
      });
    }
    if (!wasGivenUp) this.#options.failed(why, result.retryAfter);
    packet.onError(why);
  }
}

function reasonOf(status: number): LossReason {
  if (status === 401 || status === 403) return "authentication";
  return status >= 500 || status === 429 ? "server-error" : "unexpected-content";
}
