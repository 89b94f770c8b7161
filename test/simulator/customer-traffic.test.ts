import { expect, test } from "vitest";
import type { SimulatedChat } from "../../src/simulator/index.ts";
import { ready, running } from "./running.ts";

test("customers come at random times, about as often as asked, on the channels asked for", async () => {
  const { simulator, clock, ana } = await running({
    behaviour: { capacity: { email: 1_000, chat: 1_000 } },
    offerTimeout: 0,
  });
  await ready(ana, "email", "chat");
  const stop = simulator.startCustomers({ meanGap: 1_000, channels: ["email"] });
  clock.advance(100_000);
  const { interactions } = simulator.snapshot("agent1");
  expect(interactions.length).toBeGreaterThan(70);
  expect(interactions.length).toBeLessThan(130);
  expect(interactions.every(({ channel }) => channel === "email")).toBe(true);
  expect(new Set(interactions.map(({ email }) => email?.text)).size).toBeGreaterThan(20);
  stop();
  clock.advance(100_000);
  expect(simulator.snapshot("agent1").interactions).toHaveLength(interactions.length);
});

test("a customer in a chat opens, answers, writes a farewell and leaves", async () => {
  const { simulator, clock, ana } = await running();
  await ready(ana, "chat");
  const stop = simulator.startCustomers({ meanGap: 10_000, channels: ["chat"] });
  while (simulator.snapshot("agent1").interactions.length === 0) clock.advance(1_000);
  const [{ id } = { id: "" }] = simulator.snapshot("agent1").interactions;
  await ana.operate(id, "Accept", { nickname: "Ana" });
  const log = (): SimulatedChat["transcript"] =>
    simulator.snapshot("agent1").interactions.find((live) => live.id === id)?.transcript ?? [];
  expect(log()[1]?.text).toMatch(/\w/);
  const customer = log()[0]?.userId;
  for (let turn = 0; turn < 10 && !log().some(({ messageType }) => messageType === "PARTY_LEFT"); turn++) {
    await ana.operate(id, "SendMessage", { text: "I see." });
    clock.advance(10_000);
  }
  const theirs = log().filter(({ userId }) => userId === customer);
  expect(theirs.filter(({ text }) => text !== undefined).length).toBeGreaterThanOrEqual(3);
  expect(theirs.map(({ noticeType }) => noticeType)).toContain("TypingStarted");
  expect(theirs.at(-1)?.messageType).toBe("PARTY_LEFT");
  stop();
});

test("a customer that gets no reply leaves", async () => {
  const { simulator, clock, ana } = await running();
  await ready(ana, "chat");
  const stop = simulator.startCustomers({ meanGap: 1_000, channels: ["chat"] });
  while (simulator.snapshot("agent1").interactions.length === 0) clock.advance(500);
  const [{ id } = { id: "" }] = simulator.snapshot("agent1").interactions;
  await ana.operate(id, "Accept", { nickname: "Ana" });
  for (let step = 0; step < 30; step++) clock.advance(5_000);
  stop();
  const transcript = simulator.snapshot("agent1").interactions.find((live) => live.id === id)?.transcript;
  expect(transcript?.at(-1)?.messageType).toBe("PARTY_LEFT");
});

test("customers that make no sense are refused", async () => {
  const { simulator } = await running();
  expect(() => simulator.startCustomers({ meanGap: 0 })).toThrow(/mean gap/);
  expect(() => simulator.startCustomers({ channels: [] })).toThrow(/channel/);
});
