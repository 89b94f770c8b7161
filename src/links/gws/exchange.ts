import type { Clock } from "../../domain/clock.ts";
import { readRetryAfter, type Failure } from "./retry.ts";

/** One HTTP request, without the headers that a session adds. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body?: string | undefined;
  /** Milliseconds until the request is aborted; 0 leaves that to the caller's `abort`. */
  readonly timeout: number;
  readonly abort?: AbortController;
  /** Whether the request outlives the page that sent it. */
  readonly keepalive?: boolean;
}

/** The response to a request, or why there is none. */
export type Exchanged =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly text: string;
      readonly response: Response;
      readonly retryAfter: number;
    }
  | Failure;

/** How requests are sent. */
export interface ExchangeOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** A response with more bytes is aborted. */
  readonly maxResponseBytes: number;
}

/** Sends one HTTP request and reads the whole response as UTF-8. Never rejects; redirects are not followed. */
export async function exchange(
  request: HttpRequest,
  headers: Readonly<Record<string, string>>,
  { fetch, clock, maxResponseBytes }: ExchangeOptions,
): Promise<Exchanged> {
  const { method, url, body, timeout, abort = new AbortController(), keepalive = false } = request;
  let isTimeout = false;
  const onTimeout = () => {
    isTimeout = true;
    abort.abort();
  };
  const timer = timeout > 0 ? clock.setTimeout(onTimeout, timeout) : undefined;
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      // A redirect must not take the credentials to another address.
      redirect: "manual",
      credentials: "include",
      cache: "no-store",
      keepalive,
      signal: abort.signal,
    });
    const { status } = response;
    const retryAfter = readRetryAfter(response.headers.get("retry-after"), clock.now());
    const text = await readText(response, maxResponseBytes);
    if (text !== undefined) return { kind: "answer", status, text, response, retryAfter };
    abort.abort();
    return { kind: "failed", reason: "unexpected-content", retryAfter };
  } catch {
    // The error may contain addresses, so only the kind of failure is kept.
    return { kind: "failed", reason: isTimeout ? "timeout" : "network", retryAfter: 0 };
  } finally {
    clock.clearTimeout(timer);
  }
}

/** Returns the whole text, with characters whole that a chunk's edge cuts; `undefined` when it is too long. */
async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(value, { stream: true });
  }
}

/** Returns the value of a JSON text, or `undefined` when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
