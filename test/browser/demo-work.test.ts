import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { accept, expectNothingLost, goReady, sendMessage, useDemo } from "./use-demo.ts";

const openDemo = useDemo();

test("an agent goes Ready, accepts an email, replies and finishes it, and the customer has the answer", async () => {
  const demo = await openDemo();
  const { page, region, button, simulator } = demo;
  await goReady(demo);
  expect(simulator.snapshot("agent1").channels).toEqual({
    email: { state: "Ready" },
    chat: { state: "Ready" },
  });
  const customer = simulator.customers.email({ subject: "A puncture, again", text: "It is the rear wheel." });
  await accept(demo);
  await page.getByRole("article", { name: "Email" }).getByText("It is the rear wheel.").waitFor();
  await expectNothingLost(demo);

  await button("Reply").click();
  await page.getByRole("textbox", { name: "Text of the reply" }).fill("We send you a new tube.");
  await button("Send").click();
  // After the reply comes finishing what it answered.
  await button("Stop processing").click();
  await region("Ended").getByText("Completed").waitFor();
  expect(customer.replies.map(({ text }) => text)).toEqual(["We send you a new tube."]);
  expect(customer.state).toBe("Ended");
  expect(simulator.snapshot("agent1").interactions).toEqual([]);
  expect(demo.complaints).toEqual([]);
});

test("an agent holds a chat: both see the other typing, read the messages, and the data of the customer is kept", async () => {
  const demo = await openDemo();
  const { page, button, simulator } = demo;
  await goReady(demo);
  await button("Start a chat").click();
  await accept(demo);
  const transcript = page.getByRole("log", { name: "Transcript" });
  await transcript.getByText("Hello? Is anybody there?").waitFor();
  await sendMessage(demo, "I am here. 漢 🚲 <b>");
  await button("Customer writes").click();
  await transcript.getByText(/ is typing$/).waitFor();
  await transcript.getByText("Is there any news?").waitFor();

  await page.getByRole("textbox", { name: "Message to the customer" }).fill("One moment");
  await eventually("the server receives that the agent types", () => {
    const [chat] = simulator.snapshot("agent1").interactions;
    return chat?.transcript?.at(-1)?.noticeType === "TypingStarted";
  });

  await page.getByRole("textbox", { name: "New key" }).fill("Order");
  await page.getByRole("textbox", { name: "New value" }).fill("40718");
  await button("Attach").click();
  await button("Edit Order: 40718").click();
  await page.getByRole("textbox", { name: "Value of Order" }).fill("40719");
  await page.keyboard.press("Enter");
  await button("Edit Order: 40719").waitFor();
  await button("Delete RTenant").click();
  await eventually("the server has the data", () => {
    const userData = simulator.snapshot("agent1").interactions[0]?.userData;
    return userData?.get("Order") === "40719" && !userData.has("RTenant");
  });
  await expectNothingLost(demo);
  expect(demo.complaints).toEqual([]);
});

test("a revoked offer disappears, is logged, and can no longer be accepted", async () => {
  const demo = await openDemo();
  const { page, region, button } = demo;
  await goReady(demo);
  await button("Send an email").click();
  await button(/^Reject: /).focus();
  await button("Revoke this").evaluate((element: HTMLElement) => element.click());
  await region("Ended").getByText("Revoked").waitFor();
  await page
    .getByRole("status", { name: "Outcomes" })
    .getByText("revoked: the server took it away")
    .waitFor();
  expect(await button(/^Accept/).count()).toBe(0);
  // The focus stays where the offer was, for agents who work by keyboard.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Invitations");
  expect(demo.complaints).toEqual([]);
});

test("a reloaded page shows the agent's work again", async () => {
  const demo = await openDemo();
  const { page, button, simulator } = demo;
  await goReady(demo);
  await button("Start a chat").click();
  await accept(demo);
  await sendMessage(demo, "Before the page was reloaded.");
  await page.reload();
  simulator.customers.email();
  await expectNothingLost(demo);
  expect(await page.getByRole("switch", { checked: true }).count()).toBe(2);
  await accept(demo);
  await expectNothingLost(demo);
  expect(demo.complaints).toEqual([]);
});
