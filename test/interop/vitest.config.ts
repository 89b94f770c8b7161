import { defineConfig } from "vitest/config";
import root from "../../vitest.config.ts";

// Not a project of the root's: `npm test` needs nothing but Node.
export default defineConfig({
  ...(root.resolve && { resolve: root.resolve }),
  ...(root.ssr && { ssr: root.ssr }),
  test: {
    root: import.meta.dirname,
    globalSetup: "build-servers.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
