import { type RestResponse, failure } from "./rest-response.ts";

/** An HTTP request as a value. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** Returns a header by its name in lower case, as the `Headers` of `fetch` do. */
  readonly header: (name: string) => string | null | undefined;
  readonly body: Uint8Array;
}

/** An HTTP response as a value. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a request comes on: a connection of a server, or a `fetch` in the same process. */
export interface HttpConnection {
  /** Names the user of the connection, for faults that cut it. */
  identify(user: string): void;
  /** Resolves when the response has left and the client could read it, or when the connection was cut. */
  sent(): Promise<void>;
  /** Resolves when a client in the same process could read everything that was sent before. */
  readByClients(): Promise<void>;
}

/** No operation of an agent is larger; a larger request gets 413. A connection need not keep more than this. */
export const maxBodyBytes = 1_048_576;

/** Returns the JSON of a body, `undefined` for an empty one, or the response that refuses it. */
export function readJson({
  header,
  body,
}: HttpRequest): { readonly json: unknown } | { readonly refused: RestResponse } {
  if (body.length > maxBodyBytes) return refused(413, `The body is larger than ${maxBodyBytes} bytes.`);
  if (body.length === 0) return { json: undefined };
  const contentType = header("content-type");
  if (typeof contentType === "string" && !/^application\/json\s*(;|$)/i.test(contentType)) {
    return refused(415, "The body must be application/json.");
  }
  try {
    return { json: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) };
  } catch {
    return refused(400, "The body is not JSON in UTF-8.");
  }
}

function refused(status: number, statusMessage: string): { readonly refused: RestResponse } {
  return { refused: failure(status, 4, statusMessage) };
}

/** Returns the value of a cookie in a `Cookie` header; of two with the same name, the first that `accept` accepts. */
export function readCookie(
  { header }: HttpRequest,
  wanted: string,
  accept: (value: string) => boolean = () => true,
): string | undefined {
  for (const cookie of (header("cookie") ?? "").split(";")) {
    const [name, value = ""] = cookie.trim().split("=", 2);
    if (name === wanted && accept(value)) return value;
  }
  return undefined;
}

export function textResponse({ status, headers, body }: RestResponse): HttpResponse {
  const isText = typeof body === "string";
  return {
    status,
    headers: {
      "Content-Type": isText ? "text/plain;charset=utf-8" : "application/json;charset=utf-8",
      ...headers,
    },
    body: isText ? body : JSON.stringify(body),
  };
}
