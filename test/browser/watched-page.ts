import type { Page } from "playwright-core";

/** A fault in a page. */
export interface Fault {
  /**
   * `console`: an error on the console. `page`: an error or a rejection that was not caught. `network`: a request that
   * failed or was refused, as the browser itself reports it; what the page gave up itself is no fault.
   */
  readonly kind: "console" | "page" | "network";
  readonly text: string;
}

/** A page, and what was seen of it since it was opened. */
export interface WatchedPage {
  readonly page: Page;
  /** The faults, in order. */
  readonly faults: readonly Fault[];
  /** Every line on the console, of any kind. */
  readonly said: readonly string[];
}

export function watch(page: Page): WatchedPage {
  const faults: Fault[] = [];
  const said: string[] = [];
  page.on("console", (message) => {
    const text = message.text();
    said.push(text);
    if (message.type() !== "error") return;
    faults.push({ kind: text.startsWith("Failed to load resource:") ? "network" : "console", text });
  });
  page.on("pageerror", (error) => faults.push({ kind: "page", text: String(error) }));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "failed";
    if (why !== "net::ERR_ABORTED") faults.push({ kind: "network", text: `${request.url()} ${why}` });
  });
  return { page, faults, said };
}
