// Fails when a generated file is not what `npm run generate` makes now.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const generated = ["machines/README.md", "docs/operations.md"];
const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");

const committed = new Map(generated.map((file) => [file, read(file)]));
execFileSync("npm", ["run", "--silent", "generate"], { stdio: "inherit" });

for (const [file, text] of committed) {
  if (read(file) === text) continue;
  writeFileSync(new URL(`../${file}`, import.meta.url), text);
  console.error(`${file} is stale: run \`npm run generate\` and commit the result.`);
  process.exitCode = 1;
}
