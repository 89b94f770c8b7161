// Fails when a generated file is not what `npm run generate` makes now.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const generated = new URL("../machines/README.md", import.meta.url);

const committed = readFileSync(generated, "utf8");
execFileSync("npm", ["run", "--silent", "generate"], { stdio: "inherit" });
const fresh = readFileSync(generated, "utf8");

if (fresh !== committed) {
  writeFileSync(generated, committed);
  console.error("machines/README.md is stale: run `npm run generate` and commit the result.");
  process.exitCode = 1;
}
