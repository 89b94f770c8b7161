import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addFinding, compareWithExemptions } from "../../scripts/exemptions.ts";
import { type Finding, lint, root } from "./lint.ts";

const plugin = join(root, "scripts/lint/import-law.js");
const configuration = (rules: object) =>
  JSON.stringify({
    plugins: ["import"],
    jsPlugins: [plugin],
    categories: { correctness: "off" },
    ignorePatterns: ["dist", "coverage", "docs-check"],
    rules,
  });

/** oxlint takes two seconds; a loaded machine may take many times that. */
const timeout = 120_000;
const planted = mkdtempSync(join(tmpdir(), "deskstate-imports-"));

function write(name: string, text: string) {
  mkdirSync(dirname(join(planted, name)), { recursive: true });
  writeFileSync(join(planted, name), text);
}

/** A file of each room, which stands for all others in it. */
const rooms = {
  index: "src/index.ts",
  domain: "src/domain/fact.ts",
  machines: "machines/email.machine.ts",
  kind: "src/kinds/kind.ts",
  email: "src/kinds/email/email.ts",
  chat: "src/kinds/chat/chat.ts",
  dialect: "src/dialects/dialect.ts",
  shared: "src/dialects/shared/fields.ts",
  gws851: "src/dialects/gws-8.5.1/decode.ts",
  gws852: "src/dialects/gws-8.5.2/decode.ts",
  port: "src/desk/link.ts",
  desk: "src/desk/entities/chart.ts",
  gws: "src/links/gws/index.ts",
  gwsNode: "src/links/gws/cookies.node.ts",
  tabs: "src/links/tabs/follower.ts",
  recorded: "src/links/recorded/replay-link.ts",
  text: "src/text/index.ts",
  reactHooks: "src/react/index.ts",
  vueHooks: "src/vue/use-readable.ts",
  inspect: "src/inspect/index.ts",
  bot: "src/bot/index.ts",
  recording: "src/recording/index.ts",
  simulator: "src/simulator/index.ts",
  server: "src/simulator/http-server.ts",
  clock: "src/domain/clock.ts",
  load: "src/load/index.ts",
  cli: "src/cli/program.ts",
  demo: "demo/desk/desk.tsx",
  example: "examples/testing/offers.tsx",
} as const;
type Room = keyof typeof rooms;
const packages = ["xstate", "immer", "cometd", "react", "vue", "commander", "node:fs", "deskstate"] as const;
type Target = Room | (typeof packages)[number];

const domain = ["domain", "clock"] as const;
const entries = ["index", "gws", "text", "reactHooks", "inspect", "bot", "recording", "simulator"] as const;
const anything = [...entries, ...packages] as const;

/** The law a second time, by examples, so that a slip in the table of the rule is seen. Everything else is forbidden. */
const allowed: Record<Room, readonly Target[]> = {
  index: [...domain, "port", "desk", "kind", "email", "chat", "machines"],
  domain: ["clock"],
  clock: ["domain"],
  machines: [...domain, "xstate"],
  kind: [...domain, "machines", "email", "chat"],
  email: [...domain, "machines", "kind"],
  chat: [...domain, "machines", "kind"],
  dialect: [...domain, "shared"],
  shared: [...domain, "dialect"],
  gws851: [...domain, "dialect", "shared"],
  gws852: [...domain, "dialect", "shared"],
  port: [...domain, "desk", "machines", "kind", "email", "chat", "xstate", "immer"],
  desk: [...domain, "port", "machines", "kind", "email", "chat", "xstate", "immer"],
  gws: [...domain, "dialect", "shared", "gws851", "gws852", "port", "gwsNode", "cometd"],
  gwsNode: [...domain, "gws", "node:fs"],
  tabs: [...domain, "dialect", "shared", "gws851", "gws852", "port"],
  recorded: [...domain, "dialect", "shared", "gws851", "gws852", "port"],
  text: [...domain, "index"],
  reactHooks: [...domain, "index", "text", "react"],
  vueHooks: [...domain, "index", "text", "vue"],
  inspect: [...domain, "index", "text"],
  bot: [...domain, "index", "text"],
  recording: [...domain, "index", "text", "gws", "recorded"],
  simulator: ["clock", "server"],
  server: ["simulator", "node:fs"],
  load: anything,
  cli: [...anything, "load"],
  demo: anything,
  example: anything,
};

const isRoom = (target: Target): target is Room => Object.hasOwn(rooms, target);

function specifierFrom(file: string, target: Target) {
  if (!isRoom(target)) return target;
  const path = posix.relative(posix.dirname(file), rooms[target]);
  return path.startsWith(".") ? path : `./${path}`;
}

const findings: Finding[] = [];
const isReported = (file: string, specifier: string) =>
  findings.some((finding) => finding.file === file && finding.text === specifier);

/** Each other way to write an import, with one that no file of src/domain may have. */
const forms = {
  "src/domain/import-type.ts": 'import type { Desk } from "../desk/desk.ts";',
  "src/domain/import-types.ts": 'import { type Desk, type Chart } from "../desk/desk.ts";',
  "src/domain/side-effect.ts": 'import "../desk/desk.ts";',
  "src/domain/export-all.ts": 'export * from "../desk/desk.ts";',
  "src/domain/export-named.ts": 'export { createDesk } from "../desk/desk.ts";',
  "src/domain/export-type.ts": 'export type { Desk } from "../desk/desk.ts";',
  "src/domain/dynamic.ts": 'export const desk = await import("../desk/desk.ts");',
  "src/domain/type-query.ts": 'export type Desk = import("../desk/desk.ts").Desk;',
  "src/domain/component.tsx": 'import "../desk/desk.ts";',
  "src/domain/component.vue": '<script setup lang="ts">\nimport "../desk/desk.ts";\n</script>\n',
};

beforeAll(() => {
  const exports = Object.fromEntries(
    entries.map((entry) => [entry, { "deskstate-source": `./${rooms[entry]}` }]),
  );
  write("package.json", JSON.stringify({ exports }));
  write("oxlint.json", configuration({ "house/import-law": "error" }));
  for (const [room, file] of Object.entries(rooms)) {
    const targets = [...(Object.keys(rooms) as Room[]), ...packages].filter((target) => target !== room);
    write(file, targets.map((target) => `import "${specifierFrom(file, target)}";\n`).join(""));
  }
  for (const [file, text] of Object.entries(forms)) write(file, text);
  write("src/inspect/types.ts", 'import type { Actor } from "xstate";');
  write("src/dialects/gws-8.5.1/types.ts", 'import type { Kind } from "../../kinds/kind.ts";');
  write("src/unknown/folder.ts", 'import "../domain/fact.ts";');
  write("test/desk/any.test.ts", 'import "../../src/desk/entities/chart.ts";');
  findings.push(...lint(planted, "oxlint.json"));
}, timeout);
afterAll(() => rmSync(planted, { recursive: true, force: true }));

describe("a planted import", () => {
  for (const room of Object.keys(rooms) as Room[])
    test(`of ${rooms[room]} is reported in each forbidden direction and in no allowed one`, () => {
      const targets = [...(Object.keys(rooms) as Room[]), ...packages].filter((target) => target !== room);
      const passed = targets.filter((target) => !isReported(rooms[room], specifierFrom(rooms[room], target)));
      expect(passed.toSorted()).toEqual([...allowed[room]].toSorted());
    });

  test.for(Object.keys(forms))("is reported in each form: %s", (file) => {
    expect(isReported(file, "../desk/desk.ts")).toBe(true);
  });

  test("may be of types only where the law allows it", () => {
    expect(isReported("src/inspect/types.ts", "xstate")).toBe(false);
    expect(isReported("src/inspect/index.ts", "xstate")).toBe(true);
    expect(isReported("src/dialects/gws-8.5.1/types.ts", "../../kinds/kind.ts")).toBe(false);
    expect(isReported("src/dialects/gws-8.5.1/decode.ts", "../../kinds/kind.ts")).toBe(true);
  });

  test("of a folder that the law does not name is reported; tests may import anything", () => {
    expect(isReported("src/unknown/folder.ts", "../domain/fact.ts")).toBe(true);
    expect(isReported("test/desk/any.test.ts", "../../src/desk/entities/chart.ts")).toBe(false);
  });
});

describe("the repository", () => {
  const found: Finding[] = [];
  beforeAll(() => {
    const file = join(planted, "repository.json");
    const rules = {
      "house/import-law": ["error", "without-exemptions"],
      "import/no-cycle": ["error", { ignoreTypes: false }],
    };
    writeFileSync(file, configuration(rules));
    found.push(...lint(root, file));
  }, timeout);

  test("breaks the law of imports only where etc/exemptions.json lists it", () => {
    const broken = new Map<string, string[]>();
    for (const { rule, file, text } of found)
      if (rule === "house(import-law)") addFinding(broken, file, text);
    expect(compareWithExemptions("imports", broken)).toEqual([]);
  });

  test("has circles of imports only where .oxlintrc.json exempts the file", () => {
    const { overrides } = JSON.parse(readFileSync(join(root, ".oxlintrc.json"), "utf8")) as {
      readonly overrides: readonly { readonly files: readonly string[]; readonly rules: object }[];
    };
    const exempt = overrides.flatMap(({ files, rules }) => ("import/no-cycle" in rules ? files : []));
    const circular = new Set(found.flatMap(({ rule, file }) => (rule === "import(no-cycle)" ? [file] : [])));
    expect([...circular].toSorted()).toEqual(exempt.toSorted());
  });
});
