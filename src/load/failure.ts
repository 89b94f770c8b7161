/** A command that cannot continue. The message is one line for people, free of secrets and customer data. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  /** 1: the command failed; 2: it was used incorrectly. */
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Returns the code of a system error, such as `ENOENT`. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown error";
}
