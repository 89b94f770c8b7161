import { expect, test } from "vitest";
import { simulate } from "../link/simulate.ts";
import { eventually } from "./eventually.ts";
import { openWindow } from "./open-window.ts";
import { acceptChat, compareWithTruth, goReady, sendMessage, signIn, stateOf } from "./page-desk.ts";
import { skipWithoutBrowser } from "./use-browser.ts";
import { usePage } from "./use-page.ts";

skipWithoutBrowser();
const serve = usePage();

/** A desk in the middle of a chat, in a tab that another tab was put in front of. */
async function inBackground(comet: { timeout: number; maxInterval: number }) {
  const simulator = await simulate({ comet });
  const tabs = await openWindow();
  const { page, faults } = await tabs.open(await serve(simulator));
  const ana = simulator.agents[0]!;
  await signIn(page, ana);
  await goReady(page);
  const customer = simulator.customers.chat();
  expect(await acceptChat(page, customer.id)).toBe("Done");
  await tabs.open("about:blank");
  await eventually("the tab is hidden", () => page.evaluate(() => document.visibilityState === "hidden"));
  const devtools = await page.context().newCDPSession(page);
  const become = (state: "frozen" | "active") => devtools.send("Page.setWebLifecycleState", { state });
  return { simulator, page, faults, ana, customer, become };
}

test("a tab in the background, whose timers are throttled, keeps receiving notifications", async () => {
  const { simulator, page, ana, customer, faults } = await inBackground({ timeout: 500, maxInterval: 5000 });
  for (const text of ["One.", "Two.", "Three."]) {
    customer.write(text);
    expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  }
  expect(await page.evaluate(() => document.visibilityState)).toBe("hidden");
  expect(await page.evaluate(() => window.deskPage.states)).not.toContain("Recovering");
  await page.bringToFront();
  await eventually("the tab is in front", () => page.evaluate(() => document.visibilityState === "visible"));
  expect(await sendMessage(page, customer.id, "I was in another tab.")).toBe("Done");
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(faults).toEqual([]);
});

test.each([
  ["a short time, which its session outlives", 1],
  ["so long that the server forgets its session", 2],
])("a tab that was frozen for %s has lost nothing", async (_how, handshakes) => {
  const timeout = 200;
  const { simulator, page, ana, customer, become, faults } = await inBackground({
    timeout,
    maxInterval: 60_000,
  });
  await become("frozen");
  customer.write("One.");
  // The poll ends while the tab is frozen; the clock of its server runs in this process.
  await new Promise((resolve) => setTimeout(resolve, 2 * timeout));
  if (handshakes > 1) simulator.faults.expireComet(ana.user);
  customer.write("Two.");
  simulator.customers.email();
  await become("active");
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(simulator.snapshot(ana.user).interactions).toHaveLength(2);
  const shaken = simulator.requests.filter(({ operationName }) => operationName === "/meta/handshake");
  expect(shaken).toHaveLength(handshakes);
  await page.bringToFront();
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(await stateOf(page)).toBe("Live");
  expect(faults).toEqual([]);
});
