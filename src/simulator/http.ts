import type { AnswerSpelling } from "./behaviour.ts";
import type { Refusal } from "./operations.ts";

/** An HTTP request as a value. */
export interface SimHttpRequest {
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

/** The carrier of a request: a connection of a server, or a `fetch` in the same process. */
export interface HttpConnection {
  /** Names the user of the connection, for faults that cut it. */
  identify(user: string): void;
  /** Resolves when the response has left and the client could read it, or when the connection was cut. */
  sent(): Promise<void>;
  /** Resolves when a client in the same process could read everything that was sent before. */
  readByClients(): Promise<void>;
}

/** A response of the REST interface before it is serialised. */
export interface RestResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent unchanged; anything else as JSON. */
  readonly body: unknown;
  /** Whether the request was carried out. */
  readonly executed: boolean;
}

/** No operation of an agent is larger; a larger request gets 413. A connection need not keep more than this. */
export const maxBodyBytes = 1_048_576;

/** Returns the JSON of a body, `undefined` for an empty one, or the response that refuses it. */
export function readJson({ header, body }: SimHttpRequest): {
  readonly json?: unknown;
  refused?: RestResponse;
} {
  const refuse = (status: number, message: string) => ({ refused: failure(status, 4, message) });
  if (body.length > maxBodyBytes) return refuse(413, `The body is larger than ${maxBodyBytes} bytes.`);
  if (body.length === 0) return {};
  if (!/^application\/json\s*(;|$)/i.test(header("content-type") ?? "application/json")) {
    return refuse(415, "The body must be application/json.");
  }
  try {
    return { json: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) };
  } catch {
    return refuse(400, "The body is not JSON in UTF-8.");
  }
}

/** Returns the value of a cookie in a `Cookie` header; of two with the same name, the first that `accept` accepts. */
export function readCookie(
  { header }: SimHttpRequest,
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
  const contentType = `${isText ? "text/plain" : "application/json"};charset=utf-8`;
  return {
    status,
    headers: { "Content-Type": contentType, ...headers },
    body: isText ? body : JSON.stringify(body),
  };
}

export function ok(body: object): RestResponse {
  return { status: 200, body: { statusCode: 0, ...body }, executed: true };
}

export function failure(status: number, statusCode: number, statusMessage: string): RestResponse {
  return { status, body: { statusCode, statusMessage }, executed: false };
}

/** The bodies of success and of failure in each spelling. */
const bodies: Readonly<
  Record<AnswerSpelling, readonly [success: object, failure: (refusal: Refusal) => object]>
> = {
  statusCode: [{ statusCode: 0 }, (refusal) => refusal],
  status0: [{ status: 0 }, ({ statusCode: status, statusMessage }) => ({ status, statusMessage })],
  string: [{ statusCode: "0" }, (refusal) => ({ ...refusal, statusCode: `${refusal.statusCode}` })],
  "status-ok": [
    { status: "ok" },
    ({ statusMessage }) => ({ status: "error", errorDescription: statusMessage }),
  ],
};

/** The HTTP statuses that mean the same as a status code; the documents give no table. */
const matchingHttpStatus: Readonly<Record<number, number>> = {
  1: 400,
  2: 409,
  3: 403,
  5: 403,
  6: 404,
  20: 401,
};

/** Returns the response to an operation that was executed, or refused with the HTTP status that `matching` chooses. */
export function operationResponse(
  spelling: AnswerSpelling,
  refusal: Refusal | undefined,
  refusedHttpStatus: "ok" | "matching",
): RestResponse {
  const [success, refusedBody] = bodies[spelling];
  if (refusal === undefined) return { status: 200, body: success, executed: true };
  // Not found is always 404; the status of other refusals is not documented.
  const isMatching = refusedHttpStatus === "matching" || refusal.statusCode === 6;
  const status = isMatching ? (matchingHttpStatus[refusal.statusCode] ?? 500) : 200;
  return { status, body: refusedBody(refusal), executed: false };
}
