import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

const root = import.meta.dirname;
const conditions = ["deskstate-source", "node", "module", "development|production", "default"];
const inBrowser = "test/browser/**";
/** Tests that need Java. It has a configuration of its own. */
const withJava = "test/interop/**";
const react18 = `${root}/test/react`;

const testFiles = ["test", "examples"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => /\.test\.tsx?$/.test(file) && !file.includes("node_modules"))
  .map((file) => file.replaceAll("\\", "/"));
const filesWith = (pattern: RegExp) =>
  testFiles.filter((file) => pattern.test(readFileSync(join(root, file), "utf8")));
const withMockedModules = filesWith(/\bvi\.(mock|doMock|resetModules)\(/);
const withDom = filesWith(/^\/\/ @vitest-environment happy-dom$/m).filter(
  (file) => !withMockedModules.includes(file),
);

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    environment: "node",
    restoreMocks: true,
    // A machine with two processors uses both: the browser and its tests take turns.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Files share a process, because a new one would load Vitest and the sources again. Modules keep no state.
    isolate: false,
    // No test measures time by these. A loaded machine may take many times what an idle one takes.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["{test,examples}/**/*.test.{ts,tsx}"],
          exclude: [...configDefaults.exclude, inBrowser, withJava, ...withDom, ...withMockedModules],
        },
      },
      {
        extends: true,
        // React, Vue and happy-dom keep state of their own.
        test: { name: "dom", include: withDom, isolate: true },
      },
      {
        extends: true,
        // A process of its own for each file, because mocks reach modules that other files share.
        test: { name: "mocks", include: withMockedModules, isolate: true },
      },
      {
        extends: true,
        resolve: {
          alias: [{ find: /^react(-dom)?(?=\/|$)/, replacement: `${react18}/react-18/node_modules/react$1` }],
        },
        test: {
          name: "react-18",
          isolate: true,
          include: ["test/react/**/*.test.{ts,tsx}"],
          exclude: [...configDefaults.exclude, ...withMockedModules],
          env: { REACT: "18" },
          execArgv: ["--require", `${react18}/require-react-18.cjs`],
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: [`${inBrowser}/*.test.ts`],
          globalSetup: "test/browser/global-setup.ts",
        },
      },
    ],
  },
});
