import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Simulator } from "../../src/simulator/index.ts";
import { simulate } from "../link/simulate.ts";
import { eventually } from "./eventually.ts";
import { openWindow } from "./open-window.ts";
import { acceptChat, compareWithTruth, goReady, sendMessage, signIn, stateOf } from "./page-desk.ts";
import { useBrowser } from "./use-browser.ts";
import { usePage } from "./use-page.ts";

const browser = useBrowser();
const serve = usePage();
const comet = { timeout: 30_000, maxInterval: 60_000 };

/** A simulator, and a page of it that an agent works in. */
async function atWork(open: (url: string) => Promise<{ page: Page }> = browser.open) {
  const simulator = await simulate({ comet });
  const url = await serve(simulator);
  const ana = simulator.agents[0]!;
  const { page } = await open(url);
  await signIn(page, ana);
  await goReady(page);
  const customer = simulator.customers.chat();
  expect(await acceptChat(page, customer.id)).toBe("Done");
  return { simulator, url, ana, page, customer };
}

/** Returns the number of times that the server executed this operation. */
function done({ requests }: Simulator, name: string): number {
  return requests.filter(({ operationName, executed }) => operationName === name && executed).length;
}

test("after a reload the agent still has the chat, and has accepted it once", async () => {
  const { simulator, page, ana, customer } = await atWork();
  customer.write("Before the reload.");
  await page.reload();
  customer.write("While no page listened.");
  await signIn(page, ana);
  customer.write("After the reload.");
  expect(await sendMessage(page, customer.id, "I am back.")).toBe("Done");
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(done(simulator, "Accept")).toBe(1);
  expect(simulator.snapshot(ana.user).channels).toMatchObject({ chat: { state: "Ready" } });
});

test("an offer that came during a reload waits for the agent, and is not accepted by itself", async () => {
  const { simulator, page, ana } = await atWork();
  const email = simulator.customers.email();
  await page.reload();
  await signIn(page, ana);
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  const state = await page.evaluate((id) => window.deskPage.desk.interaction(id)?.state, email.id);
  expect(state).toBe("Invited");
  expect(done(simulator, "Accept")).toBe(1);
});

test.each<[string, (page: Page) => Promise<unknown>]>([
  ["is reloaded", (page) => page.reload()],
  ["goes elsewhere", (page) => page.goto("about:blank")],
  ["is closed", (page) => page.close()],
])("a page that %s ends its CometD session, and does not log the agent out", async (_how, end) => {
  const { simulator, page, ana } = await atWork();
  expect(done(simulator, "/meta/disconnect")).toBe(0);
  await end(page);
  await eventually("the server received it", () => done(simulator, "/meta/disconnect") === 1);
  expect(done(simulator, "EndContactCenterSession")).toBe(0);
  expect(simulator.snapshot(ana.user).channels).toMatchObject({ chat: { state: "Ready" } });
  expect(simulator.snapshot(ana.user).interactions).toHaveLength(1);
});

test("a page that is kept for the way back keeps its session, and shows what was missed when it returns", async () => {
  const { open } = await openWindow();
  const { simulator, page, ana, url, customer } = await atWork(open);
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));
  await page.goto(url.replace("127.0.0.1", "localhost"));
  customer.write("While you looked elsewhere.");
  await page.evaluate(() => void setTimeout(() => history.back()));
  // While one page gives way to the other there is none to ask.
  const isBack = () => page.evaluate(() => "isTheSame" in window).catch(() => false);
  await eventually("the same page is back", isBack);
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(done(simulator, "/meta/disconnect")).toBe(0);
  expect(done(simulator, "/meta/handshake")).toBe(1);
});

test("two tabs of one agent show the same, and either can act", async () => {
  const { simulator, page, ana, url, customer } = await atWork();
  const { page: second, faults } = await browser.open(url, page.context());
  await signIn(second, ana);
  expect(await sendMessage(page, customer.id, "From the first tab.")).toBe("Done");
  expect(await sendMessage(second, customer.id, "From the second tab.")).toBe("Done");
  const chat = simulator.customers.chat();
  expect(await acceptChat(second, chat.id)).toBe("Done");
  for (const tab of [page, second]) expect(await compareWithTruth(tab, simulator, ana.user)).toEqual([]);
  expect(done(simulator, "Accept")).toBe(2);
  expect(faults).toEqual([]);
});

test("a tab that closes takes nothing from the other", async () => {
  const { simulator, page, ana, url, customer } = await atWork();
  const { page: second } = await browser.open(url, page.context());
  await signIn(second, ana);
  await page.close();
  customer.write("Are you still there?");
  expect(await sendMessage(second, customer.id, "Yes, I am.")).toBe("Done");
  expect(await compareWithTruth(second, simulator, ana.user)).toEqual([]);
  expect(await second.evaluate(() => window.deskPage.states)).not.toContain("Recovering");
});

test("two tabs of one agent both come back from a restart of the server that cost them their common session", async () => {
  const { simulator, page, ana, url, customer } = await atWork();
  const { page: second } = await browser.open(url, page.context());
  await signIn(second, ana);
  for (let times = 0; times < 3; times++) {
    await simulator.restart({ downFor: 100 });
    customer.write("Are you still there?");
    for (const tab of [page, second]) expect(await compareWithTruth(tab, simulator, ana.user)).toEqual([]);
  }
  for (const tab of [page, second]) expect(await sendMessage(tab, customer.id, "Yes, I am.")).toBe("Done");
});

test("an agent who leaves in one tab is logged out in the other too, which then shows the server's state", async () => {
  const { simulator, page, ana, url } = await atWork();
  const { page: second } = await browser.open(url, page.context());
  await signIn(second, ana);
  await page.evaluate(() => window.deskPage.desk.stop());
  expect(simulator.snapshot(ana.user).channels).toMatchObject({ chat: { state: "NotReady" } });
  await eventually("the other tab is Live", async () => (await stateOf(second)) === "Live");
  expect(await compareWithTruth(second, simulator, ana.user)).toEqual([]);
});
