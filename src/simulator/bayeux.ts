import type { IncomingMessage, ServerResponse } from "node:http";
import type { CometDServer, ServerSession } from "cometd-nodejs-server";
import cometd from "cometd-nodejs-server";
import ackExtension from "cometd-nodejs-server/ack-extension.js";
import type { BayeuxMessage } from "./bayeux-request.ts";

/** Times of the CometD server, in milliseconds. */
export interface CometTimes {
  /** How long a poll without news is held; default 30000, as in every recorded reply. */
  readonly timeout?: number;
  /** How long the client waits between polls; default 0. */
  readonly interval?: number;
  /** How long a session lives without a poll; default 10000. */
  readonly maxInterval?: number;
}

/** The seam to cometd-nodejs-server: nothing else knows that library. */
export interface Bayeux {
  /** Answers a request whose messages were checked and whose user is known. */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    messages: readonly BayeuxMessage[],
    user: string,
  ): void;
  /** Hands a message to the sessions of this user that are subscribed; nothing is kept for the others. */
  deliver(user: string, topic: string, data: unknown): void;
  /** Ends the sessions of a user: a held poll and every later one get 402 with the advice to handshake. */
  expire(user: string): void;
  /** Ends everything, so that no timer of a held poll stays. */
  close(): void;
}

export function createBayeux(times: CometTimes): Bayeux {
  const { timeout = 30_000, interval = 0, maxInterval = 10_000 } = times;
  // One agent may have several windows, and all agents of a test share a machine: no limit per browser.
  const server = cometd.createCometDServer({
    timeout,
    interval,
    maxInterval,
    // How often the library looks for sessions to end; a short life has to be looked at as often.
    sweepPeriod: Math.min(997, maxInterval),
    browserCookiePath: "/",
    maxSessionsPerBrowser: -1,
  });
  const owners = new Map<string, string>();
  const sessions = new Map<string, Set<ServerSession>>();
  let handshaking: string | undefined;

  server.addExtension(new ackExtension.AcknowledgedMessagesExtension());
  server.addListener("sessionAdded", (session: ServerSession) => {
    const user = handshaking ?? "";
    owners.set(session.id, user);
    sessions.set(user, (sessions.get(user) ?? new Set()).add(session));
  });
  server.addListener("sessionRemoved", (session: ServerSession) => {
    sessions.get(owners.get(session.id) ?? "")?.delete(session);
    owners.delete(session.id);
  });
  allowSubscribingOnly(server);
  const expire = expiring(server);
  const sessionsOf = (user: string): readonly ServerSession[] => [...(sessions.get(user) ?? [])];

  return {
    handle(request, response, messages, user) {
      const isForeign = messages.some(({ clientId }) => owners.get(clientId ?? "") !== user);
      const { cookie } = request.headers;
      // The library knows a session by its cookie; a cookie it did not give, or a session of another agent, is none.
      if (!isHandshake(messages) && isForeign) delete request.headers.cookie;
      if (isHandshake(messages) && !/BAYEUX_BROWSER=[0-9a-f]{40}(;|$)/.test(cookie ?? "")) {
        delete request.headers.cookie;
      }
      handshaking = user;
      try {
        server.handle(Object.assign(request, { body: messages }), response);
      } finally {
        handshaking = undefined;
      }
    },
    deliver(user, topic, data) {
      for (const session of sessionsOf(user)) {
        if (session.subscriptions.some(({ name }) => covers(name, topic))) session.deliver(null, topic, data);
      }
    },
    expire: (user) => sessionsOf(user).forEach(expire),
    close() {
      for (const user of sessions.keys()) sessionsOf(user).forEach(expire);
      server.close();
    },
  };
}

function isHandshake(messages: readonly BayeuxMessage[]): boolean {
  return messages[0]?.channel === "/meta/handshake";
}

function covers(subscription: string, topic: string): boolean {
  if (subscription === topic) return true;
  const parent = subscription.slice(0, subscription.lastIndexOf("/") + 1);
  if (subscription.endsWith("/**")) return topic.startsWith(parent);
  return subscription.endsWith("/*") && topic.startsWith(parent) && !topic.slice(parent.length).includes("/");
}

/** Agents listen on topics of their own and never publish, so one agent cannot speak to another over CometD. */
function allowSubscribingOnly(server: CometDServer): void {
  server.policy = {
    canCreate: (_session, message, channel, callback) =>
      callback(undefined, message.channel === "/meta/subscribe" && /^\/(v2\/|\*\*$)/.test(channel)),
    canPublish: (_session, _message, _channel, callback) => callback(undefined, false),
  };
}

/**
 * The library has no way to end a session as a time-out does. `disconnect` comes nearest, but tells the client to
 * stop for good: its farewell is taken out of the queue and the reply of the held poll is turned into a 402.
 */
function expiring(server: CometDServer): (session: ServerSession) => void {
  const expired = new WeakSet<ServerSession>();
  server.addListener("sessionAdded", (session: ServerSession) => {
    session.addListener("queueDrain", (_session: ServerSession, queue: unknown[]) => {
      if (expired.has(session)) queue.length = 0;
    });
  });
  server.addExtension({
    outgoing(_server, _sender, session, message, callback) {
      if (message.channel === "/meta/connect" && session !== null && expired.has(session)) {
        message.successful = false;
        message.error = "402::session_unknown";
        message.advice = { reconnect: "handshake", interval: 0 };
      }
      callback(undefined, true);
    },
  });
  return (session) => {
    expired.add(session);
    session.disconnect();
  };
}
