import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
let folder: Promise<string> | undefined;

/**
 * Runs a job in a process of its own, as `run` in process.ts does, but compiled beforehand: the loader that runs TypeScript has a
 * thread with a memory of its own, which grows and shrinks by more than a hundred agents weigh.
 */
export async function runBuilt<Result>(file: string, given: object): Promise<Result> {
  folder ??= compile();
  const path = join(await folder, "bench", file.replace(/\.ts$/, ".js"));
  const options = { maxBuffer: 2 ** 24 };
  const { stdout } = await execute(process.execPath, ["--expose-gc", path, JSON.stringify(given)], options);
  return JSON.parse(stdout) as Result;
}

/** Compiles the jobs into a folder that stands for the package: it has its name, its `dist` and its dependencies. */
async function compile(): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), "deskstate-bench-"));
  process.on("exit", () => rmSync(place, { recursive: true }));
  for (const name of ["dist", "node_modules"]) symlinkSync(join(root, name), join(place, name));
  writeFileSync(join(place, "package.json"), readFileSync(join(root, "package.json")));
  const compiler = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
  const jobs = ["bots.bench.ts", "bots-memory.bench.ts", "bots-server.ts"].map((name) =>
    join(root, "bench", name),
  );
  await execute(process.execPath, [
    ...[
      compiler,
      "--ignoreConfig",
      ...jobs,
      "--rootDir",
      join(root, "bench"),
      "--outDir",
      join(place, "bench"),
    ],
    ...["--module", "nodenext", "--target", "es2022", "--types", "node", "--rewriteRelativeImportExtensions"],
    // That the types are right is looked at elsewhere.
    "--noCheck",
  ]);
  return place;
}
