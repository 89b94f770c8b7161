import { expect, test } from "vitest";
import { acceptedChat, acceptedEmail, ready, running } from "./running.ts";

test("an interaction is offered only to an agent that is Ready on its channel", async () => {
  const { simulator, ana, ben } = await running();
  await ready(ana, "chat");
  const email = simulator.customers.email();
  expect(email.state).toBe("Queued");
  await ready(ben, "email");
  expect(email.state).toBe("Invited");
  expect(await ana.states()).toEqual([]);
  expect(simulator.snapshot("agent2").interactions.map(({ id }) => id)).toEqual([email.id]);
});

test("the agent with the fewest live interactions is offered the next one", async () => {
  const { simulator, ana, ben } = await running();
  await ready(ana, "email");
  for (let count = 0; count < 4; count++) simulator.customers.email();
  await ready(ben, "email", "chat");
  const next = [1, 2, 3, 4].map(() => simulator.customers.email());
  expect(await ben.states()).toEqual(next.map(({ id }) => `Invited ${id}`));
});

test("among agents with equally many interactions, each is chosen equally often", async () => {
  const { simulator, ana, ben } = await running({ behaviour: { capacity: { email: 100, chat: 5 } } });
  await ready(ana, "email");
  await ready(ben, "email");
  const first = new Set<string>();
  for (let count = 0; count < 20; count++) {
    const { id } = simulator.customers.email();
    first.add((await ana.states()).length > 0 ? "ana" : "ben");
    simulator.revoke(id);
  }
  expect(first).toEqual(new Set(["ana", "ben"]));
});

test("an agent is offered no more than the capacity; an end makes room for the oldest interaction", async () => {
  const { simulator, ana } = await running({ behaviour: { capacity: { email: 1, chat: 2 } } });
  await ready(ana, "email");
  const [first, second, third] = [1, 2, 3].map(() => simulator.customers.email());
  expect([first?.state, second?.state, third?.state]).toEqual(["Invited", "Queued", "Queued"]);
  await ana.operate(String(first?.id), "Accept");
  await ana.operate(String(first?.id), "StopProcessing");
  expect([second?.state, third?.state]).toEqual(["Invited", "Queued"]);
});

test("an unanswered offer is revoked after its time and goes to another agent", async () => {
  const { simulator, clock, ana, ben } = await running({ offerTimeout: 15_000 });
  await ready(ana, "email");
  const { id } = simulator.customers.email();
  await ready(ben, "email");
  clock.advance(14_999);
  expect(await ben.states()).toEqual([]);
  clock.advance(1);
  expect(await ana.states()).toEqual([`Invited ${id}`, `Revoked ${id}`]);
  expect(await ben.states()).toEqual([`Invited ${id}`]);
});

test("without another free agent, the same agent is offered the same id again after a pause", async () => {
  const { simulator, clock, ana } = await running({
    offerTimeout: 15_000,
    behaviour: { reofferPause: 2_000 },
  });
  await ready(ana, "chat");
  const chat = simulator.customers.chat();
  clock.advance(15_000);
  expect(chat.state).toBe("Queued");
  clock.advance(1_999);
  expect(chat.state).toBe("Queued");
  clock.advance(1);
  expect(await ana.states()).toEqual([`Invited ${chat.id}`, `Revoked ${chat.id}`, `Invited ${chat.id}`]);
});

test("an accepted interaction is not revoked by the time of its offer", async () => {
  const { simulator, clock, ana } = await running();
  await ready(ana, "email", "chat");
  const email = simulator.customers.email();
  const chat = simulator.customers.chat();
  await ana.operate(email.id, "Accept");
  await ana.operate(chat.id, "Accept", { nickname: "Ana" });
  clock.advance(1_000_000);
  expect([email.state, chat.state]).toEqual(["Accepted", "Accepted"]);
});

test("an offer without a time-out stays", async () => {
  const { simulator, clock, ana } = await running({ offerTimeout: 0 });
  await ready(ana, "email");
  const email = simulator.customers.email();
  clock.advance(10_000_000);
  expect(email.state).toBe("Invited");
});

test("the time of an offer that was rejected does not bring back what has ended since", async () => {
  const { simulator, clock, ana, ben } = await running();
  await ready(ana, "email");
  const email = simulator.customers.email();
  await ready(ben, "email");
  await ana.operate(email.id, "Reject");
  await ben.operate(email.id, "Accept");
  await ben.operate(email.id, "StopProcessing");
  clock.advance(100_000);
  expect(email.state).toBe("Ended");
  expect((await ana.states()).at(-1)).toBe(`Revoked ${email.id}`);
});

test("a rejected offer goes to another agent", async () => {
  const { simulator, ana, ben } = await running();
  await ready(ana, "email");
  const { id } = simulator.customers.email();
  await ready(ben, "email");
  expect((await ana.operate(id, "Reject")).body).toEqual({ statusCode: 0 });
  expect(await ana.states()).toEqual([`Invited ${id}`, `Revoked ${id}`]);
  expect(await ben.states()).toEqual([`Invited ${id}`]);
});

test("going NotReady revokes the pending offers of that channel, not what was accepted", async () => {
  const { simulator, ana, ben } = await running();
  await ready(ana, "email", "chat");
  const taken = simulator.customers.email();
  await ana.operate(taken.id, "Accept");
  const offered = simulator.customers.email();
  const chat = simulator.customers.chat();
  await ready(ben, "email");
  await ana.post("/me/channels/email", { operationName: "Break" });
  expect([taken.state, chat.state]).toEqual(["Accepted", "Invited"]);
  expect(await ben.states()).toEqual([`Invited ${offered.id}`]);
  expect((await ana.states()).at(-1)).toBe(`Revoked ${offered.id}`);
});

test("offers may be kept when an agent goes NotReady", async () => {
  const { simulator, ana } = await running({ behaviour: { offersOnNotReady: "kept" } });
  await ready(ana, "email");
  const email = simulator.customers.email();
  await ana.post("/me", { operationName: "NotReady" });
  expect(email.state).toBe("Invited");
  expect((await ana.operate(email.id, "Accept")).body).toEqual({ statusCode: 0 });
});

test("a late Accept is refused for its state and changes nothing", async () => {
  const { simulator, clock, ana, ben } = await running();
  await ready(ana, "email");
  const { id } = simulator.customers.email();
  await ready(ben, "email");
  clock.advance(15_000);
  expect((await ana.operate(id, "Accept")).body).toEqual({
    statusCode: 2,
    statusMessage: expect.any(String),
  });
  expect((await ben.operate(id, "Accept")).body).toEqual({ statusCode: 0 });
  expect(simulator.snapshot("agent1").interactions).toEqual([]);
});

test("a supervisor takes an interaction away and offers it to an agent", async () => {
  const { simulator, clock, ana, ben } = await running();
  await ready(ana, "email");
  const email = simulator.customers.email();
  await ana.operate(email.id, "Accept");
  simulator.revoke(email.id);
  clock.advance(100_000);
  expect(email.state).toBe("Parked");
  expect((await ana.states()).at(-1)).toBe(`Revoked ${email.id}`);
  simulator.offer(email.id, "agent2");
  expect(await ben.states()).toEqual([`Invited ${email.id}`]);
  expect(() => simulator.offer(email.id)).toThrow(/cannot be offered/);
  simulator.revoke(email.id);
  simulator.offer(email.id);
  expect(await ana.states()).toEqual([`Invited ${email.id}`]);
  expect(() => simulator.revoke("nothing")).toThrow(/no interaction/);
  expect(() => simulator.offer("nothing")).toThrow(/no interaction/);
});

test("taking an interaction away makes room for the next, and the agent leaves the chat", async () => {
  const run = await running({ behaviour: { capacity: { email: 5, chat: 1 } } });
  const chat = await acceptedChat(run);
  const next = run.simulator.customers.chat();
  run.simulator.revoke(chat.id);
  expect([chat.state, chat.open, chat.transcript.at(-1)?.messageType]).toEqual([
    "Parked",
    true,
    "PARTY_LEFT",
  ]);
  expect(next.state).toBe("Invited");
});

test("a supervisor's offer does not wait for the pause after a rejection", async () => {
  const { simulator, ana } = await running();
  await ready(ana, "email");
  const email = simulator.customers.email();
  await ana.operate(email.id, "Reject");
  expect(email.state).toBe("Queued");
  simulator.offer(email.id);
  expect(email.state).toBe("Invited");
});

test("however many have ended since, what is live is kept", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  for (let count = 0; count < 1_100; count++) run.simulator.customers.chat().leave();
  expect((await run.ana.operate(id, "Reply")).body).toEqual({ statusCode: 0 });
});
