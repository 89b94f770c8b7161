// Fails when a generated file is out of date with `npm run generate`. It leaves the files unchanged.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { runNpm } from "./run.ts";

const folder = "demo/chart/generated";
const urlOf = (file: string) => new URL(`../${file}`, import.meta.url);
const read = () =>
  new Map(
    [
      "machines/README.md",
      "docs/operations.md",
      ...(existsSync(urlOf(folder)) ? readdirSync(urlOf(folder)).map((name) => `${folder}/${name}`) : []),
    ].map((file) => [file, readFileSync(urlOf(file), "utf8")]),
  );

const committed = read();
runNpm(["run", "--silent", "generate"]);
const generated = read();

for (const file of new Set([...committed.keys(), ...generated.keys()])) {
  const text = committed.get(file);
  if (generated.get(file) === text) continue;
  if (text === undefined) rmSync(urlOf(file));
  else writeFileSync(urlOf(file), text);
  console.error(`${file} is stale: run \`npm run generate\` and commit the result.`);
  process.exitCode = 1;
}
