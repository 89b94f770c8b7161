import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { Simulator } from "../../src/simulator/index.ts";
import { openApp, untilLive, type AppPage, type Looks } from "./app-page.ts";
import { workKnown, workShown } from "./demo-work.ts";
import { useApp, type ServedApp } from "./use-app.ts";
import { useBrowser } from "./use-browser.ts";

/** The demo in a browser, and the contact centre beside it. */
export interface DemoPage extends AppPage {
  readonly simulator: Simulator;
  readonly button: (name: string | RegExp) => Locator;
  readonly region: (name: string) => Locator;
}

/** The agent that the demo signs in. */
const user = "agent1";

/** Serves the demo to the tests of a file. @returns opens the page and waits until its desk is live */
export function useDemo(
  serve: () => () => ServedApp = () => useApp("demo"),
): (looks?: Looks) => Promise<DemoPage> {
  const browser = useBrowser();
  const served = serve();
  return async (looks = {}) => {
    const { url, simulator } = served();
    const app = await openApp(browser, url, looks);
    await untilLive(app);
    const { page } = app;
    return {
      ...app,
      get complaints() {
        return app.complaints;
      },
      simulator,
      button: (name) => page.getByRole("button", { name, exact: true }),
      region: (name) => page.getByRole("region", { name, exact: true }),
    };
  };
}

/** Switches both channels to Ready, as the server confirms. */
export async function goReady({ page, region }: DemoPage): Promise<void> {
  for (const channel of ["Email", "Chat"]) {
    await page.getByRole("switch", { name: `${channel} ready` }).click();
  }
  await region("Channels").locator("[data-state=Ready]").nth(1).waitFor();
}

/** Accepts what is offered first. */
export async function accept({ button, page }: DemoPage): Promise<void> {
  await button(/^Accept: /)
    .first()
    .click();
  await page.locator(".interaction .badge[data-state=Accepted]").waitFor();
}

/** Sends a message in the chat that is shown, and waits until the server has it. */
export async function sendMessage({ page }: DemoPage, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message to the customer" }).fill(text);
  await page.keyboard.press("Enter");
  await page.getByRole("log", { name: "Transcript" }).getByText(text, { exact: true }).waitFor();
}

/** Everything that the agent has accepted is shown as the server knows it. */
export async function expectNothingLost({ page, simulator }: DemoPage): Promise<void> {
  await untilLive({ page });
  const known = workKnown(simulator, user);
  await expect.poll(() => workShown(page), { timeout: 20_000, interval: 100 }).toEqual(known);
}
