// Runs the gates: `npm run check` runs all, `npm run check -- lint types` runs the named ones, and
// `npm run check -- --without test` runs all others. Each prints its duration; the first failure ends the run.
import { execFileSync } from "node:child_process";
import { findChromium } from "../test/browser/chromium.ts";
import { runNpm } from "./run.ts";

const script = (name: string) => () => runNpm(["run", "--silent", name]);

/** The gates in their order, quick ones first. `build` creates the files that others check. */
const gates: Readonly<Record<string, () => void>> = {
  format: script("format:check"),
  lint: script("lint"),
  types: script("types"),
  words: script("words"),
  generate: script("generate:check"),
  docs: script("docs:check"),
  knip: script("knip"),
  workflows: script("workflows"),
  api: script("api:check"),
  size: script("size"),
  package: script("test:package"),
  browser: () => {
    installChromium();
    script("test:browser")();
  },
  test: script("test"),
};

/** Installs Chromium where apt-get can. If Chromium is still missing, `npm run test:browser` reports it. */
function installChromium() {
  if (findChromium() !== undefined || process.platform !== "linux") return;
  const isRoot = process.getuid?.() === 0;
  const asRoot = (...command: string[]) => {
    const [program = "", ...arguments_] = isRoot ? command : ["sudo", "-n", ...command];
    execFileSync(program, arguments_, { stdio: "inherit" });
  };
  try {
    asRoot("apt-get", "update");
    asRoot("apt-get", "install", "-y", "--no-install-recommends", "chromium");
  } catch {
    console.error("apt-get could not install Chromium.");
  }
}

const named = process.argv.slice(2);
const isExclusion = named[0] === "--without";
const names = isExclusion ? named.slice(1) : named;
const unknown = names.find((name) => !Object.hasOwn(gates, name));
if (unknown !== undefined) {
  console.error(`There is no gate "${unknown}". The gates are ${Object.keys(gates).join(", ")}.`);
  process.exit(2);
}

const chosen = Object.entries(gates).filter(
  ([name]) => names.length === 0 || names.includes(name) !== isExclusion,
);
for (const [name, run] of chosen) {
  console.log(`\n== ${name}`);
  const began = performance.now();
  try {
    run();
  } catch {
    console.error(`\nThe gate "${name}" failed: \`npm run check -- ${name}\` runs it alone.`);
    process.exit(1);
  }
  console.log(`== ${name} passed in ${Math.round((performance.now() - began) / 1000)} s`);
}
