import { expect, test } from "vitest";
import type { Simulator } from "../../src/simulator/index.ts";
import { simulate } from "../link/simulate.ts";
import { eventually } from "./eventually.ts";
import { acceptChat, compareWithTruth, goReady, sendMessage, signIn, stateOf } from "./page-desk.ts";
import type { DeskPageOptions } from "./page/main.ts";
import { useBrowser } from "./use-browser.ts";
import { usePage } from "./use-page.ts";

const browser = useBrowser();
const serve = usePage();

/** A desk in the middle of a chat, at a server with these times. */
async function chatting(comet: { timeout: number; maxInterval: number }, options: DeskPageOptions = {}) {
  const simulator = await simulate({ comet });
  const watched = await browser.open(await serve(simulator));
  const ana = simulator.agents[0]!;
  await signIn(watched.page, ana, options);
  await goReady(watched.page);
  const customer = simulator.customers.chat();
  expect(await acceptChat(watched.page, customer.id)).toBe("Done");
  return { simulator, ana, customer, ...watched };
}

test("a desk is not Live while the browser is offline; back online it is Live immediately, and shows what was missed", async () => {
  // A connect that is held for so long, and waits without an end: only the browser's word can move this desk.
  const times = { timeout: 600_000, maxInterval: 600_000 };
  const { simulator, page, ana, customer, faults } = await chatting(times, { waitsForEver: true });
  await page.context().setOffline(true);
  await eventually("the desk is not Live", async () => (await stateOf(page)) === "Recovering");
  expect(await sendMessage(page, customer.id, "Never sent.")).toBe(undefined);
  customer.write("Are you still there?");
  simulator.customers.email({ subject: "While you were away" });
  await page.context().setOffline(false);
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(await sendMessage(page, customer.id, "Yes, I am.")).toBe("Done");
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(simulator.snapshot(ana.user).interactions).toHaveLength(2);
  expect(faults.filter(({ kind }) => kind !== "network")).toEqual([]);
});

test("a session that did not outlive the time offline is replaced, with nothing lost", async () => {
  const { simulator, page, ana, customer } = await chatting({ timeout: 30_000, maxInterval: 60_000 });
  await page.context().setOffline(true);
  await eventually("the desk is not Live", async () => (await stateOf(page)) === "Recovering");
  const handshakes = () =>
    simulator.requests.filter(({ operationName }) => operationName === "/meta/handshake").length;
  const before = handshakes();
  customer.write("Are you still there?");
  simulator.faults.expireComet(ana.user);
  await page.context().setOffline(false);
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(handshakes()).toBe(before + 1);
});

test.each<[string, (simulator: Simulator) => Promise<unknown> | void]>([
  ["the server restarts", (simulator) => simulator.restart({ downFor: 500 })],
  [
    "the server restarts and knows nothing any more",
    (simulator) => simulator.restart({ downFor: 200, forget: "everything" }),
  ],
  ["the server forgets the CometD session", (simulator) => simulator.faults.expireComet("agent1")],
])(
  "a page that lives while %s shows the truth again, and nothing lands on its console",
  async (_what, happen) => {
    const { simulator, page, ana, customer, faults } = await chatting({ timeout: 1000, maxInterval: 5000 });
    await happen(simulator);
    const stillThere = simulator.snapshot(ana.user).interactions.length > 0;
    if (stillThere) customer.write("Are you still there?");
    await eventually("the desk noticed", () =>
      page.evaluate(() => window.deskPage.states.includes("Recovering")),
    );
    expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
    if (stillThere) expect(await sendMessage(page, customer.id, "Yes, I am.")).toBe("Done");
    expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
    expect(faults.filter(({ kind }) => kind !== "network")).toEqual([]);
  },
);

test("a connection that breaks under a held connect costs nothing, whether the browser or the desk asks again", async () => {
  const { simulator, page, ana, customer, faults } = await chatting({ timeout: 30_000, maxInterval: 5000 });
  for (const text of ["One.", "Two.", "Three."]) {
    simulator.faults.dropConnections();
    customer.write(text);
    expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  }
  expect(faults.filter(({ kind }) => kind !== "network")).toEqual([]);
});

test("a desk sends each operation once, even where the answer is lost and the browser repeats the request", async () => {
  const { simulator, page, ana, customer } = await chatting({ timeout: 30_000, maxInterval: 5000 });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.postData() ?? ""));
  const chat = simulator.customers.chat();
  simulator.faults.loseAnswer({ operationName: "Accept", times: 1 });
  // The repeated one is refused, and that answer may arrive before the notification that the first one was carried out.
  expect(["Done", "Refused"]).toContain(await acceptChat(page, chat.id));
  simulator.faults.loseAnswer({ operationName: "SendMessage", times: 1 });
  expect(await sendMessage(page, customer.id, "I am here.")).toBe("Done");
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  const times = (name: string) => asked.filter((body) => body.includes(`"operationName":"${name}"`)).length;
  expect([times("Accept"), times("SendMessage")]).toEqual([1, 1]);
});
