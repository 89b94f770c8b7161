import { chromium, type Browser, type BrowserContext, type LaunchOptions } from "playwright-core";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";
import { findChromium, noChromium } from "./chromium.ts";
import { watch, type WatchedPage } from "./watched-page.ts";

/** A Chromium for the tests of one file. */
export interface TestBrowser {
  /**
   * Opens an address, in a context of its own: no cookies, no storage. Given the context of another page, it is another
   * tab beside that page. Closed when the test is over.
   */
  readonly open: (url: string, context?: BrowserContext) => Promise<WatchedPage>;
}

/** Nothing that a browser does by itself may reach for the network, wait for a graphics card or need much shared memory. */
export const quiet = [
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts Chromium before the tests of this file and ends it after them. Where there is none the tests are skipped.
 *
 * @param options - `args` and `ignoreDefaultArgs` as Playwright has them, for what it would otherwise turn off.
 */
export function useBrowser(options: Pick<LaunchOptions, "args" | "ignoreDefaultArgs"> = {}): TestBrowser {
  const executablePath = findChromium();
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (executablePath === undefined) return;
    const args = [...quiet, ...(options.args ?? [])];
    browser = await chromium.launch({ ...options, executablePath, args });
  });
  skipWithoutBrowser();
  afterAll(() => browser?.close());

  return {
    async open(url, context) {
      if (browser === undefined) throw new Error("A page can be opened in a test only.");
      const own = context ?? (await browser.newContext());
      if (context === undefined) onTestFinished(() => own.close());
      const watched = watch(await own.newPage());
      await watched.page.goto(url);
      return watched;
    },
  };
}

/** Skips the tests of this file where there is no Chromium. */
export function skipWithoutBrowser(): void {
  beforeEach(({ skip }) => skip(findChromium() === undefined, noChromium()));
}
