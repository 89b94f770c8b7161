import type { LossReason } from "../../domain/connection.ts";
import { DeskError } from "../../domain/error.ts";
import type { Dialect, SessionRequests, WireRequest } from "../../dialects/dialect.ts";
import type { Cookies } from "./cookies.ts";
import { exchange, parseJson, type Exchanged, type ExchangeOptions } from "./exchange.ts";

/** Who the agent is. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** What an HTTP session needs. */
export interface HttpSessionOptions extends ExchangeOptions {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly credentials: () => Credentials | Promise<Credentials>;
  readonly cookies: Cookies;
  readonly requestTimeout: number;
  readonly session: SessionRequests;
  readonly readAnswer: Dialect["readAnswer"];
  /** The server refused the credentials, also after one renewal. */
  readonly denied: () => void;
  /** The session was renewed; the contact-centre session of the old one is gone. */
  readonly renewed: () => void;
}

/** An answer whose body was parsed; `body` is `undefined` when it was not JSON. */
export type HttpAnswer =
  | { readonly kind: "answer"; readonly status: number; readonly body: unknown; readonly retryAfter: number }
  | { readonly kind: "failed"; readonly why: LossReason; readonly retryAfter: number };

/** A request that gets the session's headers. */
export interface SessionRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body: string | undefined;
  /** Milliseconds until it is given up; 0 leaves that to whoever has `abort`. */
  readonly timeout: number;
  /** Gives it up. */
  readonly abort?: AbortController;
  /** Does it go on when the page that asked ends? */
  readonly keepalive?: boolean;
}

const csrfHeaderName = /^[A-Za-z0-9_-]{1,100}$/;
/** Never to be set by a server's word. */
const ownHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "cookie",
  "host",
  "content-type",
  "accept",
]);

/**
 * The HTTP session of one desk: Basic authentication to sign in, then its cookie and, where the server asks for it,
 * its CSRF header. A 401 or 403 renews it once; whoever asks meanwhile waits for the renewal.
 */
export class HttpSession {
  readonly #options: HttpSessionOptions;
  /** One for each request: a signal that many listen to makes Node warn of a leak. */
  readonly #underWay = new Set<AbortController>();
  #isClosed = false;
  #csrf: { readonly name: string; readonly token: string } | undefined;
  #authorization: string | undefined;
  /** Raised by each sign-in. */
  #generation = 0;
  #signingIn: Promise<boolean> | undefined;
  #isDenied = false;
  /** Addresses that were refused right after a renewal; the second time in a row is final. */
  readonly #refused = new Set<string>();
  #failure: LossReason = "network";
  #retryAfter = 0;

  constructor(options: HttpSessionOptions) {
    this.#options = options;
  }

  /** Raised by each sign-in: what was begun in an earlier one is gone. */
  get generation(): number {
    return this.#generation;
  }

  /** Signs in. `denied` was called when the server refused. */
  async signIn(): Promise<"done" | "denied" | { why: LossReason; retryAfter: number }> {
    if (await this.#signIn()) return "done";
    return this.#isDenied ? "denied" : { why: this.#failure, retryAfter: this.#retryAfter };
  }

  /** Does a request of the dialect. */
  async request(wire: WireRequest, timeout = this.#options.requestTimeout): Promise<HttpAnswer> {
    const body = wire.body === undefined ? undefined : JSON.stringify(wire.body);
    const result = await this.send({
      method: wire.method,
      url: this.#options.url + wire.path,
      body,
      timeout,
    });
    if (result.kind === "failed") return result;
    return {
      kind: "answer",
      status: result.status,
      body: parseJson(result.text),
      retryAfter: result.retryAfter,
    };
  }

  /** Does the last request: it waits for no sign-in, and begins none. */
  async end({ method, path, body }: WireRequest, timeout: number): Promise<void> {
    await this.#exchange({ method, url: this.#options.url + path, body: JSON.stringify(body), timeout });
  }

  /** Does a request with the session's headers, and once more after a renewal when the server did not know it. */
  async send(request: SessionRequest): Promise<Exchanged> {
    await this.#signingIn;
    const generation = this.#generation;
    const result = await this.#exchange(request);
    if (!this.#isUnauthenticated(result)) return this.#accepted(request, result);
    if (this.#generation === generation && !(await this.#signIn())) {
      return {
        kind: "failed",
        why: this.#isDenied ? "authentication" : this.#failure,
        retryAfter: this.#retryAfter,
      };
    }
    const again = await this.#exchange(request);
    if (!this.#isUnauthenticated(again)) return this.#accepted(request, again);
    // The server may have lost the new session too; whoever asked has to try again, and only then it is a refusal.
    if (this.#refused.has(request.url)) this.#deny();
    this.#refused.add(request.url);
    return again;
  }

  #accepted(request: SessionRequest, result: Exchanged): Exchanged {
    if (result.kind === "answer") this.#refused.delete(request.url);
    return result;
  }

  /** Gives up everything that is under way, and forgets cookies and tokens. */
  close(): void {
    this.#isClosed = true;
    for (const abort of this.#underWay) abort.abort();
    this.#options.cookies.clear();
    this.#csrf = undefined;
    this.#authorization = undefined;
  }

  #isUnauthenticated(result: Exchanged): boolean {
    if (this.#isDenied || result.kind === "failed") return false;
    const { status, text } = result;
    // Only what can be an answer about the session is worth parsing: the rest may be megabytes of messages.
    const body = status >= 400 || text.length < 1000 ? parseJson(text) : undefined;
    return this.#options.readAnswer(status, body).kind === "unauthenticated";
  }

  async #exchange(request: SessionRequest, signInAs?: string): Promise<Exchanged> {
    const { cookies } = this.#options;
    const { method, url, body, timeout, keepalive = false, abort = new AbortController() } = request;
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json;charset=UTF-8";
    if (this.#csrf !== undefined && method !== "GET") headers[this.#csrf.name] = this.#csrf.token;
    const authorization = signInAs ?? this.#authorization;
    if (authorization !== undefined) headers["Authorization"] = authorization;
    const cookie = cookies.header(url);
    if (cookie !== undefined) headers["Cookie"] = cookie;
    if (this.#isClosed) abort.abort();
    this.#underWay.add(abort);
    const result = await exchange(
      { method, url, headers, timeout, keepalive, abort, ...(body === undefined ? {} : { body }) },
      this.#options,
    );
    this.#underWay.delete(abort);
    if (result.kind === "answer") {
      cookies.keep(url, result.response);
      this.#keepCsrf(result.response.headers);
    }
    return result;
  }

  #signIn(): Promise<boolean> {
    if (this.#isDenied) return Promise.resolve(false);
    this.#signingIn ??= this.#signInOnce().finally(() => {
      this.#signingIn = undefined;
    });
    return this.#signingIn;
  }

  async #signInOnce(isSecond = false): Promise<boolean> {
    const { url, session, cookies, requestTimeout } = this.#options;
    const { signIn, end, signedInAs } = session;
    cookies.clear();
    this.#csrf = undefined;
    this.#authorization = undefined;
    let credentials: Credentials;
    try {
      credentials = await this.#options.credentials();
    } catch (error) {
      // Credentials of the wrong form never become right; a source that fails may work the next time.
      if (error instanceof DeskError) this.#deny();
      this.#failure = "authentication";
      return false;
    }
    const { user, password } = credentials;
    const authorization = `Basic ${base64(`${user}:${password}`)}`;
    const address = url + signIn.path;
    const request = { method: signIn.method, url: address, body: undefined, timeout: requestTimeout };
    const result = await this.#exchange(request, authorization);
    if (this.#isUnauthenticated(result)) {
      this.#deny();
      return false;
    }
    this.#retryAfter = result.retryAfter;
    const failure = result.kind === "failed" ? result.why : this.#signInFailure(result.status, result.text);
    if (failure !== undefined) {
      this.#failure = failure;
      return false;
    }
    // A browser sends the cookie that another agent left in it, and the server may go by that. It is asked to forget that
    // session, once: a name that differs still is another spelling of the agent's.
    const name = result.kind === "answer" ? signedInAs(parseJson(result.text)) : undefined;
    const isOther = name !== undefined && name.toLowerCase() !== user.toLowerCase();
    if (isOther && !cookies.areVisible && !isSecond && end !== undefined) {
      await this.end(end, requestTimeout);
      return this.#signInOnce(true);
    }
    // Without a cookie the server keeps no session, so each request has to say who asks.
    if (cookies.areVisible && cookies.header(address) === undefined) this.#authorization = authorization;
    if (this.#generation++ > 0) this.#options.renewed();
    return true;
  }

  /** Why an answer does not sign in; `undefined` when it does. */
  #signInFailure(status: number, text: string): LossReason | undefined {
    const body = parseJson(text);
    if (this.#options.readAnswer(status, body).kind === "refused" || status >= 500) return "server-error";
    const isSuccess = status >= 200 && status < 300;
    // Text that is not JSON is the login page of some proxy, most likely.
    return isSuccess && (text === "" || typeof body === "object") ? undefined : "unexpected-content";
  }

  #deny(): void {
    if (this.#isDenied) return;
    this.#isDenied = true;
    this.#options.denied();
  }

  #keepCsrf(headers: Headers): void {
    const name = headers.get("x-csrf-header");
    const token = headers.get("x-csrf-token");
    if (name === null || token === null || !csrfHeaderName.test(name) || ownHeaders.has(name.toLowerCase()))
      return;
    this.#csrf = { name, token };
  }
}

/** Base64 of the UTF-8 bytes, as RFC 7617 has it for names and passwords beyond ASCII. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
