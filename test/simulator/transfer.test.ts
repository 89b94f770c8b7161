import { expect, test } from "vitest";
import { acceptedChat, acceptedEmail, ready, running } from "./running.ts";

test.each(["Transfer", "SingleStepTransfer"])(
  "%s ends the giver's part and offers it to the other agent",
  async (name) => {
    const run = await running();
    const { simulator, ana, ben } = run;
    const id = await acceptedEmail(run);
    await ready(ben, "email");
    const { users } = (await ana.get("/users")).body as unknown as {
      users: { userName: string; uri: string }[];
    };
    const targetUri = users.find(({ userName }) => userName === "agent2")?.uri;
    expect((await ana.operate(id, name, { targetUri })).body).toEqual({ statusCode: 0 });
    expect(await ana.states()).toEqual([`Completed ${id}`]);
    expect(await ben.states()).toEqual([`Invited ${id}`]);
    await ben.operate(id, "Accept");
    expect(simulator.snapshot("agent2").interactions.map((live) => [live.id, live.state])).toEqual([
      [id, "Accepted"],
    ]);
    expect((await ana.operate(id, "Reply")).body["statusCode"]).toBe(2);
  },
);

test("a transferred chat keeps its log, and the customer sees one agent leave and another join", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  await ready(run.ben, "chat");
  await run.ana.operate(chat.id, "Transfer", { userUri: "/api/v2/users/agent2" });
  chat.write("Hello?");
  await run.ben.operate(chat.id, "Accept", { nickname: "Ben" });
  expect(chat.transcript.map(({ messageType, nickName, text }) => nickName ?? text ?? messageType)).toEqual([
    "Zoë",
    "Ana",
    "PARTY_LEFT",
    "Hello?",
    "Ben",
  ]);
  expect(await run.ana.states()).toEqual([`PropertiesChanged ${chat.id}`, `Completed ${chat.id}`]);
});

test("a transfer that is not taken goes back to the queue, and to the giver only after the pause", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  await ready(run.ben, "email");
  await run.ana.operate(id, "Transfer", { targetUri: "agent2" });
  await run.ben.operate(id, "Reject");
  expect(await run.ana.states()).toEqual([`Completed ${id}`, `Invited ${id}`]);
  expect(await run.ben.states()).toEqual([`Invited ${id}`, `Revoked ${id}`]);
});

test.each(["Transfer", "PlaceInQueue"])(
  "%s to a queue gives it to the router, which skips the giving agent",
  async (name) => {
    const run = await running();
    const id = await acceptedEmail(run);
    await run.ana.operate(id, name, { queueName: "SimpleEmailInQueue" });
    expect(await run.ana.states()).toEqual([`Completed ${id}`]);
    await ready(run.ben, "email");
    expect(run.simulator.snapshot("agent2").interactions.map((live) => live.id)).toEqual([id]);
  },
);

test("a queue without agents keeps it", async () => {
  const run = await running();
  await ready(run.ana, "email");
  const email = run.simulator.customers.email();
  await run.ana.operate(email.id, "Accept");
  await run.ana.operate(email.id, "PlaceInQueue", { queueName: "SimpleEmailOutQueue" });
  run.clock.advance(100_000);
  expect(email.state).toBe("Parked");
});

test.each([
  [{}, 1],
  [{ targetUri: "/users/agent99" }, 6],
  [{ queueName: "NoSuchQueue" }, 6],
  [{ targetUri: "%E0%A4%A" }, 6],
  [{ targetUri: "agent1" }, 2],
  [{ targetUri: "agent2" }, 2],
])("a transfer to %j is refused with %i and changes nothing", async (parameters, statusCode) => {
  const run = await running();
  const id = await acceptedEmail(run);
  expect((await run.ana.operate(id, "Transfer", parameters)).body["statusCode"]).toBe(statusCode);
  expect(run.simulator.snapshot("agent1").interactions[0]?.state).toBe("Accepted");
  expect(await run.ana.states()).toEqual([]);
});

test("an agent that gives a chat to a queue only leaves while another agent is in it", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  await ready(run.ben, "chat");
  await run.ana.operate(chat.id, "SingleStepConference", { targetUri: "agent2" });
  await run.ben.operate(chat.id, "Accept", { nickname: "Ben" });
  await run.ana.operate(chat.id, "PlaceInQueue", { queueName: "SimpleChatInQueue" });
  run.clock.advance(60_000);
  expect((await run.ana.states()).at(-1)).toBe(`Completed ${chat.id}`);
  expect(run.simulator.snapshot("agent2").interactions[0]?.state).toBe("Accepted");
});

test("a conference is held with an agent, not with a queue", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  const reply = await run.ana.operate(chat.id, "SingleStepConference", { queueName: "SimpleChatInQueue" });
  expect(reply.body["statusCode"]).toBe(2);
});
