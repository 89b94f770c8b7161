import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useDemo } from "./use-demo.ts";

const openDemo = useDemo();

/** Returns the name of the focused element and whether its focus is visible; undefined between the last and the first. */
function focused(page: Page): Promise<{ readonly name: string; readonly isSeen: boolean } | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    if (element === document.body) return undefined;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const label = element.closest("label")?.textContent;
    return {
      name: element.getAttribute("aria-label") ?? label ?? element.textContent,
      isSeen: outlineStyle !== "none" && outlineWidth !== "0px",
    };
  });
}

/** Goes on with the Tab key until this has the focus; where the focus is can be seen all the way. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 60) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    if (here === undefined) continue;
    expect(here).toEqual({ name: here.name, isSeen: true });
    if (name.test(here.name)) return;
    passed.push(here.name);
  }
  throw new Error(`The Tab key does not lead to ${String(name)}, but to ${passed.join(", ")}.`);
}

test("an agent works by the keyboard alone: goes Ready, accepts, answers, looks at a chart and finishes", async () => {
  const demo = await openDemo();
  const { page, region, simulator } = demo;
  await tabTo(page, /^Chat ready$/);
  await page.keyboard.press("Space");
  await region("Channels").locator("[data-state=Ready]").waitFor();
  const customer = simulator.customers.chat({ nickname: "Mia", text: "Hello?" });
  await region("Invitations").getByRole("timer").waitFor();
  await tabTo(page, /^Accept: /);
  await page.keyboard.press("Enter");

  // An agent who accepts a chat wants to write in it.
  await expect.poll(async () => (await focused(page))?.name).toBe("Message to the customer");
  await page.keyboard.type("I am here.");
  await page.keyboard.press("Enter");
  await expect.poll(() => customer.transcript.map(({ text }) => text)).toContain("I am here.");
  await expect
    .poll(() => page.getByRole("textbox", { name: "Message to the customer" }).inputValue())
    .toBe("");

  await tabTo(page, /^ChatAccepted/);
  await page.keyboard.press("ArrowLeft");
  expect((await focused(page))?.name).toBe("ConnectionLive");
  await page.getByRole("img", { name: /^The connection chart. Current state: Live/ }).waitFor();

  await tabTo(page, /^Stop processing$/);
  await page.keyboard.press("Enter");
  await region("Ended").getByText("Completed").waitFor();
  // The button is gone; what it belonged to has the focus, not the whole page.
  await expect.poll(async () => (await focused(page))?.name).toMatch(/^Mia: /);
  expect(demo.complaints).toEqual([]);
});
