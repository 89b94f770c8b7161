import { createCookies } from "#cookies";
import type { Dialect, List, ListContent } from "../../dialects/dialect.ts";
import { together } from "../../dialects/list-content.ts";
import type { AnomalyReport } from "../../domain/anomaly.ts";
import type { Clock } from "../../domain/clock.ts";
import type { LossReason } from "../../domain/connection.ts";
import type { Random } from "../../domain/random.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import type { ServerOperations } from "../../dialects/dialect.ts";
import type { LinkListener, Reading } from "../../desk/link.ts";
import { CometSession } from "./comet-session.ts";
import { HttpSession, type Credentials } from "./http-session.ts";
import { isOfNetwork } from "./retry.ts";
import { onWakeUp } from "./wake-up.ts";

/** What an attachment needs. */
export interface GwsConnectionOptions {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly dialect: Dialect<ServerOperations>;
  readonly sink: LinkListener;
  /** The channels of the contact-centre session. */
  readonly channels: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  readonly requestTimeout: number;
  readonly handshakeSpread: number;
  readonly maxResponseBytes: number;
  readonly fetch: typeof globalThis.fetch;
  readonly credentials: () => Promise<Credentials>;
}

/** One stay at a server, from signing in to taking leave, through every loss of the connection in between. */
export class GwsConnection {
  readonly session: HttpSession;
  readonly #options: GwsConnectionOptions;
  readonly #comet: CometSession;
  #isClosed = false;
  /** Raised whenever the connection is made or lost. */
  #connection = 0;
  #isConnected = false;
  /** The HTTP session in which the contact-centre session was begun. */
  #begunIn = 0;
  /** The HTTP session in which CometD was connected. */
  #connectedIn = 0;
  #isAcknowledging = false;
  #wasToldOf = new Set<AnomalyReport["code"]>();
  #timer: unknown;
  /** Ends the wait for the timer; `undefined` while nothing may. */
  retryNow: (() => void) | undefined;
  #endWakeUps: (() => void) | undefined;

  constructor(options: GwsConnectionOptions) {
    const { url, dialect, sink, clock, random, requestTimeout, handshakeSpread, maxResponseBytes, fetch } =
      options;
    this.#options = options;
    this.session = new HttpSession({
      url,
      clock,
      fetch,
      maxResponseBytes,
      requestTimeout,
      credentials: options.credentials,
      cookies: createCookies(),
      session: dialect.session,
      readAnswer: dialect.readAnswer,
      denied: () => this.#giveUp("authentication-failed"),
      renewed: () => this.#renewed(),
    });
    this.#comet = new CometSession({
      url: url + dialect.session.notifications,
      topics: dialect.topics,
      clock,
      random,
      requestTimeout,
      handshakeSpread,
      // The client has a timer of its own for each request.
      send: (address, body, abort, keepalive) =>
        this.session.send({ method: "POST", url: address, body, timeout: 0, abort, keepalive }),
      report: sink.onAnomaly,
      message: (message) => {
        const { facts, anomalies } = dialect.decode(message);
        sink.onFacts(facts, anomalies, message);
      },
      connected: (isAcknowledging) => {
        this.#isAcknowledging = isAcknowledging;
        void this.#connected();
      },
      lost: (why) => this.#lost(why),
      refused: (isHandshake) => this.#refused(isHandshake),
    });
  }

  begin(): void {
    this.#endWakeUps = onWakeUp(this.#options.clock, {
      probe: () => this.#comet.probe(),
      retry: () => {
        this.retryNow?.();
        this.#comet.retry();
      },
      end: () => this.#comet.disconnectOnUnload(),
    });
    void this.#signIn(1);
  }

  /** Takes leave: of CometD first, of the contact centre last, because that ends the HTTP session. */
  async leave(timeout: number): Promise<void> {
    if (this.#isClosed) return;
    this.#close();
    const { end } = this.#options.dialect.session;
    if (timeout > 0 && this.session.generation > 0) {
      await this.#comet.stop(timeout);
      if (end !== undefined) await this.session.end(end, timeout);
    }
    this.#comet.abandon();
    this.session.close();
  }

  /** Reads all lists of the server. */
  async readList(): Promise<Reading> {
    const contents = await Promise.all(this.#options.dialect.lists.map((list) => this.#read(list)));
    const read = contents.filter((content) => typeof content !== "number");
    if (read.length === contents.length)
      return { kind: "read", ...together(read), bodies: read.map(({ body }) => body) };
    this.#once({ code: "read-failed", message: "A list of the server could not be read." });
    const waits = contents.filter((content) => typeof content === "number");
    return { kind: "failed", retryAfter: Math.max(...waits) };
  }

  /** What a list says; or when it could not be read, how many milliseconds the server asked to be left alone. */
  async #read(list: List): Promise<(ListContent & { readonly body: unknown }) | number> {
    const result = await this.session.request(list.request);
    const { retryAfter } = result;
    if (result.kind === "failed") return retryAfter;
    const { body, status } = result;
    const content = status >= 200 && status < 300 ? list.read(body) : undefined;
    if (content !== undefined) return { ...content, body };
    if (list.holdsInteractions || isBusy(status)) return retryAfter;
    // A server may not have this list; then notifications are all there is about it.
    const isRefused = this.#options.dialect.readAnswer(status, body).kind === "refused";
    return isRefused ? { facts: [], anomalies: [], ids: [], body: null } : retryAfter;
  }

  async #signIn(failures: number): Promise<void> {
    // Whoever was told why it is needed may have ended it all.
    if (this.#isClosed) return;
    const result = await this.session.signIn();
    if (this.#isClosed || result === "denied") return;
    if (result === "done") return this.#comet.start();
    this.#lost(result.why);
    if (!this.#isClosed) void this.#signIn(await this.#wait(failures, result));
  }

  async #connected(): Promise<void> {
    const connection = ++this.#connection;
    this.#isConnected = true;
    this.#connectedIn = this.session.generation;
    const isCurrent = () => connection === this.#connection && !this.#isClosed;
    for (let failures = 1; ;) {
      const failure = await this.#beginContactCenter(failures);
      if (!isCurrent()) return;
      if (failure === undefined) break;
      this.#options.sink.onDisconnected(failure.why);
      if (!isCurrent()) return;
      failures = await this.#wait(failures, failure);
      if (!isCurrent()) return;
    }
    if (!this.#isAcknowledging) {
      const message = "The server does not acknowledge messages.";
      this.#once({ code: "not-acknowledging", message });
    }
    this.#options.sink.onConnected({ isAcknowledging: this.#isAcknowledging });
  }

  /** Once in each HTTP session. Gives why it is not known whether it was begun, or nothing when it is known. */
  async #beginContactCenter(attempt: number): Promise<Failure | undefined> {
    const { dialect, channels } = this.#options;
    const { begin } = dialect.session;
    const { generation } = this.session;
    if (begin === undefined || this.#begunIn === generation) return undefined;
    const result = await this.session.request(begin(channels));
    if (result.kind === "failed") return result;
    const failure: Failure = { why: "server-error", retryAfter: result.retryAfter };
    if (isBusy(result.status)) return failure;
    const answer = dialect.readAnswer(result.status, result.body);
    if (answer.kind === "unauthenticated") return failure;
    // A server that does not know the request may answer with anything; what it repeats is its answer.
    if (answer.kind === "unanswered" && attempt < 2) return failure;
    if (answer.kind !== "acknowledged") {
      const message = "The server began no contact-centre session.";
      this.#once({ code: "no-contact-center-session", message });
    }
    this.#begunIn = this.session.generation;
    return undefined;
  }

  /** The CometD session may or may not have survived its HTTP session; only a connect of its own tells. */
  #renewed(): void {
    const message = "The session was renewed.";
    this.#options.sink.onAnomaly({ code: "session-renewed", message });
    if (!this.#isConnected) return;
    this.#lost("session-lost");
    this.#comet.probe();
  }

  #lost(why: LossReason): void {
    if (this.#isClosed) return;
    this.#connection++;
    this.#isConnected = false;
    this.#stopWaiting();
    this.#options.sink.onDisconnected(why);
  }

  /** A server may tell by its refusal of a handshake that the HTTP session is over: then it is renewed, once. */
  #refused(isHandshake: boolean): void {
    if (!isHandshake || this.#connectedIn !== this.session.generation) {
      this.#giveUp("connection-refused");
      return;
    }
    this.#connectedIn = 0;
    this.#lost("authentication");
    void this.#signIn(1);
  }

  #giveUp(reason: "authentication-failed" | "connection-refused"): void {
    if (this.#isClosed) return;
    this.#close();
    this.#comet.abandon();
    this.session.close();
    this.#options.sink.onStopped(reason);
  }

  #close(): void {
    this.#isClosed = true;
    this.#connection++;
    this.#stopWaiting();
    this.#endWakeUps?.();
  }

  /** Waits before trying again, and gives the number of the next failure in a row. */
  #wait(failures: number, { why, retryAfter }: Failure): Promise<number> {
    const { clock, random } = this.#options;
    this.#stopWaiting();
    return new Promise((resolve) => {
      this.#timer = clock.setTimeout(() => resolve(failures + 1), retryDelay(random, failures, retryAfter));
      if (!isOfNetwork(why)) return;
      this.retryNow = () => {
        this.#stopWaiting();
        resolve(1);
      };
    });
  }

  #stopWaiting(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.retryNow = undefined;
  }

  #once(anomaly: AnomalyReport): void {
    if (this.#wasToldOf.has(anomaly.code)) return;
    this.#wasToldOf.add(anomaly.code);
    this.#options.sink.onAnomaly(anomaly);
  }
}

/** Why something was not done, and how many milliseconds the server asked to be left alone. */
interface Failure {
  readonly why: LossReason;
  readonly retryAfter: number;
}

/** Says the server that it may answer later? */
function isBusy(status: number): boolean {
  return status === 429 || status === 503;
}
