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
 * - `no-provider`: a hook or composable was used where no desk is provided.
 */
export type DeskErrorCode =
  | "invalid-arguments"
  | "invalid-options"
  | "insecure-url"
  | "authentication-failed"
  | "connection-refused"
  | "stopped"
  | "no-such-interaction"
  | "no-provider";

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
