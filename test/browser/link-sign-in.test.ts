import { expect, test } from "vitest";
import { simulate, signIns } from "../link/simulate.ts";
import { eventually } from "./eventually.ts";
import { acceptChat, compareWithTruth, goReady, sendMessage, signIn, stateOf } from "./page-desk.ts";
import { useBrowser } from "./use-browser.ts";
import { usePage } from "./use-page.ts";

const browser = useBrowser();
const serve = usePage();

async function openedPage(agents = 1) {
  const simulator = await simulate({ agents });
  const url = await serve(simulator);
  const [ana, bob] = simulator.agents;
  return { simulator, url, ana: ana!, bob: bob!, ...(await browser.open(url)) };
}

test("an agent signs in, goes Ready, accepts a chat and talks", async () => {
  const { simulator, page, ana, faults } = await openedPage();
  await signIn(page, ana);
  await goReady(page);
  const customer = simulator.customers.chat({ nickname: "Mia", subject: "A puncture, again" });
  expect(await acceptChat(page, customer.id)).toBe("Done");
  customer.write("Is anybody there? 漢 🚲");
  expect(await sendMessage(page, customer.id, "I am here.")).toBe("Done");
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  const [chat] = simulator.snapshot(ana.user).interactions;
  const texts = chat?.transcript?.map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining(["Is anybody there? 漢 🚲", "I am here."]));
  expect(faults).toEqual([]);
});

test("no script of the page can read the session, and the password is kept nowhere", async () => {
  const { page, ana, said } = await openedPage();
  await signIn(page, ana);
  await goReady(page);
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name, httpOnly }) => [name, httpOnly])).toContainEqual(["JSESSIONID", true]);
  const kept = await page.evaluate(async () => ({
    cookie: document.cookie,
    storage: [JSON.stringify(localStorage), JSON.stringify(sessionStorage)],
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    markup: document.documentElement.outerHTML,
    addresses: performance.getEntries().map(({ name }) => name),
    snapshots: JSON.stringify([
      window.deskPage.desk.anomalies.getSnapshot(),
      window.deskPage.desk.connection.actor.getSnapshot(),
    ]),
  }));
  expect(kept).toMatchObject({ cookie: "", storage: ["{}", "{}"], databases: [], caches: [] });
  const secrets = [ana.password, btoa(`${ana.user}:${ana.password}`), ...cookies.map(({ value }) => value)];
  for (const secret of secrets) expect(JSON.stringify([kept, said])).not.toContain(secret);
});

test("the password goes to the server once, and the CSRF token with everything that changes something", async () => {
  const { simulator, page, ana, faults } = await openedPage();
  const sent: { method: string; path: string; password: boolean; token: string | undefined }[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith("/api/")) return;
    const { authorization, "x-csrf-token": token } = request.headers();
    sent.push({ method: request.method(), path: pathname, password: authorization !== undefined, token });
  });
  await signIn(page, ana);
  await goReady(page);
  expect(sent.filter(({ password }) => password).map(({ path }) => path)).toEqual(["/api/v2/me"]);
  expect(new Set(sent.filter(({ method }) => method === "GET").map(({ token }) => token))).toEqual(
    new Set([undefined]),
  );
  const tokens = new Set(sent.filter(({ method }) => method === "POST").map(({ token }) => token));
  expect([...tokens]).toEqual([expect.any(String)]);

  simulator.faults.changeCsrf(ana.user);
  // Where a poll is refused first, the desk is not Live until it has signed in again.
  let outcome: string | undefined;
  await eventually("the agent can become NotReady", async () => {
    outcome = await page.evaluate(
      async () => (await window.deskPage.desk.channel("chat").actions.NotReady?.())?.outcome,
    );
    return outcome !== undefined;
  });
  expect(outcome).toBe("Done");
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
  expect(signIns(simulator)).toBe(2);
  expect(tokens).not.toContain(sent.findLast(({ method }) => method === "POST")?.token);
  // The browser itself writes on the console that a request was refused.
  expect(faults.filter(({ kind }) => kind !== "network")).toEqual([]);
});

test("a session that expired is renewed with the cookie that the browser then has", async () => {
  const { simulator, page, ana } = await openedPage();
  await signIn(page, ana);
  await goReady(page);
  simulator.faults.expireSession(ana.user);
  const customer = simulator.customers.chat();
  expect(await acceptChat(page, customer.id)).toBe("Done");
  expect(await compareWithTruth(page, simulator, ana.user)).toEqual([]);
});

test("a wrong password ends the attempt, and the browser opens no dialog for another", async () => {
  const { simulator, page, ana, faults } = await openedPage();
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => dialogs.push(dialog.type()));
  const refused = await page.evaluate(
    (user) =>
      window.deskPage
        .make({ user, password: "not-the-password" })
        .start()
        .catch((error: unknown) => (error as { code?: unknown }).code),
    ana.user,
  );
  expect(refused).toBe("authentication-failed");
  expect(await stateOf(page)).toBe("Stopped");
  expect(signIns(simulator)).toBe(1);
  expect(dialogs).toEqual([]);
  expect(faults.map(({ kind }) => kind)).toEqual(["network"]);
});

test("after an agent has left, the next one at the same browser has a session of their own", async () => {
  const { simulator, page, ana, bob, faults } = await openedPage(2);
  await signIn(page, ana);
  await goReady(page);
  const customer = simulator.customers.chat();
  expect(await acceptChat(page, customer.id)).toBe("Done");
  await page.evaluate(() => window.deskPage.desk.stop());
  await signIn(page, bob);
  await goReady(page);
  expect(await compareWithTruth(page, simulator, bob.user)).toEqual([]);
  expect(simulator.snapshot(bob.user).channels).toMatchObject({ chat: { state: "Ready" } });
  expect(simulator.snapshot(ana.user).channels).toMatchObject({ chat: { state: "NotReady" } });
  expect(faults).toEqual([]);
});

test("an agent who went without stopping is not mistaken for the next one at the same browser", async () => {
  const { simulator, page, ana, bob } = await openedPage(2);
  await signIn(page, ana);
  await goReady(page);
  const customer = simulator.customers.chat();
  expect(await acceptChat(page, customer.id)).toBe("Done");
  await page.reload();
  await signIn(page, bob);
  await goReady(page);
  expect(await compareWithTruth(page, simulator, bob.user)).toEqual([]);
  expect(await page.evaluate(() => window.deskPage.desk.interactions.getSnapshot().length)).toBe(0);
});
