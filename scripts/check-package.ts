// Checks the package as an application gets it: packed, installed in a new project, imported, type-checked and run there.
// A failure that etc/exemptions.json lists under "package" is reported only; a listed failure that no longer occurs fails.
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addFinding, compareWithExemptions } from "./exemptions.ts";
import { root, runNpm, runTool, toolOf } from "./run.ts";

/** The large packages. Besides these an application gets at most three small ones. */
const expectedPackages = ["xstate", "immer", "cometd"];
const smallPackages = ["@noble/hashes", "commander", "set-cookie-parser"];
const maxInstalledBytes = 6_000_000;

/** The compilers whose users can use the declarations. */
const compilers = {
  "5.5": "typescript@~5.5.4",
  "5.6": "typescript@~5.6.3",
  "5.7": "typescript@~5.7.3",
  "5.8": "typescript@~5.8.3",
  "5.9": "typescript@~5.9.3",
  "6.0": "typescript@~6.0.3",
  "7.0": "typescript@~7.0.2",
};

/** Entries that load neither CometD nor a framework. */
const entriesWithoutLink = [
  "deskstate",
  "deskstate/bot",
  "deskstate/inspect",
  "deskstate/machines",
  "deskstate/text",
];
const entriesOfFrameworks = ["deskstate/react", "deskstate/vue"];
/** The packages of an application that uses the entries of frameworks. */
const frameworks = ["react", "@types/react", "vue"];

const work = mkdtempSync(join(tmpdir(), "deskstate-package-"));
const consumer = join(work, "consumer");
const modules = join(consumer, "node_modules");
const found = new Map<string, string[]>();

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}
const { dependencies, devDependencies, exports } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
) as Manifest;
const entries = Object.keys(exports)
  .filter((entry) => entry !== "./package.json")
  .map((entry) => entry.replace(/^\./, "deskstate"));

const announce = (title: string) => console.log(`\n-- ${title}`);
const remove = (name: string) => rmSync(join(modules, name), { recursive: true, force: true });
const install = (folder: string, ...packages: string[]) =>
  runNpm(["install", "--prefer-offline", "--no-audit", "--no-fund", "--silent", ...packages], folder);

function startProject(folder: string) {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
}

function runNode(arguments_: readonly string[]) {
  execFileSync(process.execPath, ["--no-warnings", ...arguments_], { cwd: consumer, stdio: "inherit" });
}

/** Whether a program passes; its output is shown where it does not. */
function passes(arguments_: readonly string[]): boolean {
  try {
    execFileSync(process.execPath, arguments_, { cwd: consumer, encoding: "utf8", stdio: "pipe" });
    return true;
  } catch (error) {
    console.log(
      String((error as { stdout?: string }).stdout)
        .split("\n")
        .slice(0, 5)
        .join("\n"),
    );
    return false;
  }
}

function importInNode(title: string, names: readonly string[], load: "import" | "require") {
  announce(title);
  const lines = names.map((name) =>
    load === "import" ? `await import(${JSON.stringify(name)});` : `require(${JSON.stringify(name)});`,
  );
  runNode([`--input-type=${load === "import" ? "module" : "commonjs"}`, "-e", lines.join("\n")]);
}

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);

/** Checks the packages that come with deskstate, and their total size. */
function checkInstalled() {
  announce("what is installed");
  const names = readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(modules, name)).map((part) => `${name}/${part}`) : [name],
    )
    .filter((name) => name !== "deskstate");
  let bytes = 0;
  for (const name of names) {
    const size = sizeOf(join(modules, name));
    bytes += size;
    console.log(`${name} ${(size / 1e6).toFixed(2)} MB`);
    if (![...expectedPackages, ...smallPackages].includes(name)) addFinding(found, "installed", name);
  }
  console.log(
    `beside deskstate ${(bytes / 1e6).toFixed(2)} MB, deskstate ${(sizeOf(join(modules, "deskstate")) / 1e6).toFixed(2)} MB`,
  );
  if (bytes > maxInstalledBytes) addFinding(found, "installed", `more than ${maxInstalledBytes / 1e6} MB`);
}

/** Compiles a file with library checks on, as an application without any setting of its own would. */
function compiles(compiler: string, file: string, module: string, moduleResolution: string, types: string[]) {
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable"],
    module,
    moduleResolution,
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    types,
    typeRoots: [join(root, "node_modules", "@types")],
  };
  const project = `tsconfig.${moduleResolution}.json`;
  writeFileSync(join(consumer, project), JSON.stringify({ compilerOptions, files: [file] }));
  return passes([compiler, "-p", project]);
}

function checkTypes() {
  const folder = join(work, "compilers");
  startProject(folder);
  install(folder, ...Object.entries(compilers).map(([version, name]) => `typescript-${version}@npm:${name}`));
  const compilerOf = (version: string) => toolOf(`typescript-${version} tsc`, folder);

  copyFileSync(join(root, "scripts/package/consumer.ts"), join(consumer, "consumer.ts"));
  for (const version of Object.keys(compilers)) {
    announce(`type-check with TypeScript ${version} and library checks`);
    for (const [module, resolution] of [
      ["nodenext", "nodenext"],
      ["esnext", "bundler"],
    ] as const)
      if (!compiles(compilerOf(version), "consumer.ts", module, resolution, ["node"]))
        addFinding(found, "types", `TypeScript ${version}, ${resolution}`);
  }
  announce("type-check each entry without the types of Node");
  for (const entry of entries) {
    writeFileSync(join(consumer, "browser.ts"), `export * from ${JSON.stringify(entry)};\n`);
    if (!compiles(compilerOf("6.0"), "browser.ts", "esnext", "bundler", []))
      addFinding(found, "types", `${entry} without the types of Node`);
  }
}

/** Checks how a desk and its interactions print and clone, in a run against the packed simulator. */
function checkValues() {
  announce("look at a desk, its interactions and their snapshots");
  copyFileSync(join(root, "scripts/package/in-node.mjs"), join(consumer, "in-node.mjs"));
  const output = execFileSync(process.execPath, ["in-node.mjs"], {
    cwd: consumer,
    encoding: "utf8",
    timeout: 60_000,
  });
  for (const problem of JSON.parse(output) as string[]) addFinding(found, "values", problem);
}

/** Runs bots with a script in TypeScript: by Node where it strips types, otherwise by jiti, which the error must name. */
function runScript(command: string) {
  copyFileSync(join(root, "test/load/bot-scripts/quick.ts"), join(consumer, "quick.ts"));
  const short = "--agents 3 --rate 600 --for 3s --drain 2s --expect live_max=3 --expect unaccounted=0";
  const run = [command, "bots", "quick.ts", ...short.split(" ")];
  const stripsTypes = "typescript" in process.features && process.features.typescript !== false;
  if (!stripsTypes) {
    const { status, stderr } = spawnSync(process.execPath, run, { cwd: consumer, encoding: "utf8" });
    if (status === 0 || !stderr.includes("install jiti")) throw new Error(`jiti is not named: ${stderr}`);
    install(consumer, `jiti@${devDependencies["jiti"] ?? "no version"}`);
  }
  runNode(run);
}

try {
  announce("pack");
  runNpm(["pack", "--silent", "--pack-destination", work]);
  const tarball = join(work, readdirSync(work).find((name) => name.endsWith(".tgz")) ?? "no tarball");
  runTool("publint", ["run", tarball, "--strict"]);
  runTool("@arethetypeswrong/cli attw", [tarball, "--profile", "esm-only"]);

  announce("install");
  startProject(consumer);
  install(consumer, tarball);
  checkInstalled();
  install(consumer, ...frameworks.map((name) => `${name}@${devDependencies[name] ?? "no version"}`));

  importInNode("import every entry", entries, "import");
  importInNode("require every entry", entries, "require");
  checkTypes();
  checkValues();

  announce("run the command, and bots with a script in TypeScript");
  const command = toolOf("deskstate", consumer);
  runNode([command, "--help"]);
  runScript(command);

  const needed = ["xstate", "immer"];
  const others = Object.keys(dependencies).filter((name) => !needed.includes(name));
  for (const name of others) remove(name);
  importInNode("load the entries of frameworks without CometD", entriesOfFrameworks, "import");
  for (const name of frameworks) remove(name);
  importInNode("load the main entries without CometD and frameworks", entriesWithoutLink, "import");

  const problems = compareWithExemptions("package", found);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log("\nThe package is as applications need it, but for what etc/exemptions.json lists.");
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
