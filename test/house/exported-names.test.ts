import { expect, test } from "vitest";
import { ts } from "../../scripts/typescript-api.ts";
import { parse, sourcesIn, type Source } from "./sources.ts";

/** Files that may export the same names, because the names have the same meaning in them. */
const sameMeaning: readonly (readonly [files: RegExp, reason: string])[] = [
  [/^src\/(react|vue)\//, "one set of hooks, for two frameworks"],
  [/^src\/links\/gws\/cookies\.\w+\.ts$/, "one function, for Node and for browsers"],
];

/** Returns the names that a file declares and exports, and those that it exports under another name. */
function exportedNames(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
      return exportClause.elements.flatMap(({ name, propertyName }) => (propertyName ? [name.text] : []));
    }
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map(({ name }) => name.getText(tree));
    }
    const { name } = statement as ts.DeclarationStatement;
    return name ? [name.text] : [];
  });
}

/** Returns each name that files export with several meanings, with these files. */
function ambiguousNames(sources: readonly Source[]): string[] {
  const files = new Map<string, Set<string>>();
  for (const { name: file, tree } of sources) {
    for (const name of exportedNames(tree)) files.set(name, (files.get(name) ?? new Set()).add(file));
  }
  return [...files].flatMap(([name, found]) => {
    const list = [...found];
    const isAllowed =
      list.length < 2 || sameMeaning.some(([where]) => list.every((file) => where.test(file)));
    return isAllowed ? [] : [`${name}: ${list.join(", ")}`];
  });
}

test.for([
  ["export interface Chat {}", "export class Chat {}"],
  ["export const Chat = 1;", 'export { Talk as Chat } from "./talk.ts";'],
] as const)("a name with two meanings is found in %s", ([one, other]) => {
  const sources = [one, other].map((code, index) => ({
    name: `${index}.ts`,
    tree: parse(`${index}.ts`, code),
  }));
  expect(ambiguousNames(sources)).toEqual(["Chat: 0.ts, 1.ts"]);
});

test("a name that one file declares and another exports again has one meaning", () => {
  const tree = parse(
    "planted.ts",
    "export interface Chat {}\nexport function chat(): Chat;\nexport function chat() {}",
  );
  const again = parse("index.ts", 'export type { Chat } from "./planted.ts";');
  const sources = [
    { name: "planted.ts", tree },
    { name: "index.ts", tree: again },
  ];
  expect(ambiguousNames(sources)).toEqual([]);
});

test("each exported name has one meaning in the library", { timeout: 60_000 }, () => {
  expect(ambiguousNames(sourcesIn("src", "machines"))).toEqual([]);
});
