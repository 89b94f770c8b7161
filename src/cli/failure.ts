/** A command that cannot go on. The message is one line for people, free of secrets and customer data. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  /** 1: it did not work out; 2: it was asked for in a wrong way. */
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
