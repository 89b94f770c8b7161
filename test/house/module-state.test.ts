import { expect, test } from "vitest";
import { ts } from "../../scripts/typescript-api.ts";
import { addFinding, compareWithExemptions, exemptionsThatStay } from "../../scripts/exemptions.ts";
import { parse, sourcesIn, walk } from "./sources.ts";

const writers = new Set(
  "set add delete clear push pop shift unshift splice sort reverse fill copyWithin".split(" "),
);
const collections = new Set(["Map", "Set", "WeakMap", "WeakSet", "Array"]);

/** Returns the names that a module declares with `let`, and those of its collections and of what it imports. */
function moduleNames(tree: ts.SourceFile) {
  const changeable: string[] = [];
  const held = new Set<string>();
  for (const statement of tree.statements) {
    if (ts.isVariableStatement(statement)) {
      const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!isConst) changeable.push(name.getText());
        if (ts.isIdentifier(name) && initializer && isCollection(initializer)) held.add(name.text);
      }
    } else if (ts.isImportDeclaration(statement)) {
      const { namedBindings, name } = statement.importClause ?? {};
      if (name) held.add(name.text);
      if (namedBindings && ts.isNamedImports(namedBindings))
        for (const element of namedBindings.elements) held.add(element.name.text);
    }
  }
  return { changeable, held };
}

function isCollection(node: ts.Expression): boolean {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isCollection(node.expression);
  if (ts.isNewExpression(node))
    return ts.isIdentifier(node.expression) && collections.has(node.expression.text);
  return ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
}

const isAssignment = (kind: ts.SyntaxKind) =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** Returns the name of the collection that a node writes into, if it is one by its form. */
function writtenBy(node: ts.Node): string | undefined {
  const owner = (place: ts.Expression) =>
    (ts.isPropertyAccessExpression(place) || ts.isElementAccessExpression(place)) &&
    ts.isIdentifier(place.expression)
      ? place.expression.text
      : undefined;
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    return ts.isPropertyAccessExpression(expression) && writers.has(expression.name.text)
      ? owner(expression)
      : undefined;
  }
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return owner(node.left);
  if (ts.isDeleteExpression(node)) return owner(node.expression);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
      ? owner(node.operand)
      : undefined;
  return undefined;
}

/** Whether a function between a node and its module declares the name again, so that the node means another value. */
function isShadowed(node: ts.Node, name: string): boolean {
  for (let scope = node.parent; !ts.isSourceFile(scope); scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => declares(parameter.name, name)))
      return true;
    if (
      ts.isBlock(scope) &&
      scope.statements.some(
        (statement) =>
          ts.isVariableStatement(statement) &&
          statement.declarationList.declarations.some((declaration) => declares(declaration.name, name)),
      )
    )
      return true;
    if (
      (ts.isForOfStatement(scope) || ts.isForStatement(scope)) &&
      scope.initializer &&
      ts.isVariableDeclarationList(scope.initializer) &&
      scope.initializer.declarations.some((declaration) => declares(declaration.name, name))
    )
      return true;
  }
  return false;
}

const declares = (binding: ts.BindingName, name: string): boolean =>
  ts.isIdentifier(binding)
    ? binding.text === name
    : binding.elements.some((element) => ts.isBindingElement(element) && declares(element.name, name));

const isInsideFunction = (node: ts.Node): boolean =>
  !ts.isSourceFile(node) && (ts.isFunctionLike(node) || isInsideFunction(node.parent));

const functionBody = (node: ts.Node): ts.Node | undefined => {
  if (!ts.isArrowFunction(node) && !ts.isFunctionDeclaration(node) && !ts.isMethodDeclaration(node))
    return undefined;
  const { body } = node;
  if (!body || !ts.isBlock(body)) return body;
  const [statement, ...others] = body.statements;
  return others.length === 0 && statement && ts.isReturnStatement(statement)
    ? statement.expression
    : undefined;
};

const isUnknown = (node: ts.Node) =>
  ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.UnknownKeyword;

/** Returns what a module keeps outside of any object, and its casts that silence the compiler. */
function stateAndCastsIn(tree: ts.SourceFile): string[] {
  const { changeable, held } = moduleNames(tree);
  const found = changeable.map((name) => `let ${name}`);
  walk(tree, (node) => {
    const written = writtenBy(node);
    if (written !== undefined && held.has(written) && isInsideFunction(node) && !isShadowed(node, written))
      found.push(`writes ${written}`);
    if (ts.isPropertyDeclaration(node) && ts.canHaveModifiers(node)) {
      const modifiers = ts.getModifiers(node)?.map(({ kind }) => kind) ?? [];
      if (
        modifiers.includes(ts.SyntaxKind.StaticKeyword) &&
        !modifiers.includes(ts.SyntaxKind.ReadonlyKeyword)
      )
        found.push(`static ${node.name.getText()}`);
    }
    if (ts.isAsExpression(node)) {
      if (node.type.kind === ts.SyntaxKind.NeverKeyword) found.push(`${node.getText()}`);
      if (isUnknown(node.expression)) found.push(`as unknown as ${node.type.getText()}`);
    }
    const body = functionBody(node);
    const inner = body && ts.isParenthesizedExpression(body) ? body.expression : body;
    if (inner && ts.isAsExpression(inner) && ts.isIdentifier(inner.expression))
      found.push(`only casts: ${inner.getText()}`);
  });
  return found;
}

test.for([
  ["let count = 0;", "let count"],
  ["export const seen = new Map();\nexport const see = (id) => seen.set(id, true);", "writes seen"],
  ["const last: string[] = [];\nfunction keep(one) { last.push(one); }", "writes last"],
  ["const state = { count: 0 };\nfunction count() { state.count++; }", "writes state"],
  ["const state = { name: '' };\nclass A { set(name) { state.name = name; } }", "writes state"],
  ['import { pool } from "./pool.ts";\nexport const add = (one) => pool.add(one);', "writes pool"],
  ["class A { static count = 0; }", "static count"],
  ["const a = b as never;", "b as never"],
  ["const a = b as unknown as string;", "as unknown as string"],
  ["const cast = (value: unknown) => value as string;", "only casts: value as string"],
] as const)("%s is found", ([code, finding]) => {
  expect(stateAndCastsIn(parse("planted.ts", code))).toContain(finding);
});

test.for([
  "const names = new Map([['a', 1]]);\nexport const find = (name) => names.get(name);",
  "const names = new Map();\nnames.set('a', 1);",
  "const made = [];\nfunction make() { const made = []; made.push(1); return made; }",
  "class A { static readonly empty = new A(); #seen = new Map(); see(id) { this.#seen.set(id, 1); } }",
])("nothing is found in %s", (code) => {
  expect(stateAndCastsIn(parse("planted.ts", code))).toEqual([]);
});

test("modules hold no state and no cast silences the compiler", { timeout: 60_000 }, () => {
  const found = new Map<string, string[]>();
  for (const { name, tree } of sourcesIn("src", "machines"))
    for (const part of stateAndCastsIn(tree)) addFinding(found, name, part);
  expect(compareWithExemptions("module state", found)).toEqual([]);
});

test("what stays for good is weak brands and at most two casts, each with its reason", () => {
  const stays = exemptionsThatStay("module state");
  expect(stays.filter((part) => part.startsWith("as unknown as")).length).toBeLessThanOrEqual(2);
  expect(stays.filter((part) => !/^(as unknown as|writes) /.test(part))).toEqual([]);
});
