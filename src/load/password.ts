import { emitKeypressEvents, type Key } from "node:readline";
import { CommandFailure } from "./failure.ts";
import type { CommandIO, InputStream } from "./command-io.ts";

/**
 * Resolves with the password of a user: `DESKSTATE_PASSWORD`, or else the answer to a prompt that does not echo. A
 * password is never an argument, because every user of the machine can read the list of processes.
 *
 * @throws CommandFailure when there is neither.
 */
export async function findPassword(
  user: string,
  { env, stdin, stderr }: Pick<CommandIO, "env" | "stdin" | "stderr">,
): Promise<string> {
  const given = env["DESKSTATE_PASSWORD"];
  if (given !== undefined && given !== "") return given;
  if (stdin.isTTY !== true) {
    throw new CommandFailure(2, "There is no password: set DESKSTATE_PASSWORD, or run it in a terminal.");
  }
  stderr.write(`Password of ${user} (it is not shown): `);
  try {
    return await readHidden(stdin);
  } finally {
    stderr.write("\n");
  }
}

/** Reads a line in raw mode, because in that mode the terminal does not echo. */
async function readHidden(stdin: InputStream): Promise<string> {
  const { promise, resolve, reject } = deferred();
  let typed = "";
  const listener = (text: string | undefined, { name, ctrl, meta }: Key): void => {
    if (name === "return" || name === "enter") resolve(typed);
    else if (ctrl === true && (name === "c" || name === "d")) {
      reject(new CommandFailure(1, "No password was given."));
    } else if (name === "backspace") typed = typed.replace(/.$/u, "");
    else if (ctrl === true && name === "u") typed = "";
    else if (ctrl !== true && meta !== true && text !== undefined && !/\p{Cc}/u.test(text)) typed += text;
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode?.(true);
  stdin.on("keypress", listener).resume();
  try {
    return await promise;
  } finally {
    stdin.off("keypress", listener).pause();
    stdin.setRawMode?.(false);
  }
}

function deferred() {
  let resolve!: (text: string) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<string>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}
