// Checks the package as a user gets it: packed, installed in a new project, imported and type-checked there.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const tool = (name: string) => join(root, "node_modules", ".bin", name);
const work = mkdtempSync(join(tmpdir(), "deskstate-package-"));
const consumer = join(work, "consumer");

const entries = [
  "deskstate",
  "deskstate/bot",
  "deskstate/gws",
  "deskstate/inspect",
  "deskstate/machines",
  "deskstate/react",
  "deskstate/recording",
  "deskstate/simulator",
  "deskstate/vue",
];
const entriesWithoutLink = ["deskstate", "deskstate/bot", "deskstate/inspect", "deskstate/machines"];
const entriesOfFrameworks = ["deskstate/react", "deskstate/vue"];
/** The packages an application brings along that uses the entry points of frameworks. */
const frameworks = ["react", "@types/react", "vue"];
const linkDependencies = ["cometd", "cometd-nodejs-server", "tough-cookie", "commander", "jiti"];

const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};

function run(title: string, cwd: string, command: string, ...args: string[]) {
  console.log(`\n-- ${title}`);
  execFileSync(command, args, { cwd, stdio: "inherit" });
}

function importInNode(title: string, names: string[], load: "import" | "require") {
  const lines = names.map((name) =>
    load === "import"
      ? `console.log(${JSON.stringify(name)}, Object.keys(await import(${JSON.stringify(name)})).length, "exports");`
      : `require(${JSON.stringify(name)});`,
  );
  const type = load === "import" ? "module" : "commonjs";
  run(title, consumer, process.execPath, "--no-warnings", `--input-type=${type}`, "-e", lines.join("\n"));
}

function typeCheck(module: string, moduleResolution: string) {
  const compilerOptions = {
    target: "es2022",
    lib: ["es2023", "dom", "dom.iterable"],
    module,
    moduleResolution,
    strict: true,
    noEmit: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules", "@types")],
  };
  const file = `tsconfig.${moduleResolution}.json`;
  writeFileSync(join(consumer, file), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
  run(`type-check a consumer (${moduleResolution})`, consumer, tool("tsc"), "-p", file);
}

try {
  run("pack", root, "npm", "pack", "--silent", "--pack-destination", work);
  const tarball = join(work, readdirSync(work).find((name) => name.endsWith(".tgz")) ?? "no tarball");
  run("publint", root, tool("publint"), "run", tarball, "--strict");
  run("attw", root, tool("attw"), tarball, "--profile", "esm-only");

  mkdirSync(consumer);
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ private: true, type: "module" }));
  copyFileSync(join(root, "scripts", "consumer.ts"), join(consumer, "consumer.ts"));
  run(
    "install",
    consumer,
    "npm",
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--silent",
    tarball,
    ...frameworks.map((name) => `${name}@${devDependencies[name] ?? "no version"}`),
  );

  importInNode("import every entry point", entries, "import");
  importInNode("require every entry point", entries, "require");
  typeCheck("nodenext", "nodenext");
  typeCheck("esnext", "bundler");
  const command = join(consumer, "node_modules", ".bin", "deskstate");
  run("run the command", consumer, command, "--help");
  copyFileSync(join(root, "test", "cli", "bot-scripts", "quick.ts"), join(consumer, "quick.ts"));
  const short = "--agents 3 --rate 600 --for 3s --drain 2s --expect live_most=3 --expect unaccounted=0";
  run("run bots with a script in TypeScript", consumer, command, "bots", "quick.ts", ...short.split(" "));

  const remove = (name: string) => rmSync(join(consumer, "node_modules", name), { recursive: true });
  for (const name of linkDependencies) remove(name);
  importInNode("load the entries of frameworks without CometD", entriesOfFrameworks, "import");
  for (const name of frameworks) remove(name);
  importInNode("load the main entry without CometD and frameworks", entriesWithoutLink, "import");
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
