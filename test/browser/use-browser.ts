import { chromium, type Browser, type BrowserContext } from "playwright-core";
import { afterAll, beforeAll, beforeEach, inject, onTestFinished } from "vitest";
import { findChromium, noChromium } from "./chromium.ts";
import type {} from "./global-setup.ts";
import { watch, type WatchedPage } from "./watched-page.ts";

/** The browser that all tests of a run share. */
export interface TestBrowser {
  /**
   * Opens an address, in a context of its own: no cookies, no storage. Given the context of another page, it is another
   * tab beside that page. Closed when the test is over.
   */
  readonly open: (url: string, context?: BrowserContext) => Promise<WatchedPage>;
}

/** Connects to the shared browser for the tests of a file. Without a Chromium the tests are skipped. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (findChromium() !== undefined) browser = await chromium.connect(inject("browserEndpoint"));
  });
  skipWithoutBrowser();
  afterAll(() => browser?.close());

  return {
    async open(url, context) {
      if (browser === undefined) throw new Error("A page can be opened during a test only.");
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
