/** The times of a server, in milliseconds. */
export interface ServerTimes {
  /** The hold time of a connect; default 10000. */
  readonly timeout?: number;
  /** The lifetime of a session without a connect; default 10000. */
  readonly maxInterval?: number;
}

/** A running CometD server that the same tests are run against. */
export interface Counterpart {
  /** The base URL: CometD answers below `/notifications`. */
  readonly url: string;
  /** The credentials for `GET /me`, for a server that wants an HTTP session. */
  readonly credentials?: { readonly user: string; readonly password: string };
  /** Sends a message on `/v2/me/interactions` to the sessions that are subscribed. */
  deliver(data: unknown): Promise<void> | void;
  /** Lets time pass for the server. */
  pass(ms: number): Promise<void> | void;
}

/** The known differences between servers. A test asserts each value, so that no difference is hidden. */
export interface Differences {
  /** The HTTP status for a held connect when a newer one of its session arrives. */
  readonly replacedConnect: number;
  /** Whether a session is also found without the cookie of its handshake. */
  readonly findsSessionWithoutCookie: boolean;
  /** The advice on the reply to a subscribe of an unknown session. */
  readonly adviceOnUnknownSubscribe: string | undefined;
  /** Whether the reply to a handshake carries advice. */
  readonly advisesOnHandshake: boolean;
  /** Whether the reply to a handshake offers acknowledgements to a client that did not ask for them. */
  readonly offersAcksUnasked: boolean;
  /** The answer to a connect that is sent after other messages. */
  readonly connectInBatch:
    | "immediately, with advice"
    | "immediately, without advice"
    | "after its timeout, without the replies before it";
  /** The HTTP status by malformed body; 200 is a Bayeux reply that names the failure. */
  readonly malformed: Readonly<Record<MalformedBody, number>>;
}

export const malformedBodies = [
  "",
  "{",
  "7",
  "null",
  "{}",
  "[]",
  "[null]",
  "[[]]",
  "[{}]",
  '[{"channel":7}]',
] as const;

export type MalformedBody = (typeof malformedBodies)[number];
