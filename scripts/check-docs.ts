// Type-checks the TypeScript of README.md and docs/*.md, each block as a module of its own.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runTool } from "./run.ts";

const root = new URL("../", import.meta.url);
const folder = new URL("docs-check/", root);
const pages = ["README.md", ...readdirSync(new URL("docs/", root)).map((page) => `docs/${page}`)];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
let count = 0;
try {
  for (const page of pages.filter((name) => name.endsWith(".md"))) {
    const text = readFileSync(new URL(page, root), "utf8");
    for (const [, language = "", code = ""] of text.matchAll(/^```(tsx?)\n(.*?)^```$/gms)) {
      count++;
      const name = `${page.replaceAll(/\W/g, "-")}-${count}.${language}`;
      writeFileSync(new URL(name, folder), `${code}\nexport {};\n`);
    }
  }
  const config = {
    extends: "../tsconfig.json",
    compilerOptions: { noUnusedLocals: false },
    include: ["*.ts", "*.tsx", "../src/links/gws/cometd-members.d.ts"],
  };
  writeFileSync(new URL("tsconfig.json", folder), JSON.stringify(config));
  runTool("typescript tsc", ["-p", fileURLToPath(new URL("tsconfig.json", folder))]);
  console.log(`${count} code blocks of the documentation type-check.`);
} catch {
  console.error("The code above stands in the documentation and does not type-check.");
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
