import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { accept, goReady, say, type DemoPage } from "./use-demo.ts";

/** How long `expect.poll` goes on asking. Nothing is measured by it: only a fault reaches its end. */
export const patience = { timeout: 20_000 };

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

/** Has the page save what happened. @returns its text */
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
  await say(demo, "Good morning.");
  await button("Stop processing").click();
  await region("Ended").getByText("Completed").waitFor();
}

/** What the page shows of the charts, lit, and of what they heard. */
export function charts(page: Page) {
  return page.locator(".inspector:visible").evaluate((panel) => {
    const texts = (selector: string) =>
      [...panel.querySelectorAll(selector)].map(({ textContent }) => textContent);
    return {
      lit: [...panel.querySelectorAll(".is-current")].map((state) => state.getAttribute("data-state")).at(-1),
      details: texts(".tab-detail"),
      fact: texts(".facts li .fact-name").at(0) ?? "",
    };
  });
}

/** What the visible page has that could be pressed or written in beside the replay, the charts and what is to be chosen. */
export function offered(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("main :is(button, input, select, textarea, form)")]
      .filter((element) => element.checkVisibility())
      .filter((element) => !element.matches(".card-title, [role=tab], .inspector input[type=checkbox]"))
      .map(({ outerHTML }) => outerHTML),
  );
}
