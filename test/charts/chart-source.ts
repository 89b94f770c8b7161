import { parseSync, type ESTree } from "vite";

/** The content of the file of a chart, read without running it. */
export interface ChartSource {
  /** The configuration as it stands there; its context is only a name. */
  readonly config: object;
  /** The names of what the file implements. */
  readonly actions: readonly string[];
  readonly guards: readonly string[];
}

/** Time and effects arrive as facts, so a chart starts neither. */
const forbidden = ["invoke", "after"];

/** Reads the file of a chart as an editor would, and throws at what an editor cannot draw. */
export function readChart(source: string): ChartSource {
  const { program, errors } = parseSync("chart.ts", source);
  if (errors[0] !== undefined) throw new Error(errors[0].message);
  const [chart, ...others] = program.body.filter(({ type }) => type !== "ImportDeclaration");
  if (others.length > 0) throw new Error(`Beside the chart there is a ${others[0]!.type}.`);
  if (chart?.type !== "ExportNamedDeclaration" || chart.declaration?.type !== "VariableDeclaration") {
    throw new Error("The file exports no chart.");
  }
  const [created, ...more] = chart.declaration.declarations.map(({ init }) => init);
  if (more.length > 0) throw new Error("The file exports more than a chart.");
  const { callee, argument: config } = callOf(created, "createMachine");
  if (callee.type !== "MemberExpression") throw new Error("The chart is not made by setup().");
  const { callee: setup, argument: given } = callOf(callee.object, "setup");
  if (setup.type !== "Identifier") throw new Error("The chart is not made by setup().");
  const implementations = propertiesOf(given);
  return {
    config: literalOf(config, []) as object,
    actions: namesIn(implementations.get("actions")),
    guards: namesIn(implementations.get("guards")),
  };
}

/** A call of this function or method with one argument. */
function callOf(node: ESTree.Expression | null | undefined, name: string) {
  if (node?.type !== "CallExpression") throw new Error(`There is no call of ${name}.`);
  const { callee, arguments: given } = node;
  const called = callee.type === "MemberExpression" && !callee.computed ? callee.property : callee;
  const [argument, ...others] = given;
  if (called.type !== "Identifier" || called.name !== name) throw new Error(`There is no call of ${name}.`);
  if (argument?.type !== "ObjectExpression" || others.length > 0) throw new Error(`${name} takes no object.`);
  return { callee, argument };
}

function propertiesOf({ properties }: ESTree.ObjectExpression): Map<string, ESTree.Expression> {
  const found = new Map<string, ESTree.Expression>();
  for (const property of properties) {
    if (property.type === "SpreadElement") throw new Error("Something is spread.");
    const { key, value, computed, shorthand } = property;
    if (computed) throw new Error("A key is computed.");
    const name =
      key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : undefined;
    if (name === undefined || shorthand) throw new Error(`${name ?? key.type} is no plain property.`);
    if (found.has(name)) throw new Error(`${name} is there twice.`);
    found.set(name, value);
  }
  return found;
}

function namesIn(node: ESTree.Expression | undefined): string[] {
  if (node === undefined) return [];
  if (node.type !== "ObjectExpression") throw new Error("Implementations are not named one by one.");
  return [...propertiesOf(node).keys()];
}

/** The value of a literal. Only the context may be a name: no tool needs it to draw. */
function literalOf(
  node: ESTree.Expression | ESTree.ArrayExpression["elements"][number],
  path: string[],
): unknown {
  const place = path.join(".");
  if (node?.type === "ObjectExpression") {
    const entries = [...propertiesOf(node)].map(([key, value]) => {
      if (forbidden.includes(key)) throw new Error(`There is ${key} at ${place}.`);
      return [key, literalOf(value, [...path, key])];
    });
    return Object.fromEntries(entries) as object;
  }
  if (node?.type === "ArrayExpression") {
    return node.elements.map((element, index) => literalOf(element, [...path, `${index}`]));
  }
  if (node?.type === "Literal" && (node.value === null || typeof node.value !== "object")) return node.value;
  if (node?.type === "Identifier" && place === "context") return node.name;
  throw new Error(`There is a ${node?.type ?? "hole"} at ${place}.`);
}
