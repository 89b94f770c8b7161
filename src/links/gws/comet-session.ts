import { AckExtension, type FailureInfo, type Message, type SubscriptionHandle } from "cometd";
import type { Dialect, ServerOperations } from "../../dialects/dialect.ts";
import type { LossReason } from "../../domain/connection.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Random } from "../../domain/random.ts";
import type { LinkListener } from "../../desk/link.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import {
  createCometClient,
  type CometClient,
  type CometClientOptions,
  type RetryDecision,
} from "./comet-client.ts";
import { noChannelTopic } from "./guard.ts";
import { isOfNetwork, Timers } from "./retry.ts";

/** The settings of a CometD session, and its notifications. */
export interface CometSessionOptions extends Pick<CometClientOptions, "http" | "requestTimeout"> {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly dialect: Pick<Dialect<ServerOperations>, "session" | "topics" | "decode">;
  /** Receives the facts and anomalies of the notifications. */
  readonly listener: Pick<LinkListener, "onFacts" | "onAnomaly">;
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds over which desks spread their handshakes after the server lost their sessions. */
  readonly handshakeSpread: number;
  /** The current client id has connected and is subscribed to every topic. */
  readonly onConnected: (isAcknowledging: boolean) => void;
  readonly onDisconnected: (lossReason: LossReason) => void;
  /** In its reply to a handshake or to a connect, the server advised the client not to come back. */
  readonly onRefused: (isHandshake: boolean) => void;
}

export type CometSession = ReturnType<typeof createCometSession>;

/**
 * After this many connects in a row that were refused, or answered with unexpected content, a new session is requested:
 * a server that gives no advice may have forgotten this one, and one that acknowledges would repeat the same reply.
 */
const maxUselessReplies = 2;

/** A server that ends two sessions of a desk within this many milliseconds refuses the desk, not the session. */
const sessionEndWindow = 60_000;

const noRetry: RetryDecision = { action: "none", delayMs: 0, retryOnWakeUp: false };

/**
 * Creates a CometD session: handshake, subscriptions, connects, and a watchdog on our own clock that restarts everything
 * when the client has gone silent.
 */
export function createCometSession(options: CometSessionOptions) {
  const { dialect, listener, clock, random, requestTimeout, onDisconnected } = options;
  const { onAnomaly } = listener;
  const { topics } = dialect;
  const timers = new Timers(clock);
  /** Failures of handshakes and connects in a row. */
  let failures = 0;
  let current: CometClient | undefined;
  let subscribed = new Map<string, SubscriptionHandle>();
  let isConnected = false;
  let isAcknowledging = false;
  let uselessReplies = 0;
  /** Why the last request failed. */
  let reason: LossReason = "network";
  let retryAfter = 0;
  let isProbing = false;
  let endedAt = -Infinity;
  let watchdog: unknown;

  const start = () => {
    const client = createCometClient({
      ...options,
      url: options.url + dialect.session.notifications,
      timers,
      onAnomaly,
      onFailure: (...failure) => ([reason, retryAfter] = failure),
      retryFor: (message, failure) => (client === current ? retryFor(message, failure) : noRetry),
    });
    current = client;
    client.registerExtension("ack", new AckExtension());
    client.addListener("/meta/handshake", (reply) => onHandshake(client, reply));
    client.addListener("/meta/connect", onConnect);
    // One listener for all data, so that data on a topic without a subscription is reported and not lost.
    client.addListener("/**", ({ channel, data }) => {
      if (channel.startsWith("/meta/")) return;
      const message = channel === noChannelTopic ? { data } : { channel, data };
      const { facts, anomalies } = dialect.decode(message);
      listener.onFacts(facts, anomalies, message);
    });
    watch(0);
    client.handshake();
  };

  /** Lets go of the client, which then notifies nothing more. */
  const forget = () => {
    clock.clearTimeout(watchdog);
    current?.clearListeners();
    current = undefined;
    isConnected = false;
  };

  /** Ends the session immediately, without a request to the server. */
  const abandon = () => {
    const client = current;
    forget();
    client?.end();
  };

  /** Replaces the client after a delay. A listener that is notified meanwhile may still stop the desk. */
  const restart = (delayMs: number) => {
    abandon();
    watchdog = clock.setTimeout(start, delayMs);
  };

  /** Sets the watchdog: silence for 1.25 times as long as a connect may take means that the client is stuck. */
  const watch = (delayMs: number) => {
    clock.clearTimeout(watchdog);
    const { timeout = 0, interval = 0 } = current?.getAdvice() ?? {};
    const onSilence = () => {
      restart(0);
      onAnomaly({ code: "watchdog", message: "The notifications went silent." });
      onDisconnected("silence");
    };
    watchdog = clock.setTimeout(onSilence, delayMs + interval + (timeout + requestTimeout) * 1.25);
  };

  const onHandshake = (client: CometClient, reply: Message) => {
    subscribed = new Map();
    isConnected = false;
    if (reply.successful !== true) return onDisconnected(reasonOf(reply));
    // As on a connect, the client obeys "none" in a successful reply without notifying a listener.
    if (client.getAdvice().reconnect === "none") return refuse(true);
    const { ack } = (reply.ext ?? {}) as { readonly ack?: true | { readonly enabled?: boolean } };
    isAcknowledging = ack === true || ack?.enabled === true;
    client.batch(() => {
      for (const topic of topics) subscribe(client, topic, 1);
    });
  };

  const subscribe = (client: CometClient, topic: string, attempt: number) => {
    const clientId = client.getClientId();
    const isCurrent = () =>
      client === current && client.getClientId() === clientId && !client.isDisconnected();
    const onReply = (reply: Message) => {
      if (!isCurrent()) return;
      if (reply.successful === true) {
        subscribed.set(topic, handle);
        return notifyWhenConnected();
      }
      onDisconnected("subscription");
      if (!isCurrent()) return;
      const retry = () => {
        if (isCurrent()) subscribe(client, topic, attempt + 1);
      };
      timers.schedule(
        retry,
        retryDelay(random, attempt, retryAfter),
        "failure" in reply && isOfNetwork(reason),
      );
    };
    const handle = client.subscribe(topic, () => {}, onReply);
  };

  const onConnect = (reply: Message) => {
    watch(0);
    if (reply.successful !== true) {
      isConnected = false;
      return onDisconnected(isProbing ? "silence" : reasonOf(reply));
    }
    // The client obeys "none" in a successful reply without notifying a listener.
    if (current?.getAdvice().reconnect === "none") return onSessionEnd();
    failures = 0;
    uselessReplies = 0;
    retryAfter = 0;
    isProbing = false;
    if (isConnected) return;
    isConnected = true;
    notifyWhenConnected();
  };

  const notifyWhenConnected = () => {
    if (isConnected && topics.every((topic) => subscribed.has(topic))) options.onConnected(isAcknowledging);
  };

  /** A reply with `failure` stands for a failed request; any other is the server's, or the guard's in its place. */
  const reasonOf = (reply: Message): LossReason => {
    if ("failure" in reply) return reason;
    if (reply.advice?.reconnect === "handshake" || reply.error?.startsWith("402") === true)
      return "session-lost";
    return reply.error === undefined ? "unexpected-content" : "server-error";
  };

  /** The retry policy, in place of CometD's, which has no jitter and repeats handshakes without a pause. */
  const retryFor = ({ channel }: Message, { action, cause }: FailureInfo): RetryDecision => {
    const isHandshake = channel === "/meta/handshake";
    const isReply = cause === "unsuccessful";
    if (action === "none" && isReply) {
      refuse(isHandshake);
      return noRetry;
    }
    if (isReply) {
      // The server replied, so a failure of the network is over.
      if (isOfNetwork(reason)) failures = 0;
      reason = "server-error";
    }
    const isUseless = isReply || reason === "unexpected-content";
    const isForgotten = !isHandshake && isUseless && ++uselessReplies >= maxUselessReplies;
    const isSessionLost = !isHandshake && (isForgotten || action === "handshake");
    if (isSessionLost) reason = "session-lost";
    const backoff = retryDelay(random, ++failures, retryAfter);
    const delayMs = Math.max(isProbing ? 0 : backoff, isSessionLost ? spreadDelay() : 0);
    isProbing = false;
    watch(delayMs);
    return {
      action: isSessionLost || isHandshake ? "handshake" : action,
      delayMs,
      retryOnWakeUp: !isReply && isOfNetwork(reason),
    };
  };

  /** Returns a delay that keeps the desks of a server from sending their handshakes all together. */
  const spreadDelay = () => 1000 + random() * options.handshakeSpread;

  const refuse = (isHandshake: boolean) => {
    abandon();
    options.onRefused(isHandshake);
  };

  /**
   * The server ended this session, as it does when the HTTP session that it belongs to ends (Java's
   * `ServerSession.disconnect()`). Only the reply to the next handshake shows whether it accepts another one.
   */
  const onSessionEnd = () => {
    const previous = endedAt;
    endedAt = clock.now();
    if (Math.abs(endedAt - previous) < sessionEndWindow) return refuse(false);
    restart(spreadDelay());
    onDisconnected("session-lost");
  };

  return {
    start,
    /** Disconnects from the server. Resolves when the server has replied, or after the given milliseconds. */
    async stop(timeout: number): Promise<void> {
      const client = current;
      // A client without an id has no session at the server.
      if (client === undefined || client.isDisconnected() || !client.getClientId()) return abandon();
      forget();
      client.batch(() => {
        for (const handle of subscribed.values()) client.unsubscribe(handle);
      });
      await new Promise<void>((resolve) => {
        const timer = clock.setTimeout(resolve, timeout);
        client.disconnect(() => {
          clock.clearTimeout(timer);
          resolve();
        });
      });
      client.end();
    },
    abandon,
    /** Checks immediately whether the connection still works, instead of waiting for the held connect to end. */
    probe() {
      // Without a connection, a request in flight may be held by a network that is gone.
      if (current === undefined || !(current.isBusy || isConnected)) return;
      isProbing = true;
      current.cut();
    },
    /** Retries immediately what failed because of the network. Waits that the server's state requires go on. */
    retryNow() {
      if (timers.hasten()) failures = 0;
    },
    /** Disconnects in a request that outlives the page; otherwise the session would linger at the server. */
    onUnload() {
      if (current?.getClientId()) current.disconnect();
    },
  };
}
