import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
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

/** Runs npm by the same Node; outside of a script of npm, by the npm that is installed beside Node. */
export function runNpm(arguments_: readonly string[], cwd: string = root) {
  const npm = process.env["npm_execpath"] ?? npmBesideNode();
  execFileSync(process.execPath, [npm, ...arguments_], { cwd, stdio: "inherit" });
}

function npmBesideNode(): string {
  const places = [
    join(dirname(process.execPath), "node_modules"),
    join(dirname(process.execPath), "../lib/node_modules"),
  ];
  const require = createRequire(import.meta.url);
  return require.resolve("npm/bin/npm-cli.js", { paths: places.map((place) => dirname(place)) });
}
