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

/** The messages of one response, as JSON; `undefined` for a connect that a newer one replaced. */
export type Messages = readonly string[] | undefined;

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
  #held: { readonly connect: SimBayeuxMessage; readonly resolve: (messages: Messages) => void } | undefined;
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
    const { timers, onExpired } = this.options;
    if (this.#held === undefined) this.#setTimer(timers.after(this.#lifetime, () => onExpired(this)));
  }

  /** Queues a message, and answers a held connect with it. */
  deliver(json: string): void {
    this.#queue.push({ batch: this.#batch, json });
    this.#release((connect) => this.#answer(connect));
  }

  /** Answers a connect: immediately when messages wait or it may not be held, else when one comes or the time is over. */
  connect(connect: SimBayeuxMessage, mayHold: false): readonly string[];
  connect(connect: SimBayeuxMessage, mayHold: true): readonly string[] | Promise<Messages>;
  connect(connect: SimBayeuxMessage, mayHold: boolean): readonly string[] | Promise<Messages> {
    const { acknowledges, times, timers } = this.options;
    const { timeout = times.timeout, interval = times.interval } = connect.advice ?? {};
    // Two connects at a time are a client that lost the first response: the newer one counts.
    this.#release(() => undefined);
    this.#lifetime = (interval >= 0 ? interval : times.interval) + times.maxInterval;
    const acknowledged = connect.ext?.ack;
    if (acknowledges && typeof acknowledged === "number") {
      const kept = this.#queue.findIndex(({ batch }) => batch > acknowledged);
      this.#queue.splice(0, kept === -1 ? this.#queue.length : kept);
    }
    const holdFor = timeout >= 0 ? timeout : times.timeout;
    if (!mayHold || this.#queue.length > 0 || !(holdFor > 0)) return this.#answer(connect);
    return new Promise((resolve) => {
      this.#held = { connect, resolve };
      this.#setTimer(timers.after(holdFor, () => this.#release(() => this.#answer(connect))));
    });
  }

  /** Takes the messages that may ride on another response. With acknowledgements only a connect carries messages. */
  takeMessages(): readonly string[] {
    return this.options.acknowledges ? [] : this.#messages();
  }

  /** Answers a held connect and stops every timer. */
  end(how: SessionEnd): void {
    this.#release((connect) => (how === "expired" ? [unknownSession(connect)] : this.#answer(connect)));
    this.#cancelTimer();
  }

  #setTimer(cancelTimer: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = cancelTimer;
  }

  #release(answer: (connect: SimBayeuxMessage) => Messages): void {
    const held = this.#held;
    this.#held = undefined;
    held?.resolve(answer(held.connect));
  }

  #answer({ id, channel, advice }: SimBayeuxMessage): readonly string[] {
    const { acknowledges, times } = this.options;
    this.postponeExpiry();
    const reply = {
      id,
      channel,
      successful: true,
      ...(advice === undefined ? {} : { advice: adviceOf(times) }),
      ...(acknowledges ? { ext: { ack: this.#batch++ } } : {}),
    };
    return [...this.#messages(), JSON.stringify(reply)];
  }

  /** The messages for a connect. Acknowledged sessions keep them until the client acknowledges them. */
  #messages(): string[] {
    const messages = this.options.acknowledges ? this.#queue : this.#queue.splice(0);
    return messages.map(({ json }) => json);
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
