/**
 * The reason why a call failed. A closed list.
 *
 * - `invalid-arguments`: an argument is invalid; the message names what was expected.
 * - `invalid-options`: an option of a desk or link is invalid.
 * - `insecure-url`: plain `http:` to another machine was not allowed.
 * - `authentication-failed`: the server refused the credentials twice.
 * - `connection-refused`: the server refused further connections.
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

/** The only error class. Misuse throws it synchronously; `start()` rejects with it. */
export class DeskError extends Error {
  override readonly name = "DeskError";
  readonly code: DeskErrorCode;
  /** Whether the same call may succeed later. */
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
