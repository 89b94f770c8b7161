import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as nodeModule from "node:module";
import { basename, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { BotError, defineBot, type Script } from "../bot/index.ts";
import { CommandFailure, errorCode } from "./failure.ts";

/** A script that was loaded from a file. */
export interface LoadedScript {
  readonly script: Script;
  /** The name of its file. */
  readonly name: string;
  /** The SHA-256 of its text. */
  readonly digest: string;
}

/** Loads modules. */
export interface ModuleLoaders {
  /** Loads a module as Node does. */
  readonly importModule: (url: string) => Promise<unknown>;
  /** Loads the optional package jiti. */
  readonly importJiti: () => Promise<Pick<typeof import("jiti"), "createJiti">>;
}

/**
 * The entries of this package that a script may import. They resolve to the modules that run the command, wherever the
 * script is: errors are then of the same classes, and nothing has to be installed beside the script.
 */
const entries = [
  ["deskstate", "../index"],
  ["deskstate/bot", "../bot/index"],
  ["deskstate/gws", "../links/gws/index"],
  ["deskstate/simulator", "../simulator/index"],
] as const;

const nodeLoaders: ModuleLoaders = {
  importModule: (url) => import(url),
  importJiti: () => import("jiti"),
};

/** Why Node cannot run a script by itself, by the codes of its errors; jiti can. */
const reasonsForJiti: Readonly<Record<string, string>> = {
  ERR_UNKNOWN_FILE_EXTENSION: "is TypeScript, which Node runs by itself from 22.18 on",
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX: "has TypeScript that Node cannot strip, such as an enum",
};

/**
 * Loads a script in TypeScript or JavaScript: by Node itself where it can, otherwise by the optional package jiti.
 *
 * @throws CommandFailure when it cannot be loaded, or is not a script.
 */
export async function loadScript(file: string, loaders = nodeLoaders): Promise<LoadedScript> {
  const path = resolve(file);
  const text = await readFile(path).catch((error: unknown) => {
    const code = errorCode(error);
    const reason = code === "ENOENT" ? "There is no such file" : `It cannot be read (${code})`;
    throw new CommandFailure(2, `${reason}: ${file}`);
  });
  const loaded = await importScript(path, file, loaders);
  if (typeof loaded !== "object" || loaded === null || !("default" in loaded)) {
    throw new CommandFailure(
      2,
      `The script ${file} has no default export: expected export default defineBot({ … }).`,
    );
  }
  try {
    const digest = createHash("sha256").update(text).digest("hex");
    return { script: defineBot(loaded.default as Script), name: basename(path), digest };
  } catch (error) {
    const reason = error instanceof BotError ? error.message : String(error);
    throw new CommandFailure(2, `The script ${file} is not a bot: ${reason}`);
  }
}

async function importScript(path: string, file: string, loaders: ModuleLoaders): Promise<unknown> {
  const unhook = hookEntries();
  try {
    return await loaders.importModule(pathToFileURL(path).href);
  } catch (error) {
    const reason = reasonForJiti(error);
    if (reason === undefined) throw loadFailure(file, error);
    const jiti = await loaders.importJiti().catch(() => {
      throw new CommandFailure(2, `The script ${file} ${reason}: install jiti beside deskstate to run it.`);
    });
    return await importWithJiti(path, jiti).catch((failure: unknown) => {
      throw loadFailure(file, failure);
    });
  } finally {
    unhook();
  }
}

function reasonForJiti(error: unknown): string | undefined {
  // The hook of older versions of Node does not reach `require`.
  return error instanceof Error && /^Cannot find (module|package) 'deskstate/.test(error.message)
    ? "requires deskstate as CommonJS, which Node resolves here from 22.15 on"
    : reasonsForJiti[errorCode(error)];
}

async function importWithJiti(
  path: string,
  { createJiti }: Awaited<ReturnType<ModuleLoaders["importJiti"]>>,
) {
  const virtualModules = {
    deskstate: await import("../index.ts"),
    "deskstate/bot": await import("../bot/index.ts"),
    "deskstate/gws": await import("../links/gws/index.ts"),
    "deskstate/simulator": await import("../simulator/index.ts"),
  };
  // Without caches, so that the file runs as it is now.
  const loaded = await createJiti(path, { virtualModules, fsCache: false, moduleCache: false }).import(path);
  return extname(path) === ".cjs" ? { default: loaded } : loaded;
}

type ResolveHook = (name: string, context: object, next: (name: string, context: object) => object) => object;

/** Node 22.15 and later have hooks in the same thread, which `require` uses as well. */
interface SynchronousHooks {
  readonly registerHooks?: (hooks: { readonly resolve: ResolveHook }) => { readonly deregister: () => void };
}

/** Resolves {@link entries}. @returns a function that ends it, where Node can. */
function hookEntries(): () => void {
  const urls = new Map<string, string>(
    entries.map(([name, file]) => [
      name,
      new URL(`${file}${extname(import.meta.url)}`, import.meta.url).href,
    ]),
  );
  const { registerHooks } = nodeModule as typeof nodeModule & SynchronousHooks;
  if (registerHooks !== undefined) {
    const hooks = registerHooks({
      resolve: (name, context, next) => {
        const url = urls.get(name);
        return url === undefined ? next(name, context) : { url, shortCircuit: true };
      },
    });
    return () => hooks.deregister();
  }
  nodeModule.register(`data:text/javascript,${encodeURIComponent(hookOfOlderNode)}`, { data: [...urls] });
  return () => {};
}

/** The same hook for the thread in which older versions of Node run hooks. */
const hookOfOlderNode = `
  const urls = new Map();
  export function initialize(data) { for (const [name, url] of data) urls.set(name, url); }
  export function resolve(name, context, next) {
    const url = urls.get(name);
    return url === undefined ? next(name, context) : { url, shortCircuit: true };
  }`;

/** Returns a failure with the place of a syntax error, which is in a line beside its message. */
function loadFailure(file: string, error: unknown): CommandFailure {
  if (!(error instanceof Error)) {
    return new CommandFailure(
      2,
      `The script ${file} cannot be loaded: it threw something other than an error.`,
    );
  }
  const [message = "", ...more] = error.message.split("\n");
  const head = error instanceof SyntaxError ? [/^.*/.exec(error.stack ?? "")?.[0] ?? ""] : [];
  const place = /:(\d+(?::\d+)?)(?=\D*$)/.exec([...head, ...more].join(" "))?.[1];
  return new CommandFailure(
    2,
    `The script ${file} cannot be loaded: ${error.name}: ${message.trim()}${place === undefined ? "" : ` at ${place}`}`,
  );
}
