// The wire of the contact centre: REST and CometD; after public bug reports, see the issue about outcomes.
import type { Clock } from "../../src/index.ts";
import type { Requested, World } from "./world.ts";

export interface WorldRequest {
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
  /** The requested operation; empty for other requests. */
  readonly operation: string;
  readonly signal: AbortSignal;
}

interface HttpSession {
  readonly user: string;
  csrf: string;
}

interface BayeuxMessage {
  readonly channel: string;
  readonly id?: unknown;
  readonly clientId?: string;
  readonly subscription?: string;
  readonly advice?: { readonly timeout?: number };
  readonly ext?: { readonly ack?: unknown };
}

interface CometSession {
  readonly id: string;
  readonly user: string;
  readonly topics: Set<string>;
  queue: { readonly channel: string; readonly data: object; batch?: number }[];
  batch: number;
  seenAt: number;
  /** Answers the held connect. */
  release: (() => void) | undefined;
}

/** Milliseconds that a connect is held, and after which a session without one is forgotten. */
const times = { hold: 5000, maxInterval: 8000 };

/** A server in front of a world, on a clock that is passed in. It has HTTP sessions, CSRF tokens and the ack extension. */
export class WorldServer {
  readonly world: World;
  readonly #clock: Clock;
  readonly #http = new Map<string, HttpSession>();
  readonly #comet = new Map<string, CometSession>();
  #count = 0;
  /** Whether requests that change something need the CSRF token. */
  checksCsrf = true;
  onRequest: (request: WorldRequest) => void = () => {};
  /** Basic sign-ins that made a session. */
  signIns = 0;

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.#clock = clock;
    world.notify = (user, channel, data) => {
      for (const session of this.#comet.values()) {
        if (session.user !== user || !session.topics.has(channel)) continue;
        session.queue.push({ channel, data });
        this.#clock.setTimeout(() => session.release?.(), 0);
      }
    };
  }

  expireHttp(): void {
    this.#http.clear();
  }

  /** Forgets all CometD sessions. */
  expireComet(): void {
    const sessions = [...this.#comet.values()];
    this.#comet.clear();
    for (const { release } of sessions) release?.();
  }

  changeCsrf(): void {
    for (const session of this.#http.values()) session.csrf = this.#token();
  }

  async serve(request: WorldRequest): Promise<Response> {
    this.onRequest(request);
    const { method, path, headers, body } = request;
    const id = /JSESSIONID=(\w+)/.exec(headers.get("cookie") ?? "")?.[1] ?? "";
    const signedIn = this.#http.has(id) ? { id, isNew: false } : this.#signIn(headers);
    const session = signedIn && this.#http.get(signedIn.id);
    if (session === undefined) return Response.json({ statusCode: 20 }, { status: 401 });
    if (this.checksCsrf && method !== "GET" && headers.get("x-csrf-token") !== session.csrf)
      return Response.json({ statusMessage: "The CSRF token is missing." }, { status: 403 });
    const set = new Headers(
      method === "GET" ? { "x-csrf-header": "X-CSRF-TOKEN", "x-csrf-token": session.csrf } : {},
    );
    if (signedIn?.isNew) set.append("set-cookie", `JSESSIONID=${signedIn.id}; Path=/; HttpOnly`);
    if (path.startsWith("/notifications"))
      return Response.json(await this.#bayeux(body as BayeuxMessage[], session.user, request.signal));
    const { operationName } = (body ?? {}) as Requested;
    const result = this.#rest(session.user, method, path, (body ?? {}) as Requested);
    if (operationName === "EndContactCenterSession") {
      this.#http.delete(id);
      this.world.endSession(session.user);
    }
    return Response.json(result, { headers: set });
  }

  #signIn(headers: Headers): { readonly id: string; readonly isNew: true } | undefined {
    const [, encoded] = /^Basic (.+)$/.exec(headers.get("authorization") ?? "") ?? [];
    if (encoded === undefined) return undefined;
    const [user = ""] = atob(encoded).split(":");
    const id = this.#token();
    this.#http.set(id, { user, csrf: this.#token() });
    this.signIns++;
    return { id, isNew: true };
  }

  #rest(user: string, method: string, path: string, requested: Requested): object {
    const [, , list = "", name = ""] = path.split("/").map(decodeURIComponent);
    if (method === "GET") {
      const { interactions, channels } = this.world.lists(user);
      if (list === "channels") return { statusCode: 0, channels };
      return {
        statusCode: 0,
        ...(list === "interactions" ? { interactions } : { user: { userName: user } }),
      };
    }
    if (list === "channels") return this.world.setReadiness(user, name, requested.operationName ?? "");
    return list === "interactions" ? this.world.perform(user, name, requested) : { statusCode: 0 };
  }

  async #bayeux(messages: readonly BayeuxMessage[], user: string, signal: AbortSignal): Promise<object[]> {
    const replies = await Promise.all(messages.map((message) => this.#reply(message, user, signal)));
    return replies.flat();
  }

  async #reply(message: BayeuxMessage, user: string, signal: AbortSignal): Promise<object[]> {
    const { channel, id, clientId = "", subscription, advice, ext } = message;
    const reply = { channel, id, successful: true, ...(subscription !== undefined && { subscription }) };
    const retry = { reconnect: "retry", interval: 0, timeout: times.hold };
    if (channel === "/meta/handshake") {
      const session = this.#handshake(user);
      const types = { version: "1.0", supportedConnectionTypes: ["long-polling"] };
      return [{ ...reply, ...types, clientId: session.id, advice: retry, ext: { ack: true } }];
    }
    const session = this.#session(clientId, user);
    if (session === undefined) return [unknownSession(reply)];
    session.seenAt = this.#clock.now();
    if (channel === "/meta/subscribe") session.topics.add(subscription ?? "");
    if (channel === "/meta/unsubscribe") session.topics.delete(subscription ?? "");
    if (channel === "/meta/disconnect") {
      this.#comet.delete(clientId);
      session.release?.();
    }
    if (channel !== "/meta/connect") return [reply];

    const acknowledged = typeof ext?.ack === "number" ? ext.ack : -1;
    session.queue = session.queue.filter(({ batch = Infinity }) => batch > acknowledged);
    session.release?.();
    if (session.queue.length === 0 && advice?.timeout !== 0) await this.#hold(session, signal);
    if (!this.#comet.has(clientId)) return [unknownSession(reply)];
    session.seenAt = this.#clock.now();
    const batch = ++session.batch;
    for (const one of session.queue) one.batch ??= batch;
    const notifications = session.queue.map(({ channel: topic, data }) => ({ channel: topic, data }));
    return [...notifications, { ...reply, advice: retry, ext: { ack: batch } }];
  }

  #handshake(user: string): CometSession {
    const id = this.#token();
    const [topics, seenAt] = [new Set<string>(), this.#clock.now()];
    const session = { id, user, topics, queue: [], batch: 0, seenAt, release: undefined };
    this.#comet.set(id, session);
    return session;
  }

  #session(id: string, user: string): CometSession | undefined {
    const session = this.#comet.get(id);
    if (session === undefined || session.user !== user) return undefined;
    const isForgotten =
      session.release === undefined && this.#clock.now() - session.seenAt > times.maxInterval;
    if (isForgotten) this.#comet.delete(id);
    return isForgotten ? undefined : session;
  }

  async #hold(session: CometSession, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const release = () => {
        this.#clock.clearTimeout(timer);
        signal.removeEventListener("abort", release);
        if (session.release === release) session.release = undefined;
        resolve();
      };
      const timer = this.#clock.setTimeout(release, times.hold);
      signal.addEventListener("abort", release);
      session.release = release;
    });
  }

  #token(): string {
    return `t${++this.#count}`;
  }
}

function unknownSession(reply: object): object {
  const advice = { reconnect: "handshake", interval: 0 };
  return { ...reply, successful: false, error: "402::session_unknown", advice };
}
