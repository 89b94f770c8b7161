import type { IncomingHttpHeaders } from "node:http";
import { request as httpRequest } from "node:http";
import type { Simulator } from "../../src/simulator/index.ts";

/** JSON from the server, with unchecked access. */
export interface Json {
  readonly [key: string]: Json;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** `text` as JSON, or an empty object. */
  readonly body: Json;
  /** Increases with every response that any test agent reads. */
  readonly arrived: number;
}

let arrivals = 0;

const arrivedWith = new WeakMap<Delivered, number>();

/** The {@link Reply.arrived} of the answer that a message came with. */
export function arrival(message: Delivered | undefined): number {
  return (message && arrivedWith.get(message)) ?? NaN;
}

/** Sends one request on a connection of its own; rejects when the connection is cut. */
export function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string | Buffer,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(pieces).toString("utf8");
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: body,
          body: parsed(body),
          arrived: ++arrivals,
        });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

export function basic(user: string, password = `secret-${user}`): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/** Returns a value that must be a string. */
export function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`${JSON.stringify(value)} is not a text.`);
  return value;
}

/** The `content` of a chat notification. */
export interface ChatContent {
  readonly latestEventId: number;
  readonly sessionId: string;
  readonly events: readonly { readonly id: number }[];
}

export function chatContent({ data }: Delivered): ChatContent {
  return (data["interaction"] ?? data)["content"] as unknown as ChatContent;
}

/** A message on a topic. */
export interface Delivered {
  readonly channel: string;
  readonly data: Json;
}

/** A client of one agent that speaks plain HTTP and Bayeux and does not use the library. */
export interface TestAgent {
  readonly cookies: Map<string, string>;
  readonly received: readonly Delivered[];
  login(): Promise<Reply>;
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  operate(id: string, operationName: string, parameters?: Record<string, unknown>): Promise<Reply>;
  /** Sends one Bayeux request unchanged. */
  bayeux(messages: unknown, path?: string): Promise<Reply>;
  handshake(): Promise<string>;
  subscribe(...topics: readonly string[]): Promise<Reply>;
  /** Sends one connect; `timeout` 0 lets the server answer immediately. */
  poll(timeout?: number): Promise<Reply>;
  /** Logs in, handshakes, subscribes to both topics and polls continuously. */
  listen(): Promise<void>;
  /** Returns everything that was sent since the last call and before this one. */
  catchUp(): Promise<Delivered[]>;
  /** The states (with ids) on the interactions topic out of {@link TestAgent.catchUp}. */
  states(): Promise<string[]>;
  hangUp(): void;
}

export function testAgent(simulator: Simulator, user: string): TestAgent {
  const cookies = new Map<string, string>();
  const csrf: Record<string, string> = {};
  const received: Delivered[] = [];
  let clientId = "";
  let messageId = 0;
  let isListening = false;
  let fences = 0;
  let seen = 0;
  let wake = (): void => undefined;

  async function exchange(
    method: string,
    path: string,
    body?: unknown,
    authorization?: string,
  ): Promise<Reply> {
    const reply = await send(
      `${simulator.url}${path}`,
      method,
      {
        ...(cookies.size > 0
          ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") }
          : {}),
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(method === "GET" ? {} : csrf),
      },
      body === undefined ? undefined : JSON.stringify(body),
    );
    for (const cookie of reply.headers["set-cookie"] ?? []) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      cookies.set(name, value);
    }
    const header = reply.headers["x-csrf-header"];
    if (typeof header === "string") csrf[header] = String(reply.headers["x-csrf-token"]);
    return reply;
  }

  const self: TestAgent = {
    cookies,
    received,
    login: () => exchange("GET", "/me", undefined, basic(user)),
    get: (path) => exchange("GET", path),
    post: (path, body) => exchange("POST", path, body),
    operate: (id, operationName, parameters = {}) =>
      exchange("POST", `/me/interactions/${encodeURIComponent(id)}`, { operationName, ...parameters }),
    bayeux: (messages, path = "") => exchange("POST", `/notifications${path}`, messages),
    async handshake() {
      const reply = await self.bayeux(
        [{ channel: "/meta/handshake", version: "1.0", supportedConnectionTypes: ["long-polling"], id: "h" }],
        "/handshake",
      );
      clientId = text((reply.body as unknown as Json[])[0]?.["clientId"]);
      return clientId;
    },
    subscribe: (...topics) =>
      self.bayeux(
        topics.map((subscription) => ({
          channel: "/meta/subscribe",
          clientId,
          subscription,
          id: `s${messageId++}`,
        })),
      ),
    poll: (timeout) =>
      self.bayeux([
        {
          channel: "/meta/connect",
          clientId,
          connectionType: "long-polling",
          id: `c${messageId++}`,
          ...(timeout === undefined ? {} : { advice: { timeout } }),
        },
      ]),
    async listen() {
      await self.login();
      await self.handshake();
      await self.subscribe("/v2/me/interactions", "/v2/me/channels");
      isListening = true;
      void pollOn();
    },
    async catchUp() {
      const fence = `fence ${++fences}`;
      simulator.notify(user, "/v2/me/channels", { fence });
      while (!received.some(({ data }) => (data["fence"] as unknown) === fence)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const fresh = received.slice(seen).filter(({ data }) => data["fence"] === undefined);
      seen = received.length;
      return fresh;
    },
    async states() {
      return (await self.catchUp())
        .filter(({ channel }) => channel === "/v2/me/interactions")
        .map(({ data }) => {
          const fields = data["interaction"] ?? data;
          return `${text(fields["state"])} ${text(fields["id"])}`;
        });
    },
    hangUp() {
      isListening = false;
    },
  };

  async function pollOn(): Promise<void> {
    while (isListening) {
      const reply = await self.poll().catch(() => undefined);
      if (reply?.status !== 200) return;
      const messages = reply.body as unknown as { channel: string; data: Json }[];
      for (const { channel, data } of messages) {
        if (channel.startsWith("/meta/")) continue;
        const message = { channel, data };
        received.push(message);
        arrivedWith.set(message, reply.arrived);
      }
      wake();
    }
  }

  return self;
}
