import { createCookies } from "#cookies";
import type { Dialect, List, ListContent, ServerOperations } from "../../dialects/dialect.ts";
import { together } from "../../dialects/list-content.ts";
import type { AnomalyCode, AnomalyReport } from "../../domain/anomaly.ts";
import type { Clock } from "../../domain/clock.ts";
import type { LossReason, StopReason } from "../../domain/connection.ts";
import type { Random } from "../../domain/random.ts";
import type { LinkListener, Reading } from "../../desk/link.ts";
import { CometSession } from "./comet-session.ts";
import { HttpSession, type Credentials } from "./http-session.ts";
import type { GwsSettings } from "./options.ts";
import { isOfNetwork, Retries, type Failure } from "./retry.ts";
import { onWakeUp } from "./wake-up.ts";

/** What a connection needs, and whom it notifies. */
export interface GwsConnectionOptions extends GwsSettings {
  readonly dialect: Dialect<ServerOperations>;
  readonly listener: LinkListener;
  /** The channels of the contact-centre session. */
  readonly channels: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: typeof globalThis.fetch;
  readonly credentials: () => Promise<Credentials>;
}

/** One connection to a server, from the sign-in to the end of the sessions, through every loss in between. */
export class GwsConnection {
  readonly http: HttpSession;
  readonly #options: GwsConnectionOptions;
  readonly #comet: CometSession;
  readonly #retries: Retries;
  #isClosed = false;
  /** Counts how often the connection was made or lost. */
  #epoch = 0;
  #isConnected = false;
  /** The HTTP session in which the contact-centre session was begun. */
  #begunIn = 0;
  /** The HTTP session in which CometD was connected. */
  #connectedIn = 0;
  #reported = new Set<AnomalyCode>();
  #endWakeUps: (() => void) | undefined;

  constructor(options: GwsConnectionOptions) {
    const { url, dialect, listener } = options;
    this.#options = options;
    this.#retries = new Retries(options);
    this.http = new HttpSession({
      ...options,
      cookies: createCookies(options.clock),
      session: dialect.session,
      readAnswer: dialect.readAnswer,
      onDenied: () => this.#giveUp("authentication-failed"),
      onRenewed: () => this.#onRenewed(),
    });
    this.#comet = new CometSession({
      ...options,
      url: url + dialect.session.notifications,
      topics: dialect.topics,
      http: this.http,
      onAnomaly: listener.onAnomaly,
      onMessage: (message) => {
        const { facts, anomalies } = dialect.decode(message);
        listener.onFacts(facts, anomalies, message);
      },
      onConnected: (isAcknowledging) => void this.#onConnected(isAcknowledging),
      onDisconnected: (reason) => this.#onDisconnected(reason),
      onRefused: (isHandshake) => this.#onRefused(isHandshake),
    });
  }

  begin(): void {
    this.#endWakeUps = onWakeUp(this.#options.clock, {
      probe: () => this.#comet.probe(),
      retryNow: () => {
        this.#retries.retryNow();
        this.#comet.retryNow();
      },
      onUnload: () => this.#comet.disconnectOnUnload(),
    });
    void this.#signIn();
  }

  /** Disconnects CometD first and ends the contact-centre session last, because that ends the HTTP session. */
  async leave(timeout: number): Promise<void> {
    if (this.#isClosed) return;
    this.#close();
    const { end } = this.#options.dialect.session;
    if (timeout > 0 && this.http.generation > 0) {
      await this.#comet.stop(timeout);
      if (end !== undefined) await this.http.end(end, timeout);
    }
    this.#comet.abandon();
    this.http.close();
  }

  /** Reads all lists of the server. */
  async readList(): Promise<Reading> {
    const contents = await Promise.all(this.#options.dialect.lists.map((list) => this.#read(list)));
    const read = contents.filter((content) => typeof content !== "number");
    if (read.length === contents.length)
      return { kind: "read", ...together(read), bodies: read.map(({ body }) => body) };
    this.#reportOnce("read-failed", "A list of the server could not be read.");
    const waits = contents.filter((content) => typeof content === "number");
    return { kind: "failed", retryAfter: Math.max(...waits) };
  }

  /** Returns the content of a list, or how many milliseconds the server asked to wait before it is read again. */
  async #read(list: List): Promise<(ListContent & { readonly body: unknown }) | number> {
    const result = await this.http.request(list.request);
    const { retryAfter } = result;
    if (result.kind === "failed") return retryAfter;
    const { body, status } = result;
    const content = status >= 200 && status < 300 ? list.read(body) : undefined;
    if (content !== undefined) return { ...content, body };
    if (list.holdsInteractions || isBusy(status)) return retryAfter;
    // A server may lack this list; then its content is only known from notifications.
    const isRefused = this.#options.dialect.readAnswer(status, body).kind === "refused";
    return isRefused ? { facts: [], anomalies: [], ids: [], body: null } : retryAfter;
  }

  async #signIn(): Promise<void> {
    this.#retries.failures = 0;
    // A listener that is notified of the loss may stop the desk.
    while (!this.#isClosed) {
      const failure = await this.http.signIn();
      if (this.#isClosed) return;
      if (failure === undefined) return this.#comet.start();
      this.#onDisconnected(failure.reason);
      if (!this.#isClosed) await this.#waitAfter(failure);
    }
  }

  async #onConnected(isAcknowledging: boolean): Promise<void> {
    const { listener } = this.#options;
    const epoch = ++this.#epoch;
    const isCurrent = () => epoch === this.#epoch && !this.#isClosed;
    this.#isConnected = true;
    this.#connectedIn = this.http.generation;
    this.#retries.failures = 0;
    for (;;) {
      const failure = await this.#beginContactCenter();
      if (!isCurrent()) return;
      if (failure === undefined) break;
      listener.onDisconnected(failure.reason);
      if (!isCurrent()) return;
      await this.#waitAfter(failure);
      if (!isCurrent()) return;
    }
    if (!isAcknowledging) this.#reportOnce("not-acknowledging", "The server does not acknowledge messages.");
    listener.onConnected({ isAcknowledging });
  }

  /** Begins it once in each HTTP session. Resolves with a failure while it is unknown whether the server did. */
  async #beginContactCenter(): Promise<Failure | undefined> {
    const { dialect, channels } = this.#options;
    const { begin } = dialect.session;
    if (begin === undefined || this.#begunIn === this.http.generation) return undefined;
    const result = await this.http.request(begin(channels));
    if (result.kind === "failed") return result;
    const { status, body, retryAfter } = result;
    const { kind } = dialect.readAnswer(status, body);
    // A server that does not know the request may answer anything. An answer that it repeats is taken for that.
    const isFirstAnswer = kind === "unanswered" && this.#retries.failures === 0;
    if (isBusy(status) || kind === "unauthenticated" || isFirstAnswer)
      return { kind: "failed", reason: "server-error", retryAfter };
    if (kind !== "acknowledged")
      this.#reportOnce("no-contact-center-session", "The server began no contact-centre session.");
    this.#begunIn = this.http.generation;
    return undefined;
  }

  /** Whether the CometD session survived its HTTP session shows only when the client connects again. */
  #onRenewed(): void {
    this.#options.listener.onAnomaly({ code: "session-renewed", message: "The session was renewed." });
    if (!this.#isConnected) return;
    this.#onDisconnected("session-lost");
    this.#comet.probe();
  }

  #onDisconnected(reason: LossReason): void {
    if (this.#isClosed) return;
    this.#epoch++;
    this.#isConnected = false;
    this.#retries.cancelAll();
    this.#options.listener.onDisconnected(reason);
  }

  /** A server that refuses a handshake may mean that the HTTP session has ended, so it is renewed once. */
  #onRefused(isHandshake: boolean): void {
    if (!isHandshake || this.#connectedIn !== this.http.generation) return this.#giveUp("connection-refused");
    this.#connectedIn = 0;
    this.#onDisconnected("authentication");
    void this.#signIn();
  }

  #giveUp(reason: Exclude<StopReason, "stop">): void {
    if (this.#isClosed) return;
    this.#close();
    this.#comet.abandon();
    this.http.close();
    this.#options.listener.onStopped(reason);
  }

  #close(): void {
    this.#isClosed = true;
    this.#epoch++;
    this.#retries.cancelAll();
    this.#endWakeUps?.();
  }

  #waitAfter({ reason, retryAfter }: Failure): Promise<void> {
    this.#retries.cancelAll();
    return new Promise((resolve) => {
      this.#retries.schedule(resolve, this.#retries.delayAfter(retryAfter), isOfNetwork(reason));
    });
  }

  #reportOnce(code: AnomalyCode, message: AnomalyReport["message"]): void {
    if (this.#reported.has(code)) return;
    this.#reported.add(code);
    this.#options.listener.onAnomaly({ code, message });
  }
}

/** Whether the server says that it may answer later. */
function isBusy(status: number): boolean {
  return status === 429 || status === 503;
}
