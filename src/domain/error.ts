/**
 * Why a call failed. A closed list.
 *
 * - `invalid-arguments`: the caller's arguments are wrong; the message says what was expected.
 * - `invalid-options`: the options of a desk or link are wrong.
 * - `insecure-url`: plain `http:` to another machine was not asked for.
 * - `authentication-failed`: the server refused the credentials, also after one renewal.
 * - `connection-refused`: the server told the client not to come back.
 * - `stopped`: the desk was stopped while it was starting.
 * - `no-such-interaction`: the desk does not have it.
 */
export type DeskErrorCode =
  | "invalid-arguments"
  | "invalid-options"
  | "insecure-url"
  | "authentication-failed"
  | "connection-refused"
  | "stopped"
  | "no-such-interaction";

/** The one error class. Misuse throws it at once; a desk that cannot start rejects with it. */
export class DeskError extends Error {
  override readonly name = "DeskError";
  readonly code: DeskErrorCode;
  /** May the same call succeed later without a change? */
  readonly retryable: boolean;
  /** The interaction concerned. */
  readonly id: string | undefined;
  /** The operation concerned. */
  readonly operation: string | undefined;

  constructor(
    code: DeskErrorCode,
    message: string,
    about: { retryable?: boolean; id?: string; operation?: string } = {},
  ) {
    super(message);
    this.code = code;
    this.retryable = about.retryable ?? false;
    this.id = about.id;
    this.operation = about.operation;
  }
}

/** All texts of errors, in one place: what failed, why, what to do. */
export const errorText = {
  wrongArgument: (operation: string, name: string, expected: string, got: string) =>
    `${operation} was not sent: "${name}" must be ${expected}, but it is ${got}.`,
  unknownArgument: (operation: string, name: string, known: readonly string[]) =>
    `${operation} was not sent: it has no argument "${name}". ` +
    (known.length > 0 ? `It takes ${known.join(", ")}.` : "It takes none."),
  notAnObject: (operation: string, got: string) =>
    `${operation} was not sent: its arguments must be one object, but they are ${got}.`,
  notExactlyOne: (operation: string, names: readonly string[]) =>
    `${operation} was not sent: give exactly one of ${names.join(", ")}.`,
  unsafeId: (what: string) =>
    `The ${what} cannot be part of an address: it must not be empty, "." or "..", nor hold "/", "\\" or control characters.`,
  option: (name: string, expected: string, got: string) =>
    `The option "${name}" must be ${expected}, but it is ${got}.`,
  insecureUrl: (host: string) =>
    `Refusing to send credentials to ${host} over plain http. Use https, or set allowInsecure: true if you accept that.`,
  urlWithSecrets: () =>
    'The option "url" must not hold a user or password. Give them as credentials instead.',
  authentication: () =>
    "The server refused the credentials, and one renewal of the session did not help. Check user and password, then start again.",
  refused: () =>
    "The server told this client not to come back (advice: none). Start again to make a new attempt.",
  stopped: () => "The desk was stopped before it was live.",
} as const;
