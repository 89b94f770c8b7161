import type { Clock } from "../../domain/clock.ts";
import { readRetryAfter, type Failure } from "./retry.ts";

/** One HTTP request, without the headers that a session adds. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Milliseconds until the request is aborted; 0 leaves that to the caller's `abort`. */
  readonly timeout: number;
  readonly abort?: AbortController;
  /** Whether the request outlives the page that sent it. */
  readonly keepalive?: boolean;
}

/** The response to a request. */
export interface HttpAnswer {
  readonly kind: "answer";
  readonly status: number;
  readonly text: string;
  /** The parsed JSON; `undefined` when the text is not JSON. */
  readonly body: unknown;
  readonly response: Response;
  /** The milliseconds that the server asked the client to wait before it retries; 0 when it did not ask. */
  readonly retryAfter: number;
}

/** The settings of all requests of a link. */
export interface ExchangeOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** A response with more bytes is aborted. */
  readonly maxResponseBytes: number;
}

/** Sends one HTTP request and reads the whole response as UTF-8. Never rejects; redirects are not followed. */
export async function exchange(
  { method, url, body, timeout, abort = new AbortController(), keepalive = false }: HttpRequest,
  headers: Readonly<Record<string, string>>,
  { fetch, clock, maxResponseBytes }: ExchangeOptions,
): Promise<HttpAnswer | Failure> {
  let reason: Failure["reason"] = "network";
  let retryAfter = 0;
  const onTimeout = () => {
    reason = "timeout";
    abort.abort();
  };
  const timer = timeout > 0 ? clock.setTimeout(onTimeout, timeout) : undefined;
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      // A redirect must not take the credentials to another address.
      redirect: "manual",
      credentials: "include",
      cache: "no-store",
      keepalive,
      signal: abort.signal,
    });
    const { status } = response;
    retryAfter = readRetryAfter(response.headers.get("retry-after"), clock.now());
    const text = await readText(response, maxResponseBytes);
    if (text !== undefined)
      return { kind: "answer", status, text, body: parseJson(text), response, retryAfter };
    reason = "unexpected-content";
    abort.abort();
  } catch {
    // The error may contain addresses, so only the kind of failure is kept.
  } finally {
    clock.clearTimeout(timer);
  }
  return { kind: "failed", reason, retryAfter };
}

/** Returns the whole text, with characters whole that a chunk's edge cuts; `undefined` when it is too long. */
async function readText({ body }: Response, maxBytes: number): Promise<string | undefined> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const chunk = (await reader?.read())?.value;
    if (chunk === undefined) return text + decoder.decode();
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
