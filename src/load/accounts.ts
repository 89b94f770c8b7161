import { readFile } from "node:fs/promises";
import { CommandFailure, errorCode } from "./failure.ts";
import type { CommandIO } from "./command-io.ts";
import { findPassword } from "./password.ts";
import { parseCsv } from "./csv.ts";

/** An agent's account. */
export interface Account {
  readonly user: string;
  readonly password: string;
}

/** The sources of the accounts. */
export interface AccountOptions {
  /** A name, or a pattern such as `agent{1..1000}`. */
  readonly user?: string;
  /** A file with the columns user and password. */
  readonly users?: string;
}

const maxAccounts = 100_000;

/**
 * Resolves with the accounts. The password of a pattern comes from the environment or from a prompt; `{user}` in it stands
 * for the name of the user.
 *
 * @throws CommandFailure
 */
export async function findAccounts(
  { user, users }: AccountOptions,
  io: Pick<CommandIO, "env" | "stdin" | "stderr">,
): Promise<readonly Account[]> {
  if (users !== undefined) {
    const accounts = await readAccounts(users);
    checkUsers(accounts.map((account) => account.user));
    return accounts;
  }
  if (user === undefined) {
    throw new CommandFailure(
      2,
      "There are no agents: give --user 'agent{1..1000}', or --users with a CSV file of user and password.",
    );
  }
  const names = namesOf(user);
  checkUsers(names);
  const pattern = await findPassword(user, io);
  return names.map((name) => ({ user: name, password: pattern.replaceAll("{user}", name) }));
}

/** Returns the names that a pattern stands for: `{1..3}` is 1, 2, 3, and `{01..10}` keeps its zeros. */
export function namesOf(pattern: string): string[] {
  if (/^[^{}]+$/.test(pattern)) return [pattern];
  const [, before = "", from = "", to = "", after = ""] =
    /^([^{}]*)\{(\d{1,9})\.\.(\d{1,9})\}([^{}]*)$/.exec(pattern) ?? [];
  if (from === "") {
    throw new CommandFailure(2, "Expected --user to be a name, or a pattern such as agent{1..1000}.");
  }
  const [first, last] = [Number(from), Number(to)];
  if (last < first || last - first >= maxAccounts) {
    throw new CommandFailure(2, `Expected --user to count upwards, to at most ${maxAccounts} agents.`);
  }
  const width = from.startsWith("0") ? from.length : 0;
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `${before}${String(first + index).padStart(width, "0")}${after}`,
  );
}

async function readAccounts(file: string): Promise<Account[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new CommandFailure(2, `The accounts in ${file} cannot be read (${errorCode(error)}).`);
  });
  const [head, ...rows] = parseCsv(text, file);
  const columns = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const [userColumn, passwordColumn] = [columns.indexOf("user"), columns.indexOf("password")];
  if (userColumn < 0 || passwordColumn < 0) {
    throw new CommandFailure(2, `The first line of ${file} must name the columns: user,password.`);
  }
  return rows.map(({ cells, line }) => {
    const [user, password] = [cells[userColumn] ?? "", cells[passwordColumn] ?? ""];
    // A password that is cut at a comma would be reported as refused.
    if (cells.length !== columns.length || user === "") {
      throw new CommandFailure(
        2,
        `Line ${line} of ${file} is not an account: expected ${columns.length} columns and a user; ` +
          `a value with a comma or a quote needs "quotes".`,
      );
    }
    return { user, password };
  });
}

/** @throws CommandFailure unless all of them can sign in at the same time. */
function checkUsers(users: readonly string[]): void {
  if (users.length === 0) throw new CommandFailure(2, "There are no accounts.");
  const colon = users.find((user) => user.includes(":"));
  if (colon !== undefined) {
    // The rest may be a password.
    const shown = JSON.stringify(`${colon.split(":", 1)[0]}:…`);
    throw new CommandFailure(
      2,
      `The user ${shown} has a colon in the name, which HTTP authentication does not allow.`,
    );
  }
  const seen = new Set<string>();
  const twice = users.find((user) => seen.size === seen.add(user).size);
  if (twice === undefined) return;
  throw new CommandFailure(2, `The user ${twice} is listed twice: two bots cannot share an account.`);
}
