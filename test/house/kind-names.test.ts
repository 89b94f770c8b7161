import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ts } from "../../scripts/typescript-api.ts";
import { addFinding, compareWithExemptions } from "../../scripts/exemptions.ts";
import { root } from "./lint.ts";
import { parse, sourcesIn, walk } from "./sources.ts";

/** Where kinds may be named, each with its reason. */
const allowed: readonly (readonly [where: RegExp, reason: string])[] = [
  [/^src\/kinds\//, "defines the kinds"],
  [/^machines\//, "defines their charts"],
  [/^src\/dialects\//, "maps a server's channels, states and operations to kinds"],
  [
    /^src\/simulator\//,
    "its contact centre has emails and chats of its own and shares no code with the client",
  ],
  [/^src\/(bot|cli)\/kinds\//, "each file is the part of a bot, or of the scenario, that one kind has"],
  [/^src\/index\.ts$/, "exports the built-in kinds' types by name"],
  [/^demo\/(desk\/kinds\/|.*\.tsx$)/, "draws an email and a chat differently"],
  [/^bench\//, "measures a stream of chat messages"],
  [/^examples\//, "an application names the kinds that it shows"],
];

const kinds = [
  ...new Set([
    "email",
    "chat",
    ...readdirSync(join(root, "machines")).flatMap((file) => machineKind(file) ?? []),
  ]),
];
const word = kinds.join("|");
const alone = new RegExp(`^(${word})([ ,]+(${word}))*$`);
const quoted = new RegExp(`["'\`](${word})["'\`]`);
const constant = new RegExp(`^(${word})(s|_?kind|_?name|_?channel)?$`, "i");
const importedName = new RegExp(`^(${word})([A-Z]|$)`);
const importedFile = new RegExp(`(/kinds/(${word})/|/(${word})\\.machine\\.ts$)`);

function machineKind(file: string) {
  const name = /^(\w+)\.machine\.ts$/.exec(file)?.[1];
  return name === "connection" || name === "channel" ? undefined : name;
}

const isNothing = (node: ts.Expression) =>
  node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === "undefined");

function nameOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : "";
}

/** Returns how a file depends on a particular kind of interaction. */
function kindsNamedIn(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const file =
        node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "";
      if (importedFile.test(file)) found.push(`imports ${file}`);
    } else if (ts.isImportSpecifier(node)) {
      const name = (node.propertyName ?? node.name).text;
      if (importedName.test(name[0]!.toLowerCase() + name.slice(1))) found.push(`imports ${name}`);
    } else if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    ) {
      if (alone.test(node.text) || quoted.test(node.text)) found.push(`quotes "${node.text}"`);
    } else if (ts.isBinaryExpression(node) && isEquality(node.operatorToken.kind)) {
      if (isNothing(node.left) || isNothing(node.right)) return;
      for (const side of [node.left, node.right])
        if (constant.test(nameOf(side))) found.push(`compares with ${nameOf(side)}`);
    } else if (ts.isCaseClause(node) && constant.test(nameOf(node.expression)))
      found.push(`compares with ${nameOf(node.expression)}`);
  });
  return found;
}

const isEquality = (kind: ts.SyntaxKind) =>
  kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;

test.for([
  ['if (channel === "chat") reply();', 'quotes "chat"'],
  ['type Channel = "email" | "other";', 'quotes "email"'],
  ['fail(`Use "chat" or another.`);', 'quotes "Use "chat" or another."'],
  ["if (kind === kinds.chat) reply();", "compares with chat"],
  ["switch (kind) { case EMAIL: reply(); }", "compares with EMAIL"],
  ['import { chatMachine } from "./index.ts";', "imports chatMachine"],
  ['import type { EmailSnapshot } from "../index.ts";', "imports EmailSnapshot"],
  ['import { chat as any } from "./kinds.ts";', "imports chat"],
  ['export * from "../kinds/email/email.ts";', "imports ../kinds/email/email.ts"],
] as const)("a kind's name is found in %s", ([code, finding]) => {
  expect(kindsNamedIn(parse("planted.ts", code))).toContain(finding);
});

test.for([
  "const text = 'A customer wrote an email.';",
  "if (snapshot.email === undefined) return;",
  "// chat and email",
  'import { chatter } from "./chatter.ts";',
])("no kind's name is found in %s", (code) => {
  expect(kindsNamedIn(parse("planted.ts", code))).toEqual([]);
});

test(
  "only kinds, charts, dialects, the contact centre and drawing name a particular kind",
  { timeout: 60_000 },
  () => {
    const found = new Map<string, string[]>();
    for (const { name, tree } of sourcesIn("src", "machines", "demo", "examples", "bench", "scripts"))
      if (!allowed.some(([where]) => where.test(name)))
        for (const part of kindsNamedIn(tree)) addFinding(found, name, part);
    expect(compareWithExemptions("kind names", found)).toEqual([]);
  },
);
