import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CommandFailure } from "./failure.ts";
import type { CommandIO } from "./command-io.ts";

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
  // The terminal does not echo in raw mode, and the echo of readline is dropped.
  const output = new Writable({ write: (_, __, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: true, historySize: 0 });
  const closed = new AbortController();
  // Ctrl-C and Ctrl-D close the interface.
  lines.once("close", () => closed.abort());
  try {
    return await lines.question("", { signal: closed.signal });
  } catch {
    throw new CommandFailure(1, "No password was given.");
  } finally {
    lines.close();
    stderr.write("\n");
  }
}
