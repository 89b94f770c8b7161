import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { accept, goReady, sendMessage, type DemoPage } from "./use-demo.ts";

/** The timeout of `expect.poll`. It measures nothing: only a fault reaches it. */
export const longTimeout = { timeout: 20_000 };

/** A file as a page is given it. */
export function fileOf(name: string, text: string) {
  return { name, mimeType: "application/x-ndjson", buffer: Buffer.from(text) };
}

/** Chooses a file to be opened, as a person does. */
export async function open(page: Page, name: string, text: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: /^Open a/ }).click(),
  ]);
  await chooser.setFiles(fileOf(name, text));
}

/** Saves the recording of the page. @returns its text */
export async function save({ page, button }: DemoPage): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), button("Save the recording").click()]);
  expect(download.suggestedFilename()).toMatch(/^deskstate-[\dT-]+\.jsonl$/);
  return text(await download.createReadStream());
}

/** Waits until the replay stands where it was sent. */
export async function arrived(page: Page): Promise<void> {
  await page.locator(".replay-last[aria-busy=false]").waitFor();
}

/** An email and a chat that were accepted, an offer that was taken away, an anomaly, and a chat that was ended. */
export async function atWork(demo: DemoPage): Promise<void> {
  const { button, region, simulator } = demo;
  await goReady(demo);
  simulator.customers.email({ subject: "A puncture, again", text: "It is the rear wheel." });
  await accept(demo);
  const taken = simulator.customers.email({ subject: "Taken away" });
  await region("Invitations").getByText("Taken away").waitFor();
  simulator.revoke(taken.id);
  await region("Ended").getByText("Revoked").waitFor();
  simulator.customers.chat({ nickname: "Mia", subject: "Brakes", text: "Hello?" });
  await accept(demo);
  await sendMessage(demo, "Good morning.");
  await button("Stop processing").click();
  await region("Ended").getByText("Completed").waitFor();
}

/** The parts of a replay page that are compared with each other. */
export interface ShownReplay {
  /** The state that is lit last in the chart, which is the innermost. */
  readonly lit: string | null | undefined;
  /** The states of all charts, as their tabs show them. */
  readonly details: readonly (string | null)[];
  /** The last fact of the chart. */
  readonly fact: string;
  /** The current entry in words. */
  readonly entry: string;
  /** The controls that could be used, beside those of the replay and of the charts, and those that select. */
  readonly offered: readonly string[];
}

declare global {
  interface Window {
    readonly readReplay: () => ShownReplay;
  }
}

/** Installs `readReplay` in the page, so that steps can be read there without a round trip for each. */
export async function installReader(page: Page): Promise<void> {
  await page.evaluate(() => {
    const isVisible = (element: Element) => element.checkVisibility();
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(isVisible);
    const readReplay = (): ShownReplay => ({
      lit: all(".inspector .is-current")
        .map((state) => state.getAttribute("data-state"))
        .at(-1),
      details: all(".inspector .tab-detail").map(({ textContent }) => textContent),
      fact: all(".inspector .facts li .fact-name").at(0)?.textContent ?? "",
      entry: all(".replay-last").at(0)?.textContent ?? "",
      offered: all("main :is(button, input, select, textarea, form)")
        .filter((element) => !element.matches(".card-title, [role=tab], .inspector input[type=checkbox]"))
        .map(({ outerHTML }) => outerHTML),
    });
    Object.assign(window, { readReplay });
  });
}

export function shownReplay(page: Page): Promise<ShownReplay> {
  return page.evaluate(() => window.readReplay());
}

/** Presses Step until the end. @returns what the page shows after each */
export function stepToEnd(page: Page): Promise<ShownReplay[]> {
  return page.evaluate(async () => {
    const step = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Step")!;
    const entry = document.querySelector(".replay-last")!;
    const nextFrame = () => new Promise(requestAnimationFrame);
    const shown: ShownReplay[] = [];
    while (step.getAttribute("aria-disabled") !== "true") {
      const before = entry.textContent;
      step.click();
      do await nextFrame();
      while (entry.textContent === before || entry.getAttribute("aria-busy") === "true");
      shown.push(window.readReplay());
    }
    return shown;
  });
}
