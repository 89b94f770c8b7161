import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ts } from "../../scripts/typescript-api.ts";
import { root } from "./lint.ts";

/** A parsed source file under its path from the repository's root, with `/`. */
export interface Source {
  readonly name: string;
  readonly tree: ts.SourceFile;
}

/** Returns each TypeScript source under the folders, parsed, and never a declaration file. */
export function sourcesIn(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
      .filter((name) => /(?<!\.d)\.tsx?$/.test(name) && !/\/(node_modules|dist)\//.test(name))
      .toSorted()
      .map((name) => ({ name, tree: parse(name, readFileSync(join(root, name), "utf8")) })),
  );
}

/** Parses one text; a test of a rule passes the code that breaks it. */
export const parse = (name: string, text: string) =>
  ts.createSourceFile(
    name,
    text,
    ts.ScriptTarget.ES2022,
    true,
    name.endsWith("x") ? ts.ScriptKind.TSX : undefined,
  );

/** Calls the visitor with each node under a node, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void) {
  ts.forEachChild(node, (child) => {
    visit(child);
    walk(child, visit);
  });
}
