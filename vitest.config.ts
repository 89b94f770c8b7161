import { configDefaults, defineConfig } from "vitest/config";

const conditions = ["deskstate-source", "node", "module", "development|production", "default"];
const inBrowser = "test/browser/**";
/** What needs Java; it has a configuration of its own. */
const withJava = "test/interop/**";
const withReact18 = `${import.meta.dirname}/test/react`;

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    environment: "node",
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["{test,examples}/**/*.test.{ts,tsx}"],
          exclude: [...configDefaults.exclude, inBrowser, withJava],
          testTimeout: 10_000,
          hookTimeout: 10_000,
        },
      },
      {
        extends: true,
        resolve: {
          alias: [
            { find: /^react(-dom)?(?=\/|$)/, replacement: `${withReact18}/react-18/node_modules/react$1` },
          ],
        },
        test: {
          name: "react-18",
          include: ["test/react/**/*.test.{ts,tsx}"],
          env: { REACT: "18" },
          execArgv: ["--require", `${withReact18}/require-react-18.cjs`],
          testTimeout: 10_000,
          hookTimeout: 10_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: [`${inBrowser}/*.test.ts`],
          globalSetup: "test/browser/global-setup.ts",
          // Files share one process, because each new one would load Playwright again.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // One file at a time, after all others: a browser that waits for the processor is slow, and so may miss a time limit.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
