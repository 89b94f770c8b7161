import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Browser } from "playwright-core";
import { onTestFinished } from "vitest";
import { findChromium, quietArguments } from "./chromium.ts";
import { watch, type WatchedPage } from "./watched-page.ts";

/** A browser window with tabs, of which only the one in front is visible. */
export interface TabWindow {
  /** Opens an address in a new tab, which is then in front. */
  readonly open: (url: string) => Promise<WatchedPage>;
}

/**
 * Opens a window of a Chromium that treats its tabs as it does for people: a tab that is not in front is hidden and its
 * timers are throttled, and pages are kept for the way back. Playwright turns all of that off in a browser that it
 * launches itself. Closed when the test is over.
 */
export async function openWindow(flags: readonly string[] = []): Promise<TabWindow> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("Without a browser a test is skipped.");
  const profile = await mkdtemp(join(tmpdir(), "deskstate-profile-"));
  const own = ["--headless", "--no-sandbox", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  const program = spawn(executablePath, [...own, ...quietArguments, ...flags], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  onTestFinished(async () => {
    await ended(program);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const browser = await connect(await addressOf(program));
  const [context] = browser.contexts();
  if (context === undefined) throw new Error("Chromium has no window.");
  return {
    async open(url) {
      const watched = watch(await context.newPage());
      await watched.page.goto(url);
      return watched;
    },
  };
}

/** A browser that has just started does not always answer the first request. */
async function connect(address: string, attempts = 3): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(address, { noDefaults: true, timeout: 10_000 });
  } catch (error) {
    if (attempts === 1) throw error;
    return connect(address, attempts - 1);
  }
}

/** Resolves with the DevTools address that the browser prints. */
async function addressOf(program: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: program.stderr! })) {
    const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      // Later output must be read as well, otherwise the browser blocks; leaving this loop pauses the reading.
      setImmediate(() => program.stderr!.resume());
      return address;
    }
  }
  throw new Error("Chromium ended before it could be driven.");
}

function ended(program: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (program.exitCode !== null || program.signalCode !== null) return resolve();
    program.once("exit", () => resolve());
    program.kill();
  });
}
