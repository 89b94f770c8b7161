import { AckExtension, type FailureInfo, type Message, type SubscriptionHandle } from "cometd";
import { isObject, type Report } from "../../domain/anomaly.ts";
import type { Clock } from "../../domain/clock.ts";
import type { LossReason } from "../../domain/connection.ts";
import type { Random } from "../../domain/random.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import { CometClient, type RetryDecision } from "./comet-client.ts";
import { FetchTransport, type HttpSender } from "./fetch-transport.ts";
import { noChannelTopic } from "./guard.ts";
import { isOfNetwork, Retries } from "./retry.ts";

/** What a CometD session needs, and whom it notifies. */
export interface CometSessionOptions {
  /** The address of CometD. */
  readonly url: string;
  readonly topics: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds that a response may take beyond the time that the server holds it. */
  readonly requestTimeout: number;
  /** Milliseconds over which desks spread their handshakes after the server lost their sessions. */
  readonly handshakeSpread: number;
  readonly http: HttpSender;
  readonly onAnomaly: Report;
  /** An element of a Bayeux array arrived. It has no `channel` when the server sent none. */
  readonly onMessage: (message: object) => void;
  /** The current client id has connected and is subscribed to every topic. */
  readonly onConnected: (isAcknowledging: boolean) => void;
  readonly onDisconnected: (lossReason: LossReason) => void;
  /** In its reply to a handshake or to a connect, the server advised the client not to come back. */
  readonly onRefused: (isHandshake: boolean) => void;
}

/**
 * After this many connects in a row that were refused, or answered with unexpected content, a new session is requested:
 * a server that gives no advice may have forgotten this one, and one that acknowledges would repeat the same reply.
 */
const maxUselessReplies = 2;

/** A server that ends two sessions of a desk within this many milliseconds refuses the desk, not the session. */
const sessionEndWindow = 60_000;

const noRetry: RetryDecision = { action: "none", delayMs: 0, retryOnWakeUp: false };

/**
 * Keeps one CometD session: handshake, subscriptions, connects, and a watchdog on our own clock that restarts everything
 * when the client has gone silent.
 */
export class CometSession {
  readonly #options: CometSessionOptions;
  readonly #retries: Retries;
  #client: CometClient | undefined;
  #transport: FetchTransport | undefined;
  #subscribed = new Map<string, SubscriptionHandle>();
  #isConnected = false;
  #isAcknowledging = false;
  #uselessReplies = 0;
  /** Why the last request failed. */
  #reason: LossReason = "network";
  #retryAfter = 0;
  #isProbing = false;
  #endedAt = -Infinity;
  #watchdog: unknown;

  constructor(options: CometSessionOptions) {
    this.#options = options;
    this.#retries = new Retries(options);
  }

  start(): void {
    const { onMessage } = this.#options;
    const transport = new FetchTransport({
      ...this.#options,
      onFailure: (reason, retryAfter) => {
        this.#reason = reason;
        this.#retryAfter = retryAfter;
      },
    });
    const client = CometClient.create({
      ...this.#options,
      transport,
      retries: this.#retries,
      retryFor: (message, failure) => this.#retryFor(client, message, failure),
    });
    this.#client = client;
    this.#transport = transport;
    client.registerExtension("ack", new AckExtension());
    client.addListener("/meta/handshake", (reply) => this.#onHandshake(client, reply));
    client.addListener("/meta/connect", (reply) => this.#onConnect(client, reply));
    // One listener for all data, so that data on a topic without a subscription is reported and not lost.
    client.addListener("/**", ({ channel, data }) => {
      if (channel.startsWith("/meta/")) return;
      onMessage(channel === noChannelTopic ? { data } : { channel, data });
    });
    this.#watch(0);
    client.handshake();
  }

  /** Disconnects from the server. Resolves when the server has replied, or after the given milliseconds. */
  async stop(timeout: number): Promise<void> {
    const client = this.#client;
    // A client without an id has no session at the server.
    if (client === undefined || client.isDisconnected() || !client.getClientId()) return this.abandon();
    const [subscribed, transport] = [this.#subscribed, this.#transport];
    this.#forget();
    client.batch(() => {
      for (const handle of subscribed.values()) client.unsubscribe(handle);
    });
    const { clock } = this.#options;
    await new Promise<void>((resolve) => {
      const timer = clock.setTimeout(resolve, timeout);
      client.disconnect(() => {
        clock.clearTimeout(timer);
        resolve();
      });
    });
    client.end();
    transport?.cut();
  }

  /** Ends the session immediately, without a request to the server. */
  abandon(): void {
    const [client, transport] = [this.#client, this.#transport];
    this.#forget();
    client?.end();
    transport?.cut();
  }

  /** Checks immediately whether the connection still works, instead of waiting for the held connect to end. */
  probe(): void {
    const transport = this.#transport;
    // Without a connection, a request in flight may be held by a network that is gone.
    if (transport === undefined || !(transport.isBusy || this.#isConnected)) return;
    this.#isProbing = true;
    if (transport.isBusy) transport.cut();
    else transport.cutNextConnect();
  }

  /** Retries immediately what failed because of the network. Waits that the server's state requires go on. */
  retryNow(): void {
    this.#retries.retryNow();
  }

  /** Disconnects in a request that outlives the page, so that the session does not linger at the server. */
  disconnectOnUnload(): void {
    if (this.#client?.getClientId()) this.#client.disconnect();
  }

  #forget(): void {
    this.#options.clock.clearTimeout(this.#watchdog);
    this.#client?.clearListeners();
    this.#client = undefined;
    this.#transport = undefined;
    this.#isConnected = false;
  }

  #onHandshake(client: CometClient, reply: Message): void {
    if (client !== this.#client) return;
    this.#subscribed = new Map();
    this.#isConnected = false;
    if (reply.successful !== true) return this.#options.onDisconnected(this.#reasonOf(reply));
    // As on a connect, the client obeys "none" in a successful reply without notifying a listener.
    if (client.getAdvice().reconnect === "none") return this.#refuse(true);
    this.#isAcknowledging = acknowledges(reply.ext);
    client.batch(() => {
      for (const topic of this.#options.topics) this.#subscribe(client, topic, 1);
    });
  }

  #subscribe(client: CometClient, topic: string, attempt: number): void {
    const clientId = client.getClientId();
    const isCurrent = () =>
      client === this.#client && client.getClientId() === clientId && !client.isDisconnected();
    const onReply = (reply: Message) => {
      if (!isCurrent()) return;
      if (reply.successful === true) {
        this.#subscribed.set(topic, handle);
        return this.#notifyWhenConnected();
      }
      this.#options.onDisconnected("subscription");
      if (!isCurrent()) return;
      const retry = () => {
        if (isCurrent()) this.#subscribe(client, topic, attempt + 1);
      };
      const delay = retryDelay(this.#options.random, attempt, this.#retryAfter);
      this.#retries.schedule(retry, delay, "failure" in reply && isOfNetwork(this.#reason));
    };
    const handle = client.subscribe(topic, () => {}, onReply);
  }

  #onConnect(client: CometClient, reply: Message): void {
    if (client !== this.#client) return;
    this.#watch(0);
    if (reply.successful !== true) {
      this.#isConnected = false;
      this.#options.onDisconnected(this.#isProbing ? "silence" : this.#reasonOf(reply));
      return;
    }
    // The client obeys "none" in a successful reply without notifying a listener.
    if (client.getAdvice().reconnect === "none") return this.#onSessionEnd();
    this.#retries.failures = 0;
    this.#uselessReplies = 0;
    this.#retryAfter = 0;
    this.#isProbing = false;
    const wasConnected = this.#isConnected;
    this.#isConnected = true;
    if (!wasConnected) this.#notifyWhenConnected();
  }

  #notifyWhenConnected(): void {
    const isComplete = this.#options.topics.every((topic) => this.#subscribed.has(topic));
    if (this.#isConnected && isComplete) this.#options.onConnected(this.#isAcknowledging);
  }

  /** A reply with `failure` stands for a failed request; any other is the server's, or the guard's in its place. */
  #reasonOf(reply: Message): LossReason {
    if ("failure" in reply) return this.#reason;
    if (reply.advice?.reconnect === "handshake" || reply.error?.startsWith("402") === true)
      return "session-lost";
    return reply.error === undefined ? "unexpected-content" : "server-error";
  }

  /** The retry policy, in place of CometD's, which has no jitter and repeats handshakes without a pause. */
  #retryFor(client: CometClient, { channel }: Message, { action, cause }: FailureInfo): RetryDecision {
    if (client !== this.#client) return noRetry;
    const isHandshake = channel === "/meta/handshake";
    const isReply = cause === "unsuccessful";
    if (action === "none" && isReply) {
      this.#refuse(isHandshake);
      return noRetry;
    }
    if (isReply) {
      // The server replied, so a failure of the network is over.
      if (isOfNetwork(this.#reason)) this.#retries.failures = 0;
      this.#reason = "server-error";
    }
    const isUseless = isReply || this.#reason === "unexpected-content";
    const isForgotten = !isHandshake && isUseless && ++this.#uselessReplies >= maxUselessReplies;
    const isSessionLost = !isHandshake && (isForgotten || action === "handshake");
    if (isSessionLost) this.#reason = "session-lost";
    const delayMs = this.#delayOf(isSessionLost);
    this.#watch(delayMs);
    return {
      action: isHandshake || isSessionLost ? "handshake" : action,
      delayMs,
      retryOnWakeUp: !isReply && isOfNetwork(this.#reason),
    };
  }

  #delayOf(isSessionLost: boolean): number {
    const backoff = this.#retries.delayAfter(this.#retryAfter);
    const delayMs = this.#isProbing ? 0 : backoff;
    this.#isProbing = false;
    return isSessionLost ? Math.max(delayMs, this.#spreadDelay()) : delayMs;
  }

  /** Returns a delay that keeps the desks of a server from sending their handshakes all together. */
  #spreadDelay(): number {
    const { random, handshakeSpread } = this.#options;
    return 1000 + random() * handshakeSpread;
  }

  #refuse(isHandshake: boolean): void {
    this.abandon();
    this.#options.onRefused(isHandshake);
  }

  /**
   * The server ended this session, as it does when the HTTP session that it belongs to ends (Java's
   * `ServerSession.disconnect()`). The reply to the next handshake says whether it accepts another one.
   */
  #onSessionEnd(): void {
    const { clock, onDisconnected } = this.#options;
    const previous = this.#endedAt;
    this.#endedAt = clock.now();
    if (Math.abs(this.#endedAt - previous) < sessionEndWindow) return this.#refuse(false);
    this.#restart(this.#spreadDelay());
    onDisconnected("session-lost");
  }

  /** Sets the watchdog: silence for 1.25 times as long as a connect may take means that the client is stuck. */
  #watch(delayMs: number): void {
    const { clock, requestTimeout, onAnomaly, onDisconnected } = this.#options;
    clock.clearTimeout(this.#watchdog);
    const { timeout = 0, interval = 0 } = this.#client?.getAdvice() ?? {};
    const limit = delayMs + interval + (timeout + requestTimeout) * 1.25;
    this.#watchdog = clock.setTimeout(() => {
      this.#restart(0);
      onAnomaly({ code: "watchdog", message: "The notifications went silent." });
      onDisconnected("silence");
    }, limit);
  }

  /** Replaces the client after a delay. A listener that is notified meanwhile may still stop the desk. */
  #restart(delayMs: number): void {
    this.abandon();
    this.#watchdog = this.#options.clock.setTimeout(() => this.start(), delayMs);
  }
}

function acknowledges(ext: unknown): boolean {
  const { ack } = (ext ?? {}) as { readonly ack?: unknown };
  return ack === true || (isObject(ack) && "enabled" in ack && ack.enabled === true);
}
