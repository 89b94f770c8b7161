import type { LossReason } from "../../domain/connection.ts";
import { DeskError } from "../../domain/error.ts";
import type { Dialect, SessionRequests, WireRequest } from "../../dialects/dialect.ts";
import type { Cookies } from "./cookies.ts";
import { exchange, parseJson, type Exchanged, type ExchangeOptions, type HttpRequest } from "./exchange.ts";
import type { Failure } from "./retry.ts";

/** The name and password of the agent. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** What an HTTP session needs, and whom it notifies. */
export interface HttpSessionOptions extends ExchangeOptions {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly credentials: () => Credentials | Promise<Credentials>;
  readonly cookies: Cookies;
  readonly requestTimeout: number;
  readonly session: SessionRequests;
  readonly readAnswer: Dialect["readAnswer"];
  /** The server refused the credentials, also after one renewal. */
  readonly onDenied: () => void;
  /** The session was renewed; the contact-centre session of the previous one has ended. */
  readonly onRenewed: () => void;
}

/** A response whose body was parsed; `body` is `undefined` when it was not JSON. */
export type HttpAnswer =
  | { readonly kind: "answer"; readonly status: number; readonly body: unknown; readonly retryAfter: number }
  | Failure;

const csrfHeaderName = /^[A-Za-z0-9_-]{1,100}$/;
/** The headers that a server cannot set by naming them as its CSRF header. */
const ownHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "cookie",
  "host",
  "content-type",
  "accept",
]);

/**
 * The HTTP session of one desk: Basic authentication to sign in, then its cookie and, where the server asks for it,
 * its CSRF header. A 401 or 403 renews the session once; other requests wait for the renewal.
 */
export class HttpSession {
  readonly #options: HttpSessionOptions;
  /** One for each request, because Node warns of a leak when a signal has many listeners. */
  readonly #inFlight = new Set<AbortController>();
  #isClosed = false;
  #isDenied = false;
  #csrf: { readonly name: string; readonly token: string } | undefined;
  #authorization: string | undefined;
  #generation = 0;
  #signingIn: Promise<Failure | undefined> | undefined;
  /** Addresses that were refused right after a renewal; the second refusal in a row is final. */
  readonly #refused = new Set<string>();

  constructor(options: HttpSessionOptions) {
    this.#options = options;
  }

  /** How often the agent was signed in. What an earlier session began has ended with it. */
  get generation(): number {
    return this.#generation;
  }

  /** Signs in, or waits for a sign-in that is in flight. Resolves with the reason when it failed. */
  signIn(): Promise<Failure | undefined> {
    if (this.#isDenied) return Promise.resolve(failure("authentication"));
    this.#signingIn ??= this.#signInOnce().finally(() => {
      this.#signingIn = undefined;
    });
    return this.#signingIn;
  }

  /** Sends a request of the dialect. */
  async request({ method, path, body }: WireRequest): Promise<HttpAnswer> {
    const { url, requestTimeout: timeout } = this.#options;
    const result = await this.send({ method, url: url + path, body: JSON.stringify(body), timeout });
    if (result.kind === "failed") return result;
    const { kind, status, text, retryAfter } = result;
    return { kind, status, body: parseJson(text), retryAfter };
  }

  /** Sends the last request. It neither waits for a sign-in nor causes one. */
  async end({ method, path, body }: WireRequest, timeout: number): Promise<void> {
    await this.#exchange({ method, url: this.#options.url + path, body: JSON.stringify(body), timeout });
  }

  /** Sends a request with the session's headers, and again after a renewal when the server did not know the session. */
  async send(request: HttpRequest): Promise<Exchanged> {
    await this.#signingIn;
    const generation = this.#generation;
    let result = await this.#exchange(request);
    if (this.#isUnauthenticated(result)) {
      const signInFailure = this.#generation === generation ? await this.signIn() : undefined;
      if (signInFailure !== undefined) return signInFailure;
      result = await this.#exchange(request);
      if (this.#isUnauthenticated(result)) {
        // The server may have lost the new session, too. The caller retries, and only then it is a refusal.
        if (this.#refused.has(request.url)) this.#deny();
        this.#refused.add(request.url);
        return result;
      }
    }
    if (result.kind === "answer") this.#refused.delete(request.url);
    return result;
  }

  /** Aborts every request in flight, and forgets cookies and tokens. */
  close(): void {
    this.#isClosed = true;
    for (const abort of this.#inFlight) abort.abort();
    this.#forget();
  }

  #forget(): void {
    this.#options.cookies.clear();
    this.#csrf = undefined;
    this.#authorization = undefined;
  }

  #isUnauthenticated(result: Exchanged): boolean {
    if (this.#isDenied || result.kind === "failed") return false;
    const { status, text } = result;
    // Long responses are messages, perhaps megabytes of them. Only a short one can be about the session.
    const body = status >= 400 || text.length < 1000 ? parseJson(text) : undefined;
    return this.#options.readAnswer(status, body).kind === "unauthenticated";
  }

  async #exchange(request: HttpRequest, signInAs?: string): Promise<Exchanged> {
    const { cookies } = this.#options;
    const { method, url, body, abort = new AbortController() } = request;
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json;charset=UTF-8";
    if (this.#csrf !== undefined && method !== "GET") headers[this.#csrf.name] = this.#csrf.token;
    const authorization = signInAs ?? this.#authorization;
    if (authorization !== undefined) headers["Authorization"] = authorization;
    const cookie = cookies.header(url);
    if (cookie !== undefined) headers["Cookie"] = cookie;
    if (this.#isClosed) abort.abort();
    this.#inFlight.add(abort);
    const result = await exchange({ ...request, abort }, headers, this.#options);
    this.#inFlight.delete(abort);
    if (result.kind === "answer") {
      cookies.keep(url, result.response);
      this.#keepCsrf(result.response.headers);
    }
    return result;
  }

  async #signInOnce(isSecond = false): Promise<Failure | undefined> {
    const { url, session, cookies, requestTimeout } = this.#options;
    const { signIn, end, signedInAs } = session;
    this.#forget();
    let credentials: Credentials;
    try {
      credentials = await this.#options.credentials();
    } catch (error) {
      // Credentials of the wrong form stay wrong, but a source that fails may work the next time.
      if (error instanceof DeskError) this.#deny();
      return failure("authentication");
    }
    const { user, password } = credentials;
    const authorization = `Basic ${base64(`${user}:${password}`)}`;
    const address = url + signIn.path;
    const result = await this.#exchange(
      { method: signIn.method, url: address, timeout: requestTimeout },
      authorization,
    );
    if (result.kind === "failed") return result;
    if (this.#isUnauthenticated(result)) {
      this.#deny();
      return failure("authentication");
    }
    const body = parseJson(result.text);
    const reason = this.#signInFailure(result.status, result.text, body);
    if (reason !== undefined) return failure(reason, result.retryAfter);
    // A browser also sends the cookie of an agent who used it before, and the server may go by that. It is asked once to
    // end that session: a name that still differs is another spelling of the agent's.
    const name = signedInAs(body);
    const isOther = name !== undefined && name.toLowerCase() !== user.toLowerCase();
    if (isOther && !cookies.areVisible && !isSecond && end !== undefined) {
      await this.end(end, requestTimeout);
      return this.#signInOnce(true);
    }
    // Without a cookie the server keeps no session, so each request has to name the agent.
    if (cookies.areVisible && cookies.header(address) === undefined) this.#authorization = authorization;
    if (this.#generation++ > 0) this.#options.onRenewed();
    return undefined;
  }

  /** Returns why a response does not sign the agent in; `undefined` when it does. */
  #signInFailure(status: number, text: string, body: unknown): LossReason | undefined {
    if (status >= 500 || this.#options.readAnswer(status, body).kind === "refused") return "server-error";
    const isSuccess = status >= 200 && status < 300;
    // Text that is not JSON is most likely the login page of a proxy.
    return isSuccess && (text === "" || typeof body === "object") ? undefined : "unexpected-content";
  }

  #deny(): void {
    if (this.#isDenied) return;
    this.#isDenied = true;
    this.#options.onDenied();
  }

  #keepCsrf(headers: Headers): void {
    const name = headers.get("x-csrf-header");
    const token = headers.get("x-csrf-token");
    if (name === null || token === null || !csrfHeaderName.test(name) || ownHeaders.has(name.toLowerCase()))
      return;
    this.#csrf = { name, token };
  }
}

function failure(reason: LossReason, retryAfter = 0): Failure {
  return { kind: "failed", reason, retryAfter };
}

/** Returns Base64 of the UTF-8 bytes, as RFC 7617 requires for names and passwords beyond ASCII. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
