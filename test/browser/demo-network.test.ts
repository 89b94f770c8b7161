import { expect, test } from "vitest";
import { accept, expectNothingLost, goReady, sendMessage, useDemo } from "./use-demo.ts";

const openDemo = useDemo();

test("when the network is cut the page shows it immediately, catches up afterwards, and has lost nothing", async () => {
  const demo = await openDemo();
  const { page, button, region, simulator } = demo;
  await goReady(demo);
  const customer = simulator.customers.chat();
  await accept(demo);
  await sendMessage(demo, "Good morning.");
  await button(/^Cut the network/).click();
  const connection = page.getByRole("status", { name: "Connection" });
  await connection.getByText("Recovering").waitFor();
  customer.write("Are you still there?");
  simulator.customers.email({ subject: "While you were away" });
  // Nothing that cannot be sent can be pressed.
  await page.locator(".operations .button[aria-disabled=false]").first().waitFor({ state: "detached" });
  expect(await region("Invitations").getByRole("button").count()).toBe(0);

  simulator.faults.refuseConnections(false);
  await connection.getByText("Live").waitFor();
  await region("Invitations").getByText("While you were away").first().waitFor();
  await accept(demo);
  await expectNothingLost(demo);
  const said = (await demo.statuses()).map((text) => /^\w+( up)?/.exec(text)?.[0]);
  expect(said.filter((state, index) => state !== said[index - 1])).toEqual([
    "Offline",
    "Connecting",
    "Catching up",
    "Live",
    "Recovering",
    "Catching up",
    "Live",
  ]);
  expect(demo.complaints).toEqual([]);
});

test("after a restart of the server the page shows that it catches up until the list is read", async () => {
  const demo = await openDemo();
  const { page, button, simulator } = demo;
  await goReady(demo);
  await button("Start a chat").click();
  await accept(demo);
  await sendMessage(demo, "Good morning.");
  const late = simulator.faults.delay(1000, { path: "/me/interactions" });
  await button("Restart the server").click();
  const connection = page.getByRole("status", { name: "Connection" });
  await connection.getByText("Catching up").waitFor();
  expect(await connection.textContent()).toContain("what is shown may be old");
  expect(await button("Leave chat").getAttribute("title")).toBe("Not now: the desk is not live");
  late.clear();
  await expectNothingLost(demo);
  await sendMessage(demo, "I am back.");
  await expectNothingLost(demo);
  expect(demo.complaints).toEqual([]);
});
