import { expect, test } from "vitest";
import { createSimulator } from "../../src/simulator/index.ts";
import { acceptedEmail, heldPoll, ready, running } from "./running.ts";

test("a restart forgets the logins and the CometD sessions, not the interactions", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  const { url } = run.simulator;
  const before = run.simulator.snapshot("agent1");
  await run.simulator.restart();
  expect(run.simulator.url).toBe(url);
  expect((await run.ana.get("/me")).status).toBe(401);
  await run.ana.login();
  expect((await run.ana.poll(0)).body).toMatchObject([
    { error: "402::session_unknown", advice: { reconnect: "handshake" } },
  ]);
  expect(run.simulator.snapshot("agent1")).toEqual(before);
  expect((await run.ana.operate(id, "Reply")).body).toEqual({ statusCode: 0 });
});

test("a restart cuts a held connect, and notifications during the downtime are lost", async () => {
  const { simulator, clock, cleo } = await running();
  await cleo.post("/me/channels/email", { operationName: "Ready" });
  await cleo.handshake();
  await cleo.subscribe("/v2/me/interactions");
  const held = await heldPoll(simulator, cleo, "agent3");
  const restarted = simulator.restart({ downFor: 5_000 });
  await expect(held.reply).rejects.toThrow(/hang up|ECONNRESET/);
  await expect(cleo.get("/me")).rejects.toThrow(/ECONNREFUSED/);
  const email = simulator.customers.email();
  clock.advance(5_000);
  await restarted;
  await cleo.login();
  await cleo.handshake();
  await cleo.subscribe("/v2/me/interactions");
  expect((await cleo.poll(0)).body).toMatchObject([{ channel: "/meta/connect", successful: true }]);
  expect((await cleo.get("/me/interactions")).body["uris"]).toEqual([
    `${simulator.url}/interactions/${email.id}`,
  ]);
});

test("a restart can forget everything", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  const waiting = run.simulator.customers.chat();
  await run.simulator.restart({ forget: "everything" });
  await run.ana.login();
  expect(run.simulator.snapshot("agent1")).toEqual({
    channels: { email: { state: "NotReady" }, chat: { state: "NotReady" } },
    interactions: [],
  });
  expect((await run.ana.operate(id, "Reply")).body["statusCode"]).toBe(6);
  await run.ana.post("/me", { operationName: "Ready" });
  expect((await run.ana.get("/me/interactions")).body["uris"]).toEqual([]);
  waiting.write("Hello?");
});

test("a stopped simulator leaves no timer and no port, and cannot be started again", async () => {
  const run = await running();
  await ready(run.ana, "email");
  run.simulator.customers.email();
  run.simulator.startCustomers();
  expect(run.clock.pending).toBeGreaterThan(0);
  await run.simulator.stop();
  await run.simulator.stop();
  expect(run.clock.pending).toBe(0);
  await expect(run.ana.get("/me")).rejects.toThrow(/ECONNREFUSED/);
  await expect(run.simulator.start()).rejects.toThrow(/Create another/);
  await expect(run.simulator.restart()).rejects.toThrow(/running/);
});

test("a simulator that is stopped while it is down stays down", async () => {
  const { simulator, ana } = await running();
  const restarted = simulator.restart({ downFor: 5_000 });
  await expect(ana.get("/me")).rejects.toThrow(/ECONNREFUSED|hang up|ECONNRESET/);
  await simulator.stop();
  await restarted;
  await expect(ana.get("/me")).rejects.toThrow(/ECONNREFUSED/);
});

test("a taken port, a second start and an early look at the address are errors", async () => {
  const { simulator } = await running();
  const other = createSimulator({ port: Number(new URL(simulator.url).port) });
  expect(() => other.url).toThrow(/no address/);
  await expect(other.start()).rejects.toThrow(/EADDRINUSE/);
  await expect(simulator.start()).rejects.toThrow(/already started/);
  await other.stop();
});

test("invalid options are refused", () => {
  expect(() => createSimulator({ agents: -1 })).toThrow(/-1 agents/);
  expect(() => createSimulator({ agents: [{ user: "a:b", password: "" }] })).toThrow(/colon/);
  const twin = { user: "a", password: "" };
  expect(() => createSimulator({ agents: [twin, twin] })).toThrow(/unique user name/);
});
