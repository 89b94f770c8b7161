import { expect, test } from "vitest";
import type { SimulatedChat } from "../../src/simulator/index.ts";
import { eventually } from "./eventually.ts";
import { faintTexts, accessibleParts, misplaced } from "./page-quality.ts";
import { accept, goReady, sendMessage, useDemo, type DemoPage } from "./use-demo.ts";

const openDemo = useDemo();

/** A chat that goes on, an offer that stands, and something that has ended: all that a desk has to show. */
async function atWork(demo: DemoPage): Promise<SimulatedChat> {
  const { button, region, simulator } = demo;
  await goReady(demo);
  const ended = simulator.customers.email();
  await region("Invitations").getByRole("timer").waitFor();
  simulator.revoke(ended.id);
  await region("Ended").getByText("Revoked").waitFor();
  const customer = simulator.customers.chat({ nickname: "Mia", subject: "A puncture, again" });
  await accept(demo);
  await sendMessage(demo, "Good morning.");
  simulator.customers.email();
  await region("Invitations").getByRole("timer").waitFor();
  await button("Place in workbin").click();
  return customer;
}

test.each([1280, 400])(
  "at %i pixels everything fits, has contrast in light and dark, and can be clicked and read aloud",
  async (width) => {
    const demo = await openDemo({ width, reducedMotion: "reduce" });
    const { page } = demo;
    await atWork(demo);
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      await page.locator("svg .chart-state.is-current").first().waitFor();
      expect(await misplaced(page)).toEqual([]);
      expect(await accessibleParts(page)).toEqual({ nameless: [], mains: 1 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await faintTexts(page)).toEqual([]);
      }
    }
    expect(demo.complaints).toEqual([]);
  },
);

test("with reduced motion only the countdown moves, and in steps", async () => {
  const demo = await openDemo({ reducedMotion: "reduce" });
  const { page } = demo;
  const customer = await atWork(demo);
  customer.startTyping();
  await page.getByText(/^Mia is typing$/).waitFor();
  const moving = await page.evaluate(() =>
    document.getAnimations().map(({ effect }) => {
      const { target } = effect as KeyframeEffect;
      return [target?.parentElement?.className, getComputedStyle(target!).animationTimingFunction];
    }),
  );
  expect(moving).toEqual([["countdown-bar", expect.stringMatching(/^steps/)]]);
});

test("the chart that is shown is lit where the interaction is, at each of its steps", async () => {
  const demo = await openDemo();
  const { page, button, region, simulator } = demo;
  const lit = () =>
    page.evaluate(() => {
      const states = [...document.querySelectorAll("svg [data-state].is-current")];
      return {
        lit: states.map((state) => state.getAttribute("data-state")),
        badge: document.querySelector(".interaction .badge")?.textContent,
        tab: document.querySelector("[role=tab][aria-selected=true] .tab-detail")?.textContent,
        said: document.querySelector(".chart svg")?.getAttribute("aria-label"),
      };
    });
  const expectLit = async (badge: string, ...states: string[]) => {
    const [tab = ""] = states.slice(-1);
    await expect.poll(lit, { timeout: 20_000 }).toMatchObject({ lit: states, badge, tab });
    expect((await lit()).said).toContain(`Current state: ${tab.replace(".", ", ")}.`);
  };
  await goReady(demo);
  const email = simulator.customers.email();
  await page.getByRole("tab", { name: "Email Invited" }).click();
  await expectLit("Invited", "Invited");
  await accept(demo);
  await expectLit("Accepted", "Accepted");
  await button("Reply").click();
  await expectLit("Composing", "Composing");
  simulator.revoke(email.id);
  await region("Ended").locator(".card-title").click();
  await expectLit("Revoked", "Ended", "Ended.Revoked");

  await page.getByRole("tab", { name: "Channel: email" }).click();
  await expect.poll(lit, { timeout: 20_000 }).toMatchObject({ lit: ["Ready"], tab: "Ready" });
  await page.getByRole("switch", { name: "Email ready" }).click();
  await expect.poll(lit, { timeout: 20_000 }).toMatchObject({ lit: ["NotReady"], tab: "NotReady" });
  await page.getByRole("tab", { name: "Connection" }).click();
  await expect.poll(lit, { timeout: 20_000 }).toMatchObject({ lit: ["Live"], tab: "Live" });
  await page.evaluate(() => window.desk.stop());
  await eventually("the chart shows that the desk stopped", async () => (await lit()).lit[0] === "Stopped");
  expect(demo.complaints).toEqual([]);
});
