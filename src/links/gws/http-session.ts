import { createCookies } from "#cookies";
import type { Dialect, ServerOperations, WireRequest } from "../../dialects/dialect.ts";
import type { LossReason } from "../../domain/connection.ts";
import { DeskError } from "../../domain/error.ts";
import { exchange, type ExchangeOptions, type HttpAnswer, type HttpRequest } from "./exchange.ts";
import type { Failure } from "./retry.ts";

/** The name and password of the agent. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** The settings of an HTTP session, and its notifications. */
export interface HttpSessionOptions extends ExchangeOptions {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly credentials: () => Credentials | Promise<Credentials>;
  readonly requestTimeout: number;
  readonly dialect: Pick<Dialect<ServerOperations>, "session" | "readAnswer">;
  /** The server refused the credentials, also after one renewal. The session is closed. */
  readonly onDenied: () => void;
  /** The session was renewed; the contact-centre session of the previous one has ended. */
  readonly onRenewed: () => void;
}

export type HttpSession = ReturnType<typeof createHttpSession>;

/** The CSRF header that a server may name: not one that the link sets itself. */
const csrfHeaderName = /^(?!(authorization|cookie|host|content-type|accept)$)[\w-]{1,100}$/i;

/**
 * Creates the HTTP session of one desk: Basic authentication to sign in, then its cookie and, where the server asks for
 * it, its CSRF header. A 401 or 403 renews the session once; other requests wait for the renewal.
 */
export function createHttpSession(options: HttpSessionOptions) {
  const { url: baseUrl, requestTimeout, dialect, onDenied, onRenewed } = options;
  const cookies = createCookies(options.clock);
  /** One for each request, because Node warns of a leak when a signal has many listeners. */
  const inFlight = new Set<AbortController>();
  let isClosed = false;
  let generation = 0;
  let csrf: Readonly<Record<string, string>> = {};
  let authorization: string | undefined;
  let signingIn: Promise<Failure | undefined> | undefined;
  /** Addresses that were refused right after a renewal; the second refusal in a row is final. */
  const refused = new Set<string>();

  const forget = () => {
    cookies.clear();
    csrf = {};
    authorization = undefined;
  };

  /** Aborts every request in flight, and forgets cookies and tokens. */
  const close = () => {
    isClosed = true;
    for (const abort of inFlight) abort.abort();
    forget();
  };

  const deny = (): Failure => {
    if (!isClosed) {
      close();
      onDenied();
    }
    return failure("authentication");
  };

  const isUnauthenticated = (result: HttpAnswer | Failure) =>
    !isClosed &&
    result.kind === "answer" &&
    dialect.readAnswer(result.status, result.body).kind === "unauthenticated";

  const toHttp = ({ method, path, body }: WireRequest, timeout = requestTimeout): HttpRequest => ({
    method,
    url: baseUrl + path,
    body,
    timeout,
  });

  const exchangeOnce = async (request: HttpRequest, authorizeBy = authorization) => {
    const { method, url, body, abort = new AbortController() } = request;
    const cookie = cookies.header(url);
    const headers = {
      Accept: "application/json",
      ...(body === undefined ? {} : { "Content-Type": "application/json;charset=UTF-8" }),
      ...(method === "GET" ? {} : csrf),
      ...(authorizeBy === undefined ? {} : { Authorization: authorizeBy }),
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    };
    if (isClosed) abort.abort();
    inFlight.add(abort);
    const result = await exchange({ ...request, abort }, headers, options);
    inFlight.delete(abort);
    if (result.kind === "answer") {
      cookies.keep(url, result.response);
      keepCsrf(result.response.headers);
    }
    return result;
  };

  const keepCsrf = (headers: Headers) => {
    const name = headers.get("x-csrf-header") ?? "";
    const token = headers.get("x-csrf-token");
    if (token !== null && csrfHeaderName.test(name)) csrf = { [name]: token };
  };

  const signInOnce = async (isSecond = false): Promise<Failure | undefined> => {
    const { signIn, end, signedInAs } = dialect.session;
    forget();
    let credentials: Credentials;
    try {
      credentials = await options.credentials();
    } catch (error) {
      // Malformed credentials stay malformed, but a source that fails may work the next time.
      return error instanceof DeskError ? deny() : failure("authentication");
    }
    const { user, password } = credentials;
    const basic = `Basic ${base64(`${user}:${password}`)}`;
    const request = toHttp(signIn);
    const result = await exchangeOnce(request, basic);
    if (result.kind === "failed") return result;
    if (isUnauthenticated(result)) return deny();
    const reason = signInFailure(result);
    if (reason !== undefined) return failure(reason, result.retryAfter);
    // A browser also sends the cookie of an agent who used it before, and the server may go by that. It is asked once to
    // end that session: a name that still differs is another spelling of the agent's.
    const name = signedInAs(result.body);
    const isOther = name !== undefined && name.toLowerCase() !== user.toLowerCase();
    if (isOther && !cookies.areVisible && !isSecond && end !== undefined) {
      await exchangeOnce(toHttp(end));
      return signInOnce(true);
    }
    // Without a cookie the server keeps no session, so each request has to name the agent.
    if (cookies.areVisible && cookies.header(request.url) === undefined) authorization = basic;
    if (generation++ > 0) onRenewed();
    return undefined;
  };

  /** Returns why a response does not sign the agent in; `undefined` when it does. */
  const signInFailure = ({ status, text, body }: HttpAnswer): LossReason | undefined => {
    if (status >= 500 || dialect.readAnswer(status, body).kind === "refused") return "server-error";
    const isSuccess = status >= 200 && status < 300;
    // Text that is not JSON is most likely the login page of a proxy.
    return isSuccess && (text === "" || typeof body === "object") ? undefined : "unexpected-content";
  };

  /** Signs in, or waits for a sign-in that is in flight. Resolves with the reason when it failed. */
  const signIn = async () => {
    if (isClosed) return failure("authentication");
    signingIn ??= signInOnce().finally(() => (signingIn = undefined));
    return signingIn;
  };

  /** Sends a request with the session's headers, and again after a renewal when the server did not know the session. */
  const send = async (request: HttpRequest): Promise<HttpAnswer | Failure> => {
    await signingIn;
    const sentIn = generation;
    let result = await exchangeOnce(request);
    if (isUnauthenticated(result)) {
      const signInFailed = generation === sentIn ? await signIn() : undefined;
      if (signInFailed !== undefined) return signInFailed;
      result = await exchangeOnce(request);
      if (isUnauthenticated(result)) {
        // The server may have lost the new session, too. The caller retries, and only then it is a refusal.
        if (refused.has(request.url)) deny();
        refused.add(request.url);
        return result;
      }
    }
    if (result.kind === "answer") refused.delete(request.url);
    return result;
  };

  return {
    /** The number of sign-ins. A new sign-in ends everything that an earlier session began. */
    get generation() {
      return generation;
    },
    signIn,
    /** Sends a request of the dialect. */
    request: (request: WireRequest) => send(toHttp(request)),
    send,
    /** Sends the last request. It neither waits for a sign-in nor causes one. */
    end: (request: WireRequest, timeout: number) => exchangeOnce(toHttp(request, timeout)),
    close,
  };
}

function failure(reason: LossReason, retryAfter = 0): Failure {
  return { kind: "failed", reason, retryAfter };
}

/** Returns Base64 of the UTF-8 bytes, as RFC 7617 requires for names and passwords beyond ASCII. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
