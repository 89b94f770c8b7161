import { expect, test } from "vitest";
import { simulate } from "../link/simulate.ts";
import { eventually } from "./eventually.ts";
import { goReady, signIn } from "./page-desk.ts";
import { useBrowser } from "./use-browser.ts";
import { usePage } from "./use-page.ts";

const browser = useBrowser();
const serve = usePage();

declare global {
  interface Window {
    /** The listeners of the window and the document, by target and name of the event. */
    readonly listening: readonly string[];
  }
}

/** Notes in a page who listens to its window and its document. */
function noteListeners(): void {
  const listening: string[] = [];
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const nameOf = (target: unknown, type: string) =>
    target === document
      ? `document ${type}`
      : target === window || target === undefined
        ? `window ${type}`
        : "";
  const remove = (name: string) => {
    const at = listening.indexOf(name);
    if (at >= 0) listening.splice(at, 1);
  };
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, ...asked) {
    const name = nameOf(this, asked[0]);
    if (name !== "") listening.push(name);
    const { signal } = Object(asked[2]) as AddEventListenerOptions;
    signal?.addEventListener("abort", () => remove(name));
    addEventListener.apply(this ?? window, asked);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, ...asked) {
    remove(nameOf(this, asked[0]));
    removeEventListener.apply(this ?? window, asked);
  };
  Object.assign(window, { listening });
}

test("a desk changes nothing of the page, and leaves no listener and no request when it stops", async () => {
  const simulator = await simulate();
  const url = await serve(simulator);
  const { page, faults } = await browser.open("about:blank");
  await page.addInitScript(noteListeners);
  await page.goto(url);
  const pending = new Set<unknown>();
  page.on("request", (request) => pending.add(request));
  for (const name of ["requestfinished", "requestfailed"] as const) {
    page.on(name as "requestfinished", (request) => pending.delete(request));
  }
  const look = () =>
    page.evaluate(() => ({
      names: [window, document, Object.prototype, Array.prototype, Promise.prototype, Function.prototype].map(
        (one) => Object.getOwnPropertyNames(one),
      ),
      isFetchTheBrowsers: /native code/.test(Function.prototype.toString.call(fetch)),
      workers: performance.getEntriesByType("resource").filter(({ name }) => name.startsWith("blob:")),
      listening: [...window.listening],
    }));
  const before = await look();
  await signIn(page, simulator.agents[0]!);
  await goReady(page);
  await eventually("a connect is held", () => pending.size > 0);
  const during = await look();
  expect(during.listening.length).toBeGreaterThan(before.listening.length);
  expect({ ...during, listening: [] }).toEqual({ ...before, listening: [] });
  await page.evaluate(() => window.deskPage.desk.stop());
  expect(await look()).toEqual(before);
  await eventually("no request is pending", () => pending.size === 0);
  expect(faults).toEqual([]);
});
