import { AckExtension, type FailureInfo, type Message, type SubscriptionHandle } from "cometd";
import type { Report } from "../../domain/anomaly.ts";
import type { Clock } from "../../domain/clock.ts";
import type { LossReason } from "../../domain/connection.ts";
import type { Random } from "../../domain/random.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import { CometClient } from "./comet-client.ts";
import { FetchTransport, type SendBayeux } from "./fetch-transport.ts";
import { noChannelTopic } from "./guard.ts";
import { isOfNetwork } from "./retry.ts";

/** What a CometD session needs, and whom it tells. */
export interface CometSessionOptions {
  /** Where CometD is. */
  readonly url: string;
  readonly topics: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds that an answer may take beyond what the server holds it. */
  readonly requestTimeout: number;
  /** Milliseconds over which desks spread their handshakes after the server lost their sessions. */
  readonly handshakeSpread: number;
  readonly send: SendBayeux;
  readonly report: Report;
  /** One element of a Bayeux array; without `channel` when it came without. */
  readonly message: (message: object) => void;
  /** The present client id has connected and is subscribed to every topic. */
  readonly connected: (isAcknowledging: boolean) => void;
  readonly lost: (why: LossReason) => void;
  /** The server told the client not to come back, in its answer to a handshake or to a connect. */
  readonly refused: (isHandshake: boolean) => void;
}

/**
 * After this many connects in a row that were refused, or answered by what cannot be read, a new session is asked for:
 * a server that does not advise may have forgotten this one, and one that acknowledges would repeat the same answer.
 */
const maxRefusals = 2;

/** A server that ends two sessions of a desk within so many milliseconds means the desk, and not the session. */
const soon = 60_000;

/**
 * Keeps one CometD session: handshake, subscriptions, connects, and a watchdog of our own clock that starts everything
 * again when the client has gone silent (LINK rules T1, T2, T6 and T8).
 */
export class CometSession {
  readonly #options: CometSessionOptions;
  #client: CometClient | undefined;
  #transport: FetchTransport | undefined;
  #subscribed = new Map<string, SubscriptionHandle>();
  #isConnected = false;
  #isAcknowledging = false;
  #failures = 0;
  #refusals = 0;
  #why: LossReason = "network";
  #retryAfter = 0;
  #isProbing = false;
  #endedAt = -Infinity;
  #watchdog: unknown;

  constructor(options: CometSessionOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock, requestTimeout, url, report, send, message } = this.#options;
    const transport = new FetchTransport({
      send,
      report,
      failed: (why, retryAfter) => {
        this.#why = why;
        this.#retryAfter = retryAfter;
      },
    });
    const client = CometClient.create(
      { clock, onFailure: (failed, info) => this.#decide(client, failed, info) },
      transport,
      { url, maxNetworkDelay: requestTimeout },
    );
    this.#client = client;
    this.#transport = transport;
    client.registerExtension("ack", new AckExtension());
    client.addListener("/meta/handshake", (answer) => this.#onHandshake(client, answer));
    client.addListener("/meta/connect", (answer) => this.#onConnect(client, answer));
    // One listener for all data, so that a topic nobody asked for is reported and not lost.
    client.addListener("/**", ({ channel, data }) => {
      if (channel.startsWith("/meta/")) return;
      message(channel === noChannelTopic ? { data } : { channel, data });
    });
    this.#watch(0);
    client.handshake();
  }

  /** Takes leave of the server within the given milliseconds, or without its answer. */
  async stop(timeout: number): Promise<void> {
    const client = this.#client;
    // Without a client id there is nobody to take leave of.
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

  /** Gives up at once, without a word to the server. */
  abandon(): void {
    const [client, transport] = [this.#client, this.#transport];
    this.#forget();
    client?.end();
    transport?.cut();
  }

  /** Finds out at once whether the connection still works, instead of waiting for the held connect to end. */
  probe(): void {
    const transport = this.#transport;
    // Without a connection, what is under way may hang just as well on a network that is gone.
    if (transport === undefined || !(transport.isBusy || this.#isConnected)) return;
    this.#isProbing = true;
    if (transport.isBusy) transport.cut();
    else transport.cutNextConnect();
  }

  /** Tries again at once what failed for want of a network; what the server's state asks to wait for is left alone. */
  retry(): void {
    if (this.#client?.hasten() === true) this.#failures = 0;
  }

  /** Says that this client ends, in a request that outlives the page, so that its session does not linger. */
  disconnectOnUnload(): void {
    // Without a client id there is nobody to take leave of.
    if (this.#client?.getClientId()) this.#client.disconnect();
  }

  #forget(): void {
    this.#options.clock.clearTimeout(this.#watchdog);
    this.#client?.clearListeners();
    this.#client = undefined;
    this.#transport = undefined;
    this.#isConnected = false;
  }

  #onHandshake(client: CometClient, answer: Message): void {
    if (client !== this.#client) return;
    this.#subscribed = new Map();
    this.#isConnected = false;
    if (answer.successful !== true) return this.#options.lost(this.#reasonOf(answer));
    // As for a connect: on a successful answer the client obeys "none" without telling anybody.
    if (client.getAdvice().reconnect === "none") return this.#refuse(true);
    this.#isAcknowledging = acknowledges(answer.ext);
    client.batch(() => {
      for (const topic of this.#options.topics) this.#subscribe(client, topic, 0);
    });
  }

  #subscribe(client: CometClient, topic: string, failures: number): void {
    const clientId = client.getClientId();
    const isCurrent = () =>
      client === this.#client && client.getClientId() === clientId && !client.isDisconnected();
    const handle = client.subscribe(
      topic,
      () => {},
      (answer) => {
        if (!isCurrent()) return;
        if (answer.successful === true) {
          this.#subscribed.set(topic, handle);
          this.#tellWhenConnected();
          return;
        }
        this.#options.lost("subscription");
        client.setTimeout(
          () => {
            if (isCurrent()) this.#subscribe(client, topic, failures + 1);
          },
          retryDelay(this.#options.random, failures + 1, this.#retryAfter),
          "failure" in answer && isOfNetwork(this.#why),
        );
      },
    );
  }

  #onConnect(client: CometClient, answer: Message): void {
    if (client !== this.#client) return;
    this.#watch(0);
    if (answer.successful !== true) {
      this.#isConnected = false;
      this.#options.lost(this.#isProbing ? "silence" : this.#reasonOf(answer));
      return;
    }
    // On a successful answer the client obeys "none" without telling anybody.
    if (client.getAdvice().reconnect === "none") return this.#end();
    this.#failures = 0;
    this.#refusals = 0;
    this.#retryAfter = 0;
    this.#isProbing = false;
    const wasConnected = this.#isConnected;
    this.#isConnected = true;
    if (!wasConnected) this.#tellWhenConnected();
  }

  #tellWhenConnected(): void {
    const isComplete = this.#options.topics.every((topic) => this.#subscribed.has(topic));
    if (this.#isConnected && isComplete) this.#options.connected(this.#isAcknowledging);
  }

  /** Failures of the transport were told by it; the others are the server's, or the guard's for what was missing. */
  #reasonOf(answer: Message): LossReason {
    if ("failure" in answer) return this.#why;
    if (answer.advice?.reconnect === "handshake" || answer.error?.startsWith("402") === true)
      return "session-lost";
    return answer.error === undefined ? "unexpected-content" : "server-error";
  }

  /** Our retry policy, in place of CometD's, which has no jitter and repeats handshakes without a pause. */
  #decide(client: CometClient, message: Message, info: FailureInfo): boolean {
    if (client !== this.#client) {
      info.action = "none";
      return false;
    }
    if (info.action === "none" && info.cause === "unsuccessful") {
      this.#refuse(message.channel === "/meta/handshake");
      return false;
    }
    const { random, handshakeSpread } = this.#options;
    if (info.cause === "unsuccessful") {
      // A server that answers is not the network that failed: what was waited for that is over.
      if (isOfNetwork(this.#why)) this.#failures = 0;
      this.#why = "server-error";
    }
    this.#failures++;
    const isUseless = info.cause === "unsuccessful" || this.#why === "unexpected-content";
    if (message.channel === "/meta/handshake") info.action = "handshake";
    else if (isUseless && ++this.#refusals >= maxRefusals) info.action = "handshake";
    const delay = this.#isProbing ? 0 : retryDelay(random, this.#failures, this.#retryAfter);
    const isSessionLost = message.channel === "/meta/connect" && info.action === "handshake";
    if (isSessionLost) this.#why = "session-lost";
    info.delay = isSessionLost ? Math.max(delay, 1000 + random() * handshakeSpread) : delay;
    this.#isProbing = false;
    this.#watch(info.delay);
    return info.cause === "failure" && isOfNetwork(this.#why);
  }

  #refuse(isHandshake: boolean): void {
    const { refused } = this.#options;
    this.abandon();
    refused(isHandshake);
  }

  /**
   * The server ended this session: so it does when the HTTP session that it belongs to ends (Java's
   * `ServerSession.disconnect()`). Whether there may be another, the answer to a handshake tells.
   */
  #end(): void {
    const { clock, random, handshakeSpread, lost } = this.#options;
    const last = this.#endedAt;
    this.#endedAt = clock.now();
    if (Math.abs(this.#endedAt - last) < soon) return this.#refuse(false);
    this.abandon();
    this.#watchdog = clock.setTimeout(() => this.start(), 1000 + random() * handshakeSpread);
    lost("session-lost");
  }

  /** Silence for longer than the server may hold a connect, and a quarter more, means that the client is stuck. */
  #watch(delay: number): void {
    const { clock, requestTimeout, report, lost } = this.#options;
    clock.clearTimeout(this.#watchdog);
    const { timeout = 0, interval = 0 } = this.#client?.getAdvice() ?? {};
    const limit = delay + interval + (timeout + requestTimeout) * 1.25;
    this.#watchdog = clock.setTimeout(() => {
      report({ code: "watchdog", message: "The notifications went silent." });
      this.abandon();
      // Whoever is told of the loss may end it all.
      this.#watchdog = clock.setTimeout(() => this.start(), 0);
      lost("silence");
    }, limit);
  }
}

function acknowledges(ext: object | undefined): boolean {
  const ack = (ext as { ack?: unknown } | undefined)?.ack;
  return (
    ack === true ||
    (typeof ack === "object" && ack !== null && (ack as { enabled?: unknown }).enabled === true)
  );
}
