// Writes etc/<entry>.api.md: the exports of each entry of the package, with their signatures as users see them.
// `npm run api` writes the reports from the built declarations; `npm run api:check` fails where a report is out of date.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ts } from "./typescript-api.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const { exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
};
const declarations = Object.entries(exports).flatMap(([entry, files]) =>
  typeof files === "string" ? [] : [{ entry, file: root + files.types }],
);
const missing = declarations.find(({ file }) => !existsSync(file));
if (missing) throw new Error(`${missing.file} is missing: run \`npm run build\` first.`);

const program = ts.createProgram({
  rootNames: declarations.map(({ file }) => file),
  options: {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    types: ["node"],
    noEmit: true,
  },
});
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

/** Returns the text of an export: its declarations without comments, or its type where the declaration has none. */
function signatureOf(symbol: ts.Symbol): string {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const texts = (target.declarations ?? []).map((declaration) => {
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    return printer
      .printNode(ts.EmitHint.Unspecified, statement, declaration.getSourceFile())
      .replace(/^(export )?(default )?(declare )?/, "")
      .replaceAll(/\s*#private;/g, "")
      .replaceAll("    ", "  ");
  });
  return [...new Set(texts)].join("\n");
}

function reportOf(entry: string, file: string): string {
  const source = program.getSourceFile(file);
  const symbol = source && checker.getSymbolAtLocation(source);
  if (!symbol) throw new Error(`${file} is no module.`);
  const name = entry.replace(/^\./, "deskstate");
  const blocks = checker
    .getExportsOfModule(symbol)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((one) => `## ${one.name}\n\n\`\`\`ts\n${signatureOf(one)}\n\`\`\`\n`);
  return `# ${name}\n\n${blocks.length} exports. Written by \`npm run api\`.\n\n${blocks.join("\n")}`;
}

const isCheck = process.argv.includes("--check");
for (const { entry, file } of declarations) {
  const name = `etc/${entry === "." ? "deskstate" : entry.slice("./".length)}.api.md`;
  const text = reportOf(entry, file);
  const committed = existsSync(root + name) ? readFileSync(root + name, "utf8").replaceAll("\r\n", "\n") : "";
  if (text === committed) continue;
  if (isCheck) {
    console.error(
      `${name} is stale: run \`npm run api\`, look at what changed for users, and commit the result.`,
    );
    process.exitCode = 1;
  } else {
    writeFileSync(root + name, text);
    console.log(`${name} is written.`);
  }
}
