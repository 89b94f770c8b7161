import type { Clock } from "../../src/domain/clock.ts";

/** One message of a Bayeux request or reply. */
export interface BayeuxMessage {
  readonly [field: string]: unknown;
  readonly channel?: unknown;
}

/** A request as it came in. */
export interface Asked {
  readonly at: number;
  readonly method: string;
  /** Below the base URL, query included. */
  readonly path: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The parsed body. */
  readonly body: unknown;
  /** The channels of the messages, each once, with a comma between; or the operation; or empty. */
  readonly what: string;
}

/** An answer. A text is sent as it is, anything else as JSON. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
}

/** Returns the answer to a request, or `undefined` to leave it unanswered for ever. `honest` is what it would have been. */
export type Script = (
  asked: Asked,
  honest: () => Promise<Answer>,
) => Answer | undefined | Promise<Answer | undefined>;

interface Session {
  readonly queue: BayeuxMessage[];
  readonly topics: Set<unknown>;
  /** Lets the held connect go. */
  release: (() => void) | undefined;
}

/**
 * A server that runs the script of a test and otherwise plays an honest one: REST, and CometD by long-polling without
 * the ack extension. It knows nothing of HTTP; see `listen` and `fetchFrom` for how it is reached.
 */
export class ScriptedServer {
  /** Every request, in the order of arrival. */
  readonly asked: Asked[] = [];
  /** The interactions of the list. */
  interactions: readonly unknown[] = [];
  channels: readonly unknown[] = [];
  /** Milliseconds for which a connect without news is held. */
  timeout = 100;
  /** Present on every answer to a handshake or connect; `undefined` for none. */
  advice: object | undefined = { reconnect: "retry", interval: 0, timeout: 100 };
  script: Script = (_asked, honest) => honest();
  readonly #clock: Clock;
  readonly #sessions = new Map<unknown, Session>();
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the number of requests of this kind. */
  count(what: string): number {
    return this.asked.filter((asked) => asked.what === what).length;
  }

  /** Sends data on a topic to every session that is subscribed to it. */
  notify(topic: string, data: unknown): void {
    for (const { queue, topics, release } of this.#sessions.values()) {
      if (!topics.has(topic)) continue;
      queue.push({ channel: topic, data });
      release?.();
    }
  }

  /** Forgets every CometD session, as a restart does. */
  forget(): void {
    for (const { release } of this.#sessions.values()) release?.();
    this.#sessions.clear();
  }

  /** Lets what is held go, so that no timer stays. */
  close(): void {
    for (const { release } of this.#sessions.values()) release?.();
  }

  async serve(
    request: Pick<Asked, "method" | "path" | "headers"> & { text: string },
  ): Promise<Answer | undefined> {
    const { method, path, headers, text } = request;
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const asked = { at: this.#clock.now(), method, path, headers, body, what: whatIs(method, path, body) };
    this.asked.push(asked);
    return this.script(asked, () => this.#honest(asked));
  }

  async #honest({ method, path, body }: Asked): Promise<Answer> {
    if (path.startsWith("/notifications")) return this.#comet(body as readonly BayeuxMessage[]);
    if (path.startsWith("/me/interactions?"))
      return { body: { statusCode: 0, interactions: this.interactions } };
    if (path.startsWith("/me/channels?")) return { body: { statusCode: 0, channels: this.channels } };
    if (method === "GET")
      return { headers: { "Set-Cookie": "JSESSIONID=one; Path=/" }, body: { statusCode: 0, user: {} } };
    return { body: { statusCode: 0 } };
  }

  async #comet(messages: readonly BayeuxMessage[]): Promise<Answer> {
    const replies = await Promise.all(messages.map((message) => this.#reply(message)));
    return { body: replies.flat() };
  }

  async #reply(message: BayeuxMessage): Promise<BayeuxMessage[]> {
    const { channel, id, clientId, subscription } = message;
    const advice = this.advice === undefined ? {} : { advice: this.advice };
    const reply = { channel, id, successful: true };
    if (channel === "/meta/handshake") {
      const fresh = `client${++this.#count}`;
      this.#sessions.set(fresh, { queue: [], topics: new Set(), release: undefined });
      const supportedConnectionTypes = ["long-polling"];
      return [{ ...reply, version: "1.0", clientId: fresh, supportedConnectionTypes, ...advice }];
    }
    const session = this.#sessions.get(clientId);
    if (session === undefined) {
      const error = "402::session_unknown";
      const handshake =
        channel === "/meta/connect" ? { advice: { reconnect: "handshake", interval: 0 } } : {};
      return [{ ...reply, successful: false, error, ...handshake }];
    }
    if (channel === "/meta/subscribe") session.topics.add(subscription);
    if (channel === "/meta/unsubscribe") session.topics.delete(subscription);
    if (channel === "/meta/disconnect") session.release?.();
    if (channel !== "/meta/connect") return [subscription === undefined ? reply : { ...reply, subscription }];
    if ((message["advice"] as { timeout?: unknown } | undefined)?.timeout !== 0) await this.#hold(session);
    return this.#sessions.has(clientId)
      ? [...session.queue.splice(0), { ...reply, ...advice }]
      : this.#reply(message);
  }

  async #hold(session: Session): Promise<void> {
    if (session.queue.length > 0) return;
    await new Promise<void>((resolve) => {
      const timer = this.#clock.setTimeout(resolve, this.timeout);
      session.release = () => {
        this.#clock.clearTimeout(timer);
        resolve();
      };
    });
    session.release = undefined;
  }
}

function whatIs(method: string, path: string, body: unknown): string {
  if (Array.isArray(body)) return [...new Set(body.map(({ channel }: BayeuxMessage) => channel))].join();
  const { operationName } = (body ?? {}) as { operationName?: unknown };
  return typeof operationName === "string" ? operationName : `${method} ${path.split("?")[0]}`;
}
