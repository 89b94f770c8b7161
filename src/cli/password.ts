import type { ReadStream } from "node:tty";
import { CommandFailure } from "./failure.ts";
import { readKeys } from "./read-keys.ts";
import { withoutLast } from "./plain-text.ts";

/** Where a password may come from. */
export interface PasswordSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: ReadStream;
  readonly stderr: NodeJS.WritableStream;
}

/**
 * The password of a user: `DESKSTATE_PASSWORD`, or else a prompt that does not show what is typed. Never an argument,
 * which every user of the machine could read in the list of processes.
 *
 * @throws CommandFailure when there is neither.
 */
export async function findPassword(user: string, { env, stdin, stderr }: PasswordSources): Promise<string> {
  const given = env["DESKSTATE_PASSWORD"];
  if (given !== undefined && given !== "") return given;
  if (!stdin.isTTY) {
    throw new CommandFailure(
      2,
      "There is no password: set DESKSTATE_PASSWORD, or start it in a terminal to be asked.",
    );
  }
  stderr.write(`Password of ${user} (it is not shown): `);
  try {
    return await ask(stdin);
  } finally {
    stderr.write("\n");
  }
}

function ask(stdin: ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = "";
    const stop = readKeys(stdin, ({ name, ctrl, text }) => {
      if (name === "return" || name === "enter") {
        stop();
        resolve(typed);
      } else if (ctrl && (name === "c" || name === "d")) {
        stop();
        reject(new CommandFailure(1, "No password was given."));
      } else if (name === "backspace") typed = withoutLast(typed);
      else if (ctrl && name === "u") typed = "";
      else typed += text;
    });
  });
}
