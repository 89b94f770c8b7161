import type { Page } from "playwright-core";
import type { TestBrowser } from "./use-browser.ts";

/** The looks of a page. */
export interface Looks {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  /** Default `reduce`: an animation costs the processor a picture for each of its frames. */
  readonly reducedMotion?: "reduce" | "no-preference";
}

/** The page of an app, and its faults. */
export interface AppPage {
  readonly page: Page;
  /** Errors and warnings on its console, what it did not catch, and every request that left this machine. */
  readonly complaints: readonly string[];
  /** Every text of the page about its connection, in order, from its load. */
  readonly statuses: () => Promise<readonly string[]>;
}

declare global {
  interface Window {
    readonly statuses: string[];
  }
}

/** Opens an app in a context of its own. */
export async function openApp(browser: TestBrowser, url: string, looks: Looks = {}): Promise<AppPage> {
  const { width = 1280, height = 800, colorScheme = "light", reducedMotion = "reduce" } = looks;
  const { page, faults } = await browser.open("about:blank");
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion });
  await page.addInitScript(noteStatuses);
  const others: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning") others.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") others.push(`asks ${request.url()}`);
  });
  await page.goto(url);
  return {
    page,
    get complaints() {
      // The browser itself writes on the console what became of requests.
      return [...faults.filter(({ kind }) => kind !== "network").map(({ text }) => text), ...others];
    },
    statuses: () => page.evaluate(() => [...window.statuses]),
  };
}

/** The connection is the first status of each app. A state may last for less than a test needs to look. */
function noteStatuses(): void {
  const statuses: string[] = [];
  Object.assign(window, { statuses });
  const look = () => {
    const text = document.querySelector("[role=status]")?.textContent.trim() ?? "";
    if (text !== "" && text !== statuses.at(-1)) statuses.push(text);
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Waits until the page shows that its desk is live. */
export async function untilLive({ page }: Pick<AppPage, "page">): Promise<void> {
  await page.getByRole("status").first().filter({ hasText: /^Live/ }).waitFor();
}
