import type { Clock } from "../../domain/clock.ts";
import type { LossReason } from "../../domain/connection.ts";
import { readRetryAfter } from "./retry.ts";

/** One HTTP request, all headers included. */
export interface ExchangeRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds until it is given up; 0 leaves that to whoever has `abort`. */
  readonly timeout: number;
  /** Does it go on when the page that asked ends? */
  readonly keepalive?: boolean;
  /** Gives it up; its own time does so too. */
  readonly abort: AbortController;
}

/** What came of it. */
export type Exchanged =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly text: string;
      readonly response: Response;
      readonly retryAfter: number;
    }
  | { readonly kind: "failed"; readonly why: LossReason; readonly retryAfter: number };

/** What an exchange needs besides. */
export interface ExchangeOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** An answer with more bytes is given up. */
  readonly maxResponseBytes: number;
}

/** Does one HTTP request and reads its whole answer as UTF-8. Never rejects; redirects are not followed. */
export async function exchange(request: ExchangeRequest, options: ExchangeOptions): Promise<Exchanged> {
  const { clock } = options;
  const { abort } = request;
  let isTimeout = false;
  const timer =
    request.timeout > 0
      ? clock.setTimeout(() => {
          isTimeout = true;
          abort.abort();
        }, request.timeout)
      : undefined;
  try {
    const response = await options.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      // Credentials must not follow a server's word to another address.
      redirect: "manual",
      credentials: "include",
      cache: "no-store",
      keepalive: request.keepalive ?? false,
      signal: abort.signal,
    });
    const retryAfter = readRetryAfter(response.headers.get("retry-after"), clock.now());
    const text = await readText(response, options.maxResponseBytes);
    if (text === undefined) {
      abort.abort();
      return { kind: "failed", why: "unexpected-content", retryAfter };
    }
    return { kind: "answer", status: response.status, text, response, retryAfter };
  } catch {
    // The reason may hold addresses; whether it was time or the network is all that is kept.
    return { kind: "failed", why: isTimeout ? "timeout" : "network", retryAfter: 0 };
  } finally {
    clock.clearTimeout(timer);
  }
}

/** The whole text; `undefined` when it is longer than allowed. A character cut at the edge of a chunk stays whole. */
async function readText(response: Response, maxResponseBytes: number): Promise<string | undefined> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxResponseBytes) return undefined;
    text += decoder.decode(value, { stream: true });
  }
}

/** What a text says as JSON; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
