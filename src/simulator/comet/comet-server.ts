import type { Clock } from "../../domain/clock.ts";
import { createTimers } from "../timers.ts";
import type { SimBayeuxMessage } from "./bayeux-request.ts";
import {
  type CometTimes,
  type Messages,
  type SessionEnd,
  adviceOf,
  SimCometSession,
  unknownSession,
} from "./comet-session.ts";

/** A checked Bayeux request of an authenticated user. */
export interface CometRequest {
  readonly user: string;
  /** The value of the cookie {@link browserCookie}. */
  readonly browser: string | undefined;
  readonly messages: readonly SimBayeuxMessage[];
}

/** The response to one Bayeux request. */
export interface CometResponse {
  readonly status: 200 | 500;
  /** JSON; empty for a connect that a newer one replaced. */
  readonly body: string;
  /** A new value for the browser cookie. */
  readonly browser?: string;
}

/** The cookie that CometD servers add to the client id. */
export const browserCookie = "BAYEUX_BROWSER";

export type CometServer = ReturnType<typeof createCometServer>;

/**
 * Creates a CometD server for long polling, with acknowledgements, as a function from request to response. It knows no
 * sockets, and all its times are those of the clock that it is given.
 *
 * @param newToken - returns a new value for client ids and cookies: hexadecimal digits.
 */
export function createCometServer(clock: Clock, times: CometTimes, newToken: () => string) {
  const { timeout = 30_000, interval = 0, maxInterval = 10_000 } = times;
  const allTimes = { timeout, interval, maxInterval };
  const timers = createTimers(clock);
  const sessions = new Map<string, SimCometSession>();
  const sessionsOfUsers = new Map<string, Set<SimCometSession>>();

  function end(session: SimCometSession, how: SessionEnd): void {
    const { id, user } = session.options;
    sessions.delete(id);
    const siblings = sessionsOfUsers.get(user);
    siblings?.delete(session);
    if (siblings?.size === 0) sessionsOfUsers.delete(user);
    session.end(how);
  }

  function handshake(
    { user, browser: cookie }: CometRequest,
    { id, channel, ext }: SimBayeuxMessage,
  ): CometResponse {
    const isKnownForm = cookie !== undefined && /^[0-9A-F]{32}$/.test(cookie);
    const browser = isKnownForm ? cookie : newToken();
    const acknowledges = ext?.ack === true;
    const clientId = newToken();
    const onExpired = (expired: SimCometSession) => end(expired, "expired");
    const options = { id: clientId, user, browser, acknowledges, times: allTimes, timers, onExpired };
    const session = new SimCometSession(options);
    sessions.set(clientId, session);
    const siblings = sessionsOfUsers.get(user) ?? new Set();
    sessionsOfUsers.set(user, siblings.add(session));
    const reply = {
      id,
      channel,
      successful: true,
      clientId,
      version: "1.0",
      supportedConnectionTypes: ["long-polling"],
      advice: adviceOf(allTimes),
      ...(acknowledges ? { ext: { ack: true } } : {}),
    };
    return responseOf([JSON.stringify(reply)], isKnownForm ? undefined : browser);
  }

  /** Returns the replies to a message that is neither a handshake nor a connect sent alone. */
  function replies(session: SimCometSession, message: SimBayeuxMessage): readonly string[] {
    session.postponeExpiry();
    switch (message.channel) {
      case "/meta/connect":
        return session.connect(message, false);
      case "/meta/subscribe":
      case "/meta/unsubscribe":
        return [JSON.stringify(updateSubscriptions(session, message))];
      case "/meta/disconnect":
        end(session, "disconnected");
        return [JSON.stringify(reply(message))];
      default:
        // Agents never publish, so that no agent can send a message to another agent.
        return [JSON.stringify(reply(message, "403::publish_denied"))];
    }
  }

  return {
    /** Returns the response; a promise when a connect is held. Never throws and never rejects. */
    handle(request: CometRequest): CometResponse | Promise<CometResponse> {
      const { user, browser, messages } = request;
      const [first] = messages;
      if (first?.channel === "/meta/handshake") return handshake(request, first);
      const find = ({ clientId = "" }: SimBayeuxMessage): SimCometSession | undefined => {
        const session = sessions.get(clientId);
        return session?.options.user === user && session.options.browser === browser ? session : undefined;
      };
      if (messages.length === 1 && first?.channel === "/meta/connect") {
        const answer = find(first)?.connect(first, true) ?? [unknownSession(first)];
        return answer instanceof Promise ? answer.then((replies) => responseOf(replies)) : responseOf(answer);
      }
      const answered = new Set<SimCometSession>();
      const all = messages.flatMap((message) => {
        const session = find(message);
        if (session === undefined) return [unknownSession(message)];
        answered.add(session);
        return replies(session, message);
      });
      return responseOf([...[...answered].flatMap((session) => session.takeMessages()), ...all]);
    },
    /** Sends a message to the sessions of this user that are subscribed to the topic; the others never receive it. */
    deliver(user: string, topic: string, data: unknown) {
      let json: string | undefined;
      for (const session of sessionsOfUsers.get(user) ?? []) {
        if (!isSubscribed(session, topic)) continue;
        json ??= JSON.stringify({ channel: topic, data });
        session.deliver(json);
      }
    },
    /** Ends the sessions of a user: a held connect and every later one get 402 with the advice to handshake. */
    expire(user: string) {
      for (const session of [...(sessionsOfUsers.get(user) ?? [])]) end(session, "expired");
    },
    /** Ends every session and leaves no timer. */
    close() {
      for (const session of [...sessions.values()]) end(session, "expired");
    },
  };
}

function responseOf(messages: Messages, browser?: string): CometResponse {
  if (messages === undefined) return { status: 500, body: "" };
  return { status: 200, body: `[${messages.join(",")}]`, ...(browser === undefined ? {} : { browser }) };
}

function updateSubscriptions({ subscriptions }: SimCometSession, message: SimBayeuxMessage): object {
  const topics = topicsOf(message);
  const isSubscribe = message.channel === "/meta/subscribe";
  if (topics.length === 0) return reply(message, "403::subscription_missing");
  if (isSubscribe && !topics.every((topic) => topic === "/**" || topic.startsWith("/v2/"))) {
    return reply(message, "403::subscribe_denied");
  }
  for (const topic of topics) subscriptions[isSubscribe ? "add" : "delete"](topic);
  return reply(message);
}

function topicsOf({ subscription = [] }: SimBayeuxMessage): readonly string[] {
  return typeof subscription === "string" ? [subscription] : subscription;
}

function reply({ id, channel, subscription }: SimBayeuxMessage, error?: string): object {
  return { id, channel, successful: error === undefined, error, subscription };
}

function isSubscribed({ subscriptions }: SimCometSession, topic: string): boolean {
  return subscriptions.has(topic) || [...subscriptions].some((wildcard) => matchesWildcard(wildcard, topic));
}

function matchesWildcard(subscription: string, topic: string): boolean {
  const [, parent, stars] = /^(.*\/)(\*\*?)$/.exec(subscription) ?? [];
  if (parent === undefined || !topic.startsWith(parent)) return false;
  return stars === "**" || !topic.slice(parent.length).includes("/");
}
