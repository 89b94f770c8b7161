import { expect, test } from "vitest";
import type { SimulatedChat } from "../../src/simulator/index.ts";
import { acceptedChat, ready, running } from "./running.ts";
import { chatContent } from "./test-agent.ts";

function textsOf(chat: SimulatedChat): (string | undefined)[] {
  return chat.transcript.map(
    ({ messageType, text, noticeType, userType }) => text ?? noticeType ?? userType ?? messageType,
  );
}

test("a chat cannot be accepted without a nickname", async () => {
  const { simulator, ana } = await running();
  await ready(ana, "chat");
  const chat = simulator.customers.chat();
  expect((await ana.operate(chat.id, "Accept")).body).toEqual({
    statusCode: 1,
    statusMessage: expect.any(String),
  });
  expect(chat.state).toBe("Invited");
});

test("messages of agent and customer are in one log", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  chat.startTyping();
  chat.write("Grüß Gott 🙂");
  chat.stopTyping();
  await run.ana.operate(chat.id, "SendNotification", { noticeType: "TypingStarted" });
  await run.ana.operate(chat.id, "SendMessage", { text: "Hello Zoë" });
  await run.ana.operate(chat.id, "SendStopTypingNotification");
  await run.ana.operate(chat.id, "SendStartTypingNotification");
  await run.ana.operate(chat.id, "Send", { text: "Are you there?" });
  expect(textsOf(chat)).toEqual([
    "Client",
    "Agent",
    "TypingStarted",
    "Grüß Gott 🙂",
    "TypingStopped",
    "TypingStarted",
    "Hello Zoë",
    "TypingStopped",
    "TypingStarted",
    "Are you there?",
  ]);
  const [customer, agent] = chat.transcript.map(({ userId }) => userId);
  expect(chat.transcript[3]).toEqual({
    id: 4,
    messageType: "MESSAGE",
    userId: customer,
    visibility: "All",
    text: "Grüß Gott 🙂",
  });
  expect(chat.transcript[6]?.userId).toBe(agent);
  expect(await run.ana.states()).toEqual(Array.from({ length: 8 }, () => `PropertiesChanged ${chat.id}`));
  expect(run.simulator.snapshot("agent1").interactions[0]?.transcript).toEqual(chat.transcript);
});

test("messages from before the Accept are in the log that the agent receives", async () => {
  const { simulator, ana } = await running();
  await ready(ana, "chat");
  const chat = simulator.customers.chat({ text: "Hello?" });
  chat.write("Are you there?");
  await ana.operate(chat.id, "Accept", { nickname: "Ana" });
  expect(textsOf(chat)).toEqual(["Client", "Hello?", "Are you there?", "Agent"]);
  expect(await ana.states()).toEqual([`Invited ${chat.id}`, `Accepted ${chat.id}`]);
});

test("a message without a text and a notice of an unknown kind are refused", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  for (const [operationName, parameters] of [
    ["SendMessage", {}],
    ["SendMessage", { text: "" }],
    ["SendMessage", { text: 7 }],
    ["SendNotification", {}],
    ["SendNotification", { noticeType: "Sneezing" }],
  ] as const) {
    expect((await run.ana.operate(chat.id, operationName, parameters)).body["statusCode"]).toBe(1);
  }
  expect(chat.transcript).toHaveLength(2);
});

test("RequestChatHistory brings the whole log and changes nothing", async () => {
  const run = await running({ behaviour: { transcript: "new" } });
  const chat = await acceptedChat(run);
  chat.write("one");
  await run.ana.catchUp();
  await run.ana.operate(chat.id, "RequestChatHistory");
  const [message] = await run.ana.catchUp();
  expect(new Set(message && chatContent(message).events.map(({ id }) => id))).toEqual(new Set([1, 2, 3]));
  expect(chat.transcript).toHaveLength(3);
});

test("LeaveChat ends an agent's part and the chat of a customer who is left alone", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  await run.ana.operate(chat.id, "LeaveChat");
  expect(await run.ana.states()).toEqual([`PropertiesChanged ${chat.id}`, `Completed ${chat.id}`]);
  expect(textsOf(chat)).toEqual(["Client", "Agent", "PARTY_LEFT"]);
  expect([chat.open, chat.state]).toEqual([false, "Ended"]);
  chat.write("Hello?");
  chat.startTyping();
  chat.stopTyping();
  chat.leave();
  expect(chat.transcript).toHaveLength(3);
});

test("EndChatSession sends the customer away too", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  await run.ana.operate(chat.id, "EndChatSession");
  expect(textsOf(chat)).toEqual(["Client", "Agent", "PARTY_LEFT", "PARTY_LEFT"]);
  expect((await run.ana.states()).at(-1)).toBe(`Completed ${chat.id}`);
  expect([chat.open, chat.state]).toEqual([false, "Ended"]);
});

test("a chat whose customer has left stays with the agent until StopProcessing", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  chat.leave();
  expect(await run.ana.states()).toEqual([`PropertiesChanged ${chat.id}`]);
  expect([chat.open, chat.state]).toEqual([false, "Accepted"]);
  await run.ana.operate(chat.id, "StopProcessing");
  expect((await run.ana.states()).at(-1)).toBe(`Completed ${chat.id}`);
  expect(chat.state).toBe("Ended");
});

test("a customer that leaves before an Accept ends the chat", async () => {
  const { simulator, ana } = await running();
  const queued = simulator.customers.chat();
  queued.leave();
  await ready(ana, "chat");
  const offered = simulator.customers.chat();
  offered.leave();
  expect([queued.state, offered.state]).toEqual(["Ended", "Ended"]);
  expect(await ana.states()).toEqual([`Invited ${offered.id}`, `Revoked ${offered.id}`]);
});

test("a customer that leaves makes room for the next", async () => {
  const { simulator, ana } = await running({ behaviour: { capacity: { email: 5, chat: 1 } } });
  await ready(ana, "chat");
  const first = simulator.customers.chat();
  const second = simulator.customers.chat();
  first.leave();
  expect(second.state).toBe("Invited");
});

test("a conference brings a second agent into the same chat", async () => {
  const run = await running();
  const { simulator, ana, ben } = run;
  const chat = await acceptedChat(run);
  await ready(ben, "chat");
  await ana.operate(chat.id, "SingleStepConference", { targetUri: "agent2" });
  expect(await ben.states()).toEqual([`Invited ${chat.id}`]);
  expect(simulator.snapshot("agent1").interactions[0]?.state).toBe("Accepted");
  await ben.operate(chat.id, "Accept", { nickname: "Ben" });
  await ben.operate(chat.id, "SendMessage", { text: "I can help." });
  expect(await ana.states()).toEqual([`PropertiesChanged ${chat.id}`, `PropertiesChanged ${chat.id}`]);
  await ana.operate(chat.id, "LeaveChat");
  expect([chat.open, simulator.snapshot("agent2").interactions[0]?.state]).toEqual([true, "Accepted"]);
  expect((await ben.states()).at(-1)).toBe(`PropertiesChanged ${chat.id}`);
  await ben.operate(chat.id, "EndChatSession");
  expect(chat.state).toBe("Ended");
});

test("EndChatSession sends every agent away", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  await ready(run.ben, "chat");
  await run.ana.operate(chat.id, "SingleStepConference", { targetUri: "agent2" });
  await run.ben.operate(chat.id, "Accept", { nickname: "Ben" });
  await run.ben.operate(chat.id, "EndChatSession");
  const [customer, ana, ben] = chat.transcript.slice(0, 3).map(({ userId }) => userId);
  const left = chat.transcript.slice(3).map(({ messageType, userId }) => [messageType, userId]);
  expect(left).toEqual([ana, ben, customer].map((party) => ["PARTY_LEFT", party]));
  expect((await run.ana.states()).at(-1)).toBe(`Completed ${chat.id}`);
});

test("a refused invitation to a conference leaves the first agent in the chat", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  await ready(run.ben, "chat");
  await run.ana.operate(chat.id, "SingleStepConference", { targetUri: "agent2" });
  await run.ben.operate(chat.id, "Reject");
  expect(chat.state).toBe("Accepted");
  expect(run.simulator.snapshot("agent2").interactions).toEqual([]);
  run.clock.advance(60_000);
  expect(run.simulator.snapshot("agent2").interactions).toEqual([]);
});

test("ending the session withdraws an invitation to a conference", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  await ready(run.ben, "chat");
  await run.ana.operate(chat.id, "SingleStepConference", { userUri: "agent2" });
  await run.ana.operate(chat.id, "EndChatSession");
  expect(await run.ben.states()).toEqual([`Invited ${chat.id}`, `Revoked ${chat.id}`]);
  expect(chat.state).toBe("Ended");
});

test("a customer can listen", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  const texts: (string | undefined)[] = [];
  const stop = chat.subscribe(({ text }) => texts.push(text));
  await run.ana.operate(chat.id, "SendMessage", { text: "one" });
  stop();
  await run.ana.operate(chat.id, "SendMessage", { text: "two" });
  expect(texts).toEqual(["one"]);
});
