// The law of imports as an oxlint rule: one table of rooms, and what each may import besides its own files.
// Plain JavaScript, because oxlint loads TypeScript plugins only from Node 22.18 on.
import { existsSync, readFileSync } from "node:fs";
import { posix, relative, sep } from "node:path";

/** Packages and modules of Node of any name, except this package's own entries. */
const packages = "packages";
/** The entries that package.json exports, by their names and by their source files. */
const entries = "entries";

const domain = "src/domain/**";
const main = "src/index.ts";
const text = "src/text/index.ts";

/**
 * The first line that matches a file holds for it. `*` stands for one name, `**` for a path of any length. Where a room's path
 * ends in `*` plus `**`, each folder is a room of its own: no link imports another. `type` marks what only types come from.
 */
const law = [
  { room: "src/index.ts", may: [domain, "src/desk/**", "src/kinds/**", "machines/**"] },
  { room: "src/domain/**", may: [] },
  { room: "machines/**", may: [domain, "xstate"] },
  { room: "src/kinds/*/**", may: [domain, "machines/**", "src/kinds/*.ts", "type xstate"] },
  { room: "src/kinds/*.ts", may: [domain, "machines/**", "src/kinds/**", "type xstate"] },
  { room: "src/dialects/shared/**", may: [domain, "type src/kinds/**", "src/dialects/*.ts"] },
  {
    room: "src/dialects/*/**",
    may: [domain, "type src/kinds/**", "src/dialects/*.ts", "src/dialects/shared/**"],
  },
  {
    room: "src/dialects/*.ts",
    may: [domain, "type src/kinds/**", "src/dialects/*.ts", "src/dialects/shared/**"],
  },
  { room: "src/desk/**", may: [domain, "machines/**", "src/kinds/**", "xstate", "immer"] },
  { room: "src/links/gws/*.node.ts", may: [domain, "src/links/gws/**", "node:*", "set-cookie-parser"] },
  { room: "src/links/gws/**", may: [domain, "src/dialects/**", "src/desk/link.ts", "cometd", "#cookies"] },
  { room: "src/links/*/**", may: [domain, "src/dialects/**", "src/desk/link.ts"] },
  { room: "src/text/**", may: [domain, main] },
  { room: "src/react/**", may: [domain, main, text, "react"] },
  { room: "src/vue/**", may: [domain, main, text, "vue"] },
  { room: "src/inspect/**", may: [domain, main, text, "type xstate"] },
  { room: "src/bot/**", may: [domain, main, text] },
  // A replay connects a desk by a link of its own.
  {
    room: "src/recording/**",
    may: [domain, main, text, "src/links/gws/index.ts", "src/links/recorded/**", "@noble/hashes/**"],
  },
  { room: "src/simulator/http-server.ts", may: ["src/simulator/**", "node:*"] },
  { room: "src/simulator/**", may: ["src/domain/clock.ts", "src/domain/random.ts"] },
  { room: "src/load/**", may: [entries, packages] },
  { room: "src/cli/**", may: [entries, packages, "src/load/index.ts"] },
  { room: "demo/**", may: [entries, packages] },
  { room: "examples/*/vite.config.ts", may: [packages, "demo/server/simulator-plugin.ts"] },
  { room: "examples/*/**", may: [entries, packages] },
];
/** The files that the law holds for, which are not tests; one that no line names is reported. */
const ruled = /^(src|machines|demo|examples)\/(?!.*\.test\.tsx?$)/;

const expressions = new Map();
/** Returns the expression for a pattern; what each single `*` matches is captured. */
function expression(pattern) {
  let made = expressions.get(pattern);
  if (!made) {
    const source = pattern
      .replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll("**", "\0")
      .replaceAll("*", "([^/]+)")
      .replaceAll("\0", ".+");
    made = new RegExp(`^${source}$`);
    expressions.set(pattern, made);
  }
  return made;
}

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

const projects = new Map();
/** Returns the public entries of the project in a folder and its list of exemptions. */
function projectIn(root) {
  let project = projects.get(root);
  if (!project) {
    const { exports } = readJson(`${root}/package.json`);
    const sources = Object.values(exports).map((entry) => entry["deskstate-source"]);
    const table = `${root}/etc/exemptions.json`;
    project = {
      entries: new Set(sources.filter(Boolean).map((file) => file.slice("./".length))),
      exempt: existsSync(table) ? readJson(table).imports : {},
    };
    projects.set(root, project);
  }
  return project;
}

function isAllowedBy(allowed, target, isType, project) {
  if (allowed === entries) return project.entries.has(target) || /^deskstate(\/|$)/.test(target);
  if (allowed === packages) return !/^(src|machines|demo|examples|test|bench|scripts|\.\.)\//.test(target);
  if (allowed.startsWith("type ")) return isType && expression(allowed.slice("type ".length)).test(target);
  return expression(allowed).test(target);
}

/** Returns how an import breaks the law, or nothing. Paths are those from the project's root, with `/`. */
function problemOf(file, specifier, isType, project) {
  const target = specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : specifier;
  if (!ruled.test(file)) return undefined;
  const line = law.find(({ room }) => expression(room).test(file));
  if (!line) return `${file} is in no room of the law of imports.`;

  const own = expression(line.room).exec(file)?.[1];
  const isFolderRoom = line.room.endsWith("/*/**");
  const room = isFolderRoom ? line.room.replace("*", own) : line.room;
  if (room.includes("/**") && expression(room).test(target)) return undefined;
  if (line.may.some((allowed) => isAllowedBy(allowed, target, isType, project))) return undefined;
  return `${room} may import ${["itself", ...line.may].join(", ")}; not ${target}.`;
}

const rule = {
  meta: { schema: [{ enum: ["without-exemptions"] }] },
  create(context) {
    const root = context.cwd;
    const file = relative(root, context.filename).replaceAll(sep, "/");
    const project = projectIn(root);
    const exempt = context.options[0] === "without-exemptions" ? [] : (project.exempt[file]?.found ?? []);
    const check = (node, source, isType) => {
      if (typeof source?.value !== "string" || exempt.includes(source.value)) return;
      const message = problemOf(file, source.value, isType, project);
      if (message) context.report({ node: source, message });
    };
    const areTypes = (specifiers, kind) =>
      specifiers.length > 0 && specifiers.every((specifier) => specifier[kind] === "type");
    return {
      ImportDeclaration: (node) =>
        check(node, node.source, node.importKind === "type" || areTypes(node.specifiers, "importKind")),
      ExportNamedDeclaration: (node) =>
        check(node, node.source, node.exportKind === "type" || areTypes(node.specifiers, "exportKind")),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === "type"),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal ?? node.argument, true),
    };
  },
};

export default { meta: { name: "house" }, rules: { "import-law": rule } };
