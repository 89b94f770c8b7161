// Runs the gates: `npm run check` runs all, `npm run check -- lint types` runs the named ones, and
// `npm run check -- --without test` runs all others. Each prints its duration; the first failure ends the run.
import { execFileSync } from "node:child_process";
import { findChromium, noChromium } from "../test/browser/chromium.ts";
import { runNpm, runTool } from "./run.ts";

const script = (name: string) => () => runNpm(["run", "--silent", name]);

/** The tests of many cases with many more of them. A failure prints its seed. */
const long = {
  files: [
    "test/charts/races",
    "test/dialect/fuzz",
    "test/link/fault-schedules",
    "test/recording/random-runs",
  ],
  env: {
    DESKSTATE_INTERLEAVINGS: "all",
    DESKSTATE_RUNS: "400",
    DESKSTATE_SCHEDULES: "1000",
    RUNS: "10000",
  },
};

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
  chromium: installChromium,
  long: () => {
    Object.assign(process.env, long.env);
    runTool("vitest", ["run", "--project", "node", ...long.files]);
    for (const name of Object.keys(long.env)) delete process.env[name];
  },
  test: script("test"),
};

/** Ensures that the tests find a Chromium: without one they skip the browser. Installs it where apt-get can. */
function installChromium() {
  if (findChromium() === undefined && process.platform === "linux") installByAptGet();
  if (findChromium() === undefined) throw new Error(noChromium());
}

function installByAptGet() {
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
  } catch (error) {
    if (error instanceof Error) console.error(error.message);
    console.error(`\nThe gate "${name}" failed: \`npm run check -- ${name}\` runs it alone.`);
    process.exit(1);
  }
  console.log(`== ${name} passed in ${Math.round((performance.now() - began) / 1000)} s`);
}
