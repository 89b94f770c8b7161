import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const root = join(import.meta.dirname, "..");

/** Runs a program of an installed package by Node itself, because the links in `.bin` are no programs on Windows. */
export function runTool(name: string, arguments_: readonly string[], cwd: string = root) {
  execFileSync(process.execPath, [toolOf(name), ...arguments_], { cwd, stdio: "inherit" });
}

/** Returns the file of the program that a package brings, such as "vitest" or "@arethetypeswrong/cli attw". */
export function toolOf(name: string, from: string = root): string {
  const [packageName = name, program = packageName] = name.split(" ");
  const folder = join(from, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly bin: string | Readonly<Record<string, string>>;
  };
  const file = typeof bin === "string" ? bin : bin[program];
  if (file === undefined) throw new Error(`${packageName} has no program "${program}".`);
  return join(folder, file);
}

/** Runs npm by the same Node. Outside of an npm script it is the npm that is installed beside Node. */
export function runNpm(arguments_: readonly string[], cwd: string = root) {
  const npm = process.env["npm_execpath"] ?? npmBesideNode();
  execFileSync(process.execPath, [npm, ...arguments_], { cwd, stdio: "inherit" });
}

function npmBesideNode(): string {
  const folder = dirname(process.execPath);
  const places = [
    join(folder, "node_modules"),
    join(folder, "../lib/node_modules"),
    join(folder, "../share"),
  ];
  const file = places.map((place) => join(place, "npm/bin/npm-cli.js")).find((name) => existsSync(name));
  if (file === undefined) throw new Error("npm was not found beside Node: run this by `npm run`.");
  return file;
}
