import type { SimTimers } from "../timers.ts";
import type { SimBayeuxMessage } from "./bayeux-request.ts";

/** The times of a CometD server, in milliseconds. */
export interface CometTimes {
  /** The hold time of a connect without messages; default 30000, as in every recorded reply. */
  readonly timeout?: number;
  /** The pause of the client between two connects; default 0. */
  readonly interval?: number;
  /** The lifetime of a session without a connect; default 10000. */
  readonly maxInterval?: number;
}

/** The response to one Bayeux request. */
export interface CometResponse {
  readonly status: 200 | 500;
  /** JSON; empty for a connect that a newer one replaced. */
  readonly body: string;
  /** A new value for the browser cookie. */
  readonly browser?: string;
}

/** The end of a session: by its client, by the server, or because no connect came in time. */
export type SessionEnd = "disconnected" | "expired";

export interface SimCometSessionOptions {
  /** The client id. */
  readonly id: string;
  readonly user: string;
  /** The value of the cookie that the client must send. */
  readonly browser: string;
  readonly acknowledges: boolean;
  readonly times: Required<CometTimes>;
  readonly timers: SimTimers;
  readonly onExpired: (session: SimCometSession) => void;
}

interface Queued {
  /** The number that acknowledges it. */
  readonly batch: number;
  readonly json: string;
}

/**
 * One CometD session: its subscriptions, the messages that wait for the client and the connect that is held.
 *
 * A server that holds a connect does not notice that the connection broke. Neither does this one: it answers into the
 * broken connection when a message comes, and without the ack extension that message is lost.
 */
export class SimCometSession {
  readonly subscriptions = new Set<string>();
  readonly options: SimCometSessionOptions;
  readonly #queue: Queued[] = [];
  #batch = 1;
  #held:
    { readonly connect: SimBayeuxMessage; readonly resolve: (response: CometResponse) => void } | undefined;
  /** The end of a held connect, or of the session while none is held: a session never needs both. */
  #cancelTimer: () => void = () => undefined;
  #lifetime: number;

  constructor(options: SimCometSessionOptions) {
    this.options = options;
    this.#lifetime = options.times.interval + options.times.maxInterval;
    this.postponeExpiry();
  }

  /** Starts the time to live again, because the client sent something. */
  postponeExpiry(): void {
    if (this.#held !== undefined) return;
    this.#cancelTimer();
    this.#cancelTimer = this.options.timers.after(this.#lifetime, () => this.options.onExpired(this));
  }

  /** Queues a message, and answers a held connect with it. */
  deliver(json: string): void {
    this.#queue.push({ batch: this.#batch, json });
    this.#release();
  }

  /** Answers a connect: immediately when messages wait, else when one comes or the time is over. */
  connect(connect: SimBayeuxMessage): CometResponse | Promise<CometResponse> {
    this.#acceptConnect(connect);
    const { timeout = -1 } = connect.advice ?? {};
    const holdFor = timeout >= 0 ? timeout : this.options.times.timeout;
    if (this.#queue.length > 0 || !(holdFor > 0)) return responseOf(this.#answerConnect(connect));
    return new Promise((resolve) => {
      this.#held = { connect, resolve };
      this.#cancelTimer = this.options.timers.after(holdFor, () => this.#release());
    });
  }

  /** Answers a connect that came with other messages; such a connect is never held. */
  connectInBatch(connect: SimBayeuxMessage): readonly string[] {
    this.#acceptConnect(connect);
    return this.#answerConnect(connect);
  }

  /** Takes the messages that may ride on another response. With acknowledgements only a connect carries messages. */
  takeMessages(): readonly string[] {
    return this.options.acknowledges ? [] : this.#queue.splice(0).map(({ json }) => json);
  }

  /** Stops every timer and answers a held connect. */
  end(how: SessionEnd): void {
    const held = this.#held;
    this.#held = undefined;
    this.#cancelTimer();
    if (held === undefined) return;
    const { connect } = held;
    if (how === "expired") return held.resolve(responseOf([unknownSession(connect)]));
    held.resolve(responseOf([...this.#messages(), this.#replyTo(connect)]));
  }

  #acceptConnect({ ext, advice }: SimBayeuxMessage): void {
    // Two connects at a time are a client that lost the first response: the newer one counts.
    this.#held?.resolve({ status: 500, body: "" });
    this.#held = undefined;
    this.#cancelTimer();
    const { interval = -1 } = advice ?? {};
    this.#lifetime =
      (interval >= 0 ? interval : this.options.times.interval) + this.options.times.maxInterval;
    const acknowledged = ext?.ack;
    if (!this.options.acknowledges || typeof acknowledged !== "number") return;
    const kept = this.#queue.findIndex(({ batch }) => batch > acknowledged);
    this.#queue.splice(0, kept === -1 ? this.#queue.length : kept);
  }

  #release(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    held.resolve(responseOf(this.#answerConnect(held.connect)));
  }

  #answerConnect(connect: SimBayeuxMessage): readonly string[] {
    this.postponeExpiry();
    return [...this.#messages(), this.#replyTo(connect)];
  }

  /** The messages for a connect. Acknowledged sessions keep them until the client acknowledges them. */
  #messages(): string[] {
    const messages = this.options.acknowledges ? this.#queue : this.#queue.splice(0);
    return messages.map(({ json }) => json);
  }

  #replyTo({ id, channel, advice }: SimBayeuxMessage): string {
    return JSON.stringify({
      id,
      channel,
      successful: true,
      ...(advice === undefined ? {} : { advice: adviceOf(this.options.times) }),
      ...(this.options.acknowledges ? { ext: { ack: this.#batch++ } } : {}),
    });
  }
}

export function adviceOf({ timeout, interval }: Required<CometTimes>): object {
  return { reconnect: "retry", timeout, interval };
}

/** The reply to a message of a session that does not exist. Only a connect carries the advice to handshake. */
export function unknownSession({ id, channel }: SimBayeuxMessage): string {
  const advice = channel === "/meta/connect" ? { advice: { reconnect: "handshake", interval: 0 } } : {};
  return JSON.stringify({ id, channel, successful: false, error: "402::session_unknown", ...advice });
}

export function responseOf(messages: readonly string[], browser?: string): CometResponse {
  return { status: 200, body: `[${messages.join(",")}]`, ...(browser === undefined ? {} : { browser }) };
}
