import type { Counterpart } from "./counterpart.ts";

/** A Bayeux message as a server sends it. */
export interface Message {
  readonly channel: string;
  readonly id?: string;
  readonly data?: unknown;
  readonly successful?: boolean;
  readonly error?: string;
  readonly clientId?: string;
  readonly version?: string;
  readonly subscription?: string | readonly string[];
  readonly supportedConnectionTypes?: readonly string[];
  readonly advice?: Readonly<Record<string, unknown>>;
  readonly ext?: { readonly ack?: unknown };
}

/** A response: its HTTP status and, when it is JSON, its messages. */
export interface Reply {
  readonly status: number;
  readonly messages: readonly Message[];
}

/** A Bayeux client that sends the messages of a test, with the cookies of one browser. */
export class BayeuxClient {
  readonly cookies = new Map<string, string>();
  readonly #server: Counterpart;
  readonly #csrf: Record<string, string> = {};
  #messages = 0;
  clientId = "";
  /** The batch that the next connect acknowledges; absent without the ack extension. */
  #ack: number | undefined;

  constructor(server: Counterpart) {
    this.#server = server;
  }

  async signIn(): Promise<void> {
    const { credentials } = this.#server;
    if (credentials === undefined) return;
    const { user, password } = credentials;
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    const response = await this.#fetch("/me", { headers: { authorization } });
    const header = response.headers.get("x-csrf-header");
    if (header !== null) this.#csrf[header] = response.headers.get(header) ?? "";
  }

  /** Sends a body unchanged. */
  async post(body: string, signal?: AbortSignal): Promise<Reply> {
    const headers = { ...this.#csrf, "content-type": "application/json" };
    const response = await this.#fetch("/notifications", {
      method: "POST",
      headers,
      body,
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    return {
      status: response.status,
      messages: response.ok && text !== "" ? (JSON.parse(text) as Message[]) : [],
    };
  }

  /** Sends messages with a client id and ids of their own. */
  send(messages: readonly object[], signal?: AbortSignal): Promise<Reply> {
    const numbered = messages.map((message) => ({
      id: String(++this.#messages),
      clientId: this.clientId,
      ...message,
    }));
    return this.post(JSON.stringify(numbered), signal);
  }

  async handshake({ ack = false } = {}): Promise<Message> {
    const reply = await this.send([
      {
        channel: "/meta/handshake",
        version: "1.0",
        supportedConnectionTypes: ["long-polling"],
        clientId: undefined,
        ...(ack ? { ext: { ack: true } } : {}),
      },
    ]);
    this.#ack = ack ? 0 : undefined;
    const [message] = reply.messages;
    this.clientId = message?.clientId ?? "";
    return message!;
  }

  subscribe(...subscriptions: readonly string[]): Promise<Reply> {
    return this.send(subscriptions.map((subscription) => ({ channel: "/meta/subscribe", subscription })));
  }

  /** Sends a connect. It acknowledges what the last received connect reply carried, or `ack`. */
  async connect(
    options: { readonly timeout?: number; readonly ack?: number; readonly signal?: AbortSignal } = {},
  ): Promise<Reply> {
    const { timeout, ack = this.#ack, signal } = options;
    const message = {
      channel: "/meta/connect",
      connectionType: "long-polling",
      ...(timeout === undefined ? {} : { advice: { timeout } }),
      ...(ack === undefined ? {} : { ext: { ack } }),
    };
    const reply = await this.send([message], signal);
    const received = reply.messages.find(({ channel }) => channel === "/meta/connect")?.ext?.ack;
    if (this.#ack !== undefined && typeof received === "number") this.#ack = received;
    return reply;
  }

  /** Signs in, handshakes, subscribes and sends the first connect. */
  async open(options?: { readonly ack?: boolean }): Promise<this> {
    await this.signIn();
    await this.handshake(options);
    await this.subscribe("/v2/me/interactions");
    await this.connect({ timeout: 0 });
    return this;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(init.headers as Record<string, string>), ...(cookie === "" ? {} : { cookie }) };
    const response = await fetch(`${this.#server.url}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }
}

/** The data of the messages on topics. */
export function dataOf({ messages }: Reply): unknown[] {
  return messages.filter(({ channel }) => !channel.startsWith("/meta/")).map(({ data }) => data);
}
