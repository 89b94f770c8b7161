import { expect, test } from "vitest";
import type { Behaviour } from "../../src/simulator/index.ts";
import { acceptedChat, acceptedEmail, ready, running } from "./running.ts";
import type { Json } from "./test-agent.ts";
import { arrival, chatContent } from "./test-agent.ts";

const endings: readonly [option: keyof Behaviour, operationName: string, after: readonly string[]][] = [
  ["afterReject", "Reject", ["Revoked", "Completed", "silence"]],
  ["afterStopProcessing", "StopProcessing", ["Completed", "Revoked", "silence"]],
  ["afterTransfer", "Transfer", ["Completed", "Revoked", "silence"]],
  ["afterPlaceInWorkbin", "PlaceInWorkbin", ["Completed", "Revoked", "silence"]],
  ["afterLeaveChat", "LeaveChat", ["Completed", "silence"]],
  ["afterEndChatSession", "EndChatSession", ["Completed", "silence"]],
];

test.each(
  endings.flatMap(([option, operationName, after]) =>
    after.map((state) => [option, state, operationName] as const),
  ),
)("%s: %s", async (option, state, operationName) => {
  const run = await running({ behaviour: { [option]: state } });
  await ready(run.ana, "chat");
  const { id } = run.simulator.customers.chat();
  if (operationName !== "Reject") await run.ana.operate(id, "Accept", { nickname: "Ana" });
  await run.ana.catchUp();
  await run.ana.operate(id, operationName, { queueName: "SimpleChatTranscriptQueue" });
  const states = (await run.ana.states()).filter((line) => !line.startsWith("PropertiesChanged"));
  expect(states).toEqual(state === "silence" ? [] : [`${state} ${id}`]);
  expect(run.simulator.snapshot("agent1").interactions).toEqual([]);
  expect((await run.ana.get("/me/interactions")).body["uris"]).toEqual([]);
});

test.each([
  ["afterLeaveChat", "LeaveChat"],
  ["afterEndChatSession", "EndChatSession"],
])("%s: LeftChat stays until it is stopped", async (option, operationName) => {
  const run = await running({ behaviour: { [option]: "LeftChat" } });
  const chat = await acceptedChat(run);
  await run.ana.operate(chat.id, operationName);
  expect((await run.ana.states()).at(-1)).toBe(`LeftChat ${chat.id}`);
  expect([chat.open, chat.state]).toEqual([false, "LeftChat"]);
  expect((await run.ana.operate(chat.id, "SendMessage", { text: "one more" })).body["statusCode"]).toBe(2);
  await run.ana.operate(chat.id, "AttachUserData", { userData: { remark: "kind" } });
  await run.ana.operate(chat.id, "StopProcessing");
  expect(await run.ana.states()).toEqual([`PropertiesChanged ${chat.id}`, `Completed ${chat.id}`]);
  const agent = chat.transcript[1]?.userId;
  const left = chat.transcript.filter(({ messageType }) => messageType === "PARTY_LEFT");
  expect(left.filter(({ userId }) => userId === agent)).toHaveLength(1);
});

test("an agent that has left a chat receives no further events of it", async () => {
  const run = await running({ behaviour: { afterLeaveChat: "LeftChat" } });
  const chat = await acceptedChat(run);
  await ready(run.ben, "chat");
  await run.ana.operate(chat.id, "SingleStepConference", { targetUri: "agent2" });
  await run.ben.operate(chat.id, "Accept", { nickname: "Ben" });
  await run.ana.operate(chat.id, "LeaveChat");
  await run.ana.catchUp();
  chat.write("Are you still there?");
  expect(await run.ana.states()).toEqual([]);
  expect((await run.ben.states()).at(-1)).toBe(`PropertiesChanged ${chat.id}`);
});

test("afterCustomerLeft: Completed", async () => {
  const run = await running({ behaviour: { afterCustomerLeft: "Completed" } });
  const chat = await acceptedChat(run);
  chat.leave();
  expect(await run.ana.states()).toEqual([`PropertiesChanged ${chat.id}`, `Completed ${chat.id}`]);
});

test("replyState", async () => {
  const run = await running({ behaviour: { replyState: "Accepted" } });
  await run.ana.operate(await acceptedEmail(run), "Reply");
  expect((await run.ana.states())[0]).toMatch(/^Accepted /);
});

test("transcript: new carries only events that the agent has not received", async () => {
  const run = await running({ behaviour: { transcript: "new" } });
  const chat = await acceptedChat(run);
  chat.write("one");
  chat.write("two");
  await run.ana.operate(chat.id, "AttachUserData", { userData: { a: 1 } });
  const contents = (await run.ana.catchUp()).map(({ data }) => data["interaction"]?.["content"]);
  expect(contents).toMatchObject([
    { latestEventId: 3, events: [{ id: 3, text: "one" }] },
    { latestEventId: 4, events: [{ id: 4, text: "two" }] },
    { latestEventId: 4, events: [] },
  ]);
});

test("shape: nested and flat hold for every message and for the list", async () => {
  for (const shape of ["nested", "flat"] as const) {
    const run = await running({ behaviour: { shape } });
    await ready(run.ana, "email", "chat");
    const email = run.simulator.customers.email();
    const chat = run.simulator.customers.chat();
    await run.ana.operate(email.id, "Accept");
    await run.ana.operate(chat.id, "Accept", { nickname: "Ana" });
    chat.write("one");
    const listed = (await run.ana.get("/me/interactions?fields=*")).body["interactions"] as unknown as Json[];
    await run.ana.operate(email.id, "StopProcessing");
    const messages = (await run.ana.catchUp()).map(({ data }) => data);
    expect(messages).toHaveLength(6);
    for (const message of messages) expect("interaction" in message).toBe(shape === "nested");
    for (const entry of listed) expect("interactionType" in entry).toBe(shape === "flat");
    const [accepted] = listed;
    expect(accepted?.[shape === "flat" ? "email_object" : "content"]).toHaveProperty("subject");
  }
});

test("shape: seeded mixes", async () => {
  const run = await running({ behaviour: { shape: "seeded", capacity: { email: 50, chat: 5 } } });
  await ready(run.ana, "email");
  for (let count = 0; count < 20; count++) run.simulator.customers.email();
  const shapes = new Set((await run.ana.catchUp()).map(({ data }) => "interaction" in data));
  expect(shapes.size).toBe(2);
});

test.each([
  ["statusCode", { statusCode: 0 }, { statusCode: 2, statusMessage: expect.any(String) }],
  ["status0", { status: 0 }, { status: 2, statusMessage: expect.any(String) }],
  ["string", { statusCode: "0" }, { statusCode: "2", statusMessage: expect.any(String) }],
  ["status-ok", { status: "ok" }, { status: "error", errorDescription: expect.any(String) }],
] as const)("answerSpelling and channelAnswerSpelling: %s", async (spelling, done, refused) => {
  const run = await running({ behaviour: { answerSpelling: spelling, channelAnswerSpelling: spelling } });
  expect((await run.ana.post("/me/channels/email", { operationName: "Ready" })).body).toEqual(done);
  const { id } = run.simulator.customers.email();
  expect((await run.ana.operate(id, "Accept")).body).toEqual(done);
  expect((await run.ana.operate(id, "Accept")).body).toEqual(refused);
});

test("refusedHttpStatus: matching", async () => {
  const run = await running({ behaviour: { refusedHttpStatus: "matching" } });
  const id = await acceptedEmail(run);
  expect((await run.ana.operate(id, "Accept")).status).toBe(409);
  expect((await run.ana.operate(id, "AttachUserData")).status).toBe(400);
  expect((await run.ana.operate("none", "Accept")).status).toBe(404);
});

test("textMessageType", async () => {
  const run = await running({ behaviour: { textMessageType: "TEXT" } });
  const chat = await acceptedChat(run);
  chat.write("one");
  expect(chat.transcript.at(-1)?.messageType).toBe("TEXT");
});

test.each([
  ["answer-first", [true]],
  ["notification-first", [false]],
  ["seeded", [true, false]],
] as const)("order: %s", async (order, expected) => {
  const run = await running({ behaviour: { order } });
  const id = await acceptedEmail(run);
  const isAnswerFirst = new Set<boolean>();
  for (let count = 0; count < 20; count++) {
    const { arrived } = await run.ana.operate(id, "AttachUserData", { userData: { count } });
    const [message] = await run.ana.catchUp();
    isAnswerFirst.add(arrived < arrival(message));
  }
  expect(isAnswerFirst).toEqual(new Set(expected));
});

test("order: a message that comes while an answer is held back does not overtake", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  const stop = run.simulator.onRequest(({ operationName }) => {
    if (operationName === "AttachUserData") chat.write("right behind");
  });
  await run.ana.operate(chat.id, "AttachUserData", { userData: { a: 1 } });
  stop();
  const latest = (await run.ana.catchUp()).map((message) => chatContent(message).latestEventId);
  expect(latest).toEqual([2, 3]);
});
