import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { createJiti } from "jiti";
import * as bot from "../../bot/index.ts";
import * as main from "../../index.ts";
import * as link from "../../links/gws/index.ts";
import * as simulator from "../../simulator/index.ts";
import { CommandFailure } from "../failure.ts";

/** A script that was loaded from a file. */
export interface LoadedScript {
  readonly script: bot.Script;
  /** The name of its file. */
  readonly name: string;
  /** The SHA-256 of its text. */
  readonly digest: string;
}

/**
 * What a script imports by name is what runs here, wherever the script lies: errors and think times are then of the
 * same classes, and nothing has to be installed beside the script.
 */
const virtualModules = {
  deskstate: main,
  "deskstate/bot": bot,
  "deskstate/gws": link,
  "deskstate/simulator": simulator,
};

/**
 * Loads a script in TypeScript or JavaScript.
 *
 * @throws CommandFailure when it cannot be loaded, or is no script.
 */
export async function loadScript(file: string): Promise<LoadedScript> {
  const path = resolve(file);
  const text = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "There is no such file" : `It cannot be read (${error.code})`;
    throw new CommandFailure(2, `${why}: ${file}`);
  });
  // Without caches: what is run is what stands in the file now.
  const jiti = createJiti(path, { virtualModules, fsCache: false, moduleCache: false });
  let loaded: unknown;
  try {
    loaded = await jiti.import(path);
  } catch (error) {
    throw new CommandFailure(2, `The script ${file} cannot be loaded: ${reasonOf(error)}`);
  }
  if (typeof loaded !== "object" || loaded === null || !("default" in loaded)) {
    throw new CommandFailure(
      2,
      `The script ${file} has no default export: expected export default defineBot({ … }).`,
    );
  }
  try {
    const digest = createHash("sha256").update(text).digest("hex");
    return { script: bot.defineBot(loaded.default as bot.Script), name: basename(path), digest };
  } catch (error) {
    const why = error instanceof bot.BotError ? error.message : String(error);
    throw new CommandFailure(2, `The script ${file} is no bot: ${why}`);
  }
}

/** What was wrong and where: a syntax error has its place in the lines after the first. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "it threw something that is no error.";
  const [message = "", ...more] = error.message.split("\n");
  const place = /:\d+:\d+(?=\D*$)/.exec(more.join(" "))?.[0];
  return `${error.name}: ${message.trim()}${place === undefined ? "" : ` at ${place.slice(1)}`}`;
}
