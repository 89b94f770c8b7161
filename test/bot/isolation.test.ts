import { expect, onTestFinished, test } from "vitest";
import { defineBot, runBot, type BotEvent } from "../../src/bot/index.ts";
import { gws } from "../../src/links/gws/index.ts";
import { simulate } from "../link/simulate.ts";
import { until } from "../link/until.ts";
import { briefPauses } from "./brief-pauses.ts";

const script = defineBot({
  typing: 0,
  reading: 0,
  chat: async (chat) => {
    await chat.send("Hello");
    await chat.customerSays(/bye/);
    await chat.leave();
    await chat.complete();
  },
  email: async (email) => {
    await email.reply({ text: "Thank you" });
    await email.complete();
  },
});

test("bots in one process never see each other's cookies or interactions, through a restart as well", async () => {
  const agents = 6;
  // Polls as long as those of a real server: short ones would keep this machine busy.
  const comet = { timeout: 10_000, maxInterval: 10_000 };
  const simulator = await simulate({ agents, comet });
  /** Who sent a cookie or a credential, by its value. */
  const senders = new Map<string, Set<string>>();
  const events: BotEvent[] = [];
  const bots = simulator.agents.map((credentials) => {
    const { user: name } = credentials;
    const noting: typeof fetch = (address, init) => {
      const headers = new Headers(init?.headers);
      const shown = [headers.get("authorization"), ...(headers.get("cookie")?.split("; ") ?? [])];
      for (const secret of shown) {
        if (secret !== null) senders.set(secret, (senders.get(secret) ?? new Set()).add(name));
      }
      return fetch(address, init);
    };
    const link = gws({ url: simulator.url, credentials, handshakeSpread: 20, fetch: noting });
    return runBot(script, {
      name,
      link,
      clock: briefPauses,
      onEvent: (event) => events.push(event),
    });
  });
  onTestFinished(async () => {
    for (const bot of bots) void bot.stop();
    await Promise.all(bots.map((bot) => bot.stop()));
  });
  await until(
    "all bots are Ready",
    () =>
      bots.every(({ desk }) => {
        const channels = desk.channels.getSnapshot();
        return channels.length === 2 && channels.every(({ state }) => state === "Ready");
      }),
    20_000,
  );
  const chats = Array.from({ length: 2 * agents }, () => simulator.customers.chat({ text: "One" }));
  const emails = Array.from({ length: agents }, () => simulator.customers.email());
  // An operation that is pending when a server goes down may end as not done, and then another bot gets the interaction.
  const isQuiet = () =>
    events.filter(({ type }) => type === "echoed").length === chats.length &&
    emails.every(({ state }) => state === "Ended");
  await until("every chat is greeted and every email answered", isQuiet, 30_000);
  await simulator.restart();
  for (const chat of chats) chat.write("Goodbye, bye");
  await until("everything is done", () => chats.every(({ state }) => state === "Ended"), 30_000);
  expect(bots.every(({ summary }) => summary().reconnects === 1)).toBe(true);

  // Each session has a cookie of the server and one of CometD; there was one before the restart and one after.
  expect(senders.size).toBeGreaterThanOrEqual(5 * agents);
  expect([...senders.values()].filter(({ size }) => size > 1)).toEqual([]);
  const handlers = new Map<string, Set<string>>();
  for (const event of events) {
    if (event.type !== "accepted") continue;
    handlers.set(event.id, (handlers.get(event.id) ?? new Set()).add(event.bot));
  }
  expect(handlers.size).toBe(chats.length + emails.length);
  expect([...handlers.values()].every(({ size }) => size === 1)).toBe(true);
  // The news that an interaction is over may still be on its way.
  const shown = () => bots.map(({ desk }) => desk.interactions.getSnapshot().map(({ id }) => id));
  const known = () => bots.map(({ name }) => simulator.snapshot(name).interactions.map(({ id }) => id));
  await expect.poll(shown, { timeout: 10_000 }).toEqual(known());
}, 90_000);
