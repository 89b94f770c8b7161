// Runs the browser tests, and fails if they would be skipped. Arguments select files, as for Vitest.
import { startVitest } from "vitest/node";
import { findChromium, noChromium } from "../test/browser/chromium.ts";

if (findChromium() === undefined) {
  console.error(noChromium());
  process.exit(1);
}
const vitest = await startVitest("test", process.argv.slice(2), { run: true, project: "browser" });
await vitest.close();
