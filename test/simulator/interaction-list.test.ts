import { expect, test } from "vitest";
import { acceptedChat, ready, running } from "./running.ts";
import type { Json } from "./test-agent.ts";

test("the list without fields holds URIs", async () => {
  const { simulator, ana } = await running();
  expect((await ana.get("/me/interactions")).body).toEqual({ statusCode: 0, uris: [] });
  await ready(ana, "email");
  const { id } = simulator.customers.email();
  const { uris } = (await ana.get("/me/interactions")).body;
  expect(uris).toEqual([`${simulator.url}/interactions/${id}`]);
});

test("the list with fields equals the notifications", async () => {
  const { simulator, ana } = await running();
  await ready(ana, "email", "chat");
  const taken = simulator.customers.email();
  await ana.operate(taken.id, "Accept");
  simulator.customers.email();
  simulator.customers.chat();
  const notified = new Map(
    (await ana.catchUp()).map(({ data }) => {
      const fields = data["interaction"] ?? data;
      return [fields["id"] as unknown, fields];
    }),
  );
  const listed = (await ana.get("/me/interactions?fields=*")).body["interactions"] as unknown as Json[];
  expect(listed).toHaveLength(3);
  for (const entry of listed) expect(entry).toEqual(notified.get(entry["id"]));
});

test("the list has the whole log of a chat even when notifications carry only what is new", async () => {
  const run = await running({ behaviour: { transcript: "new" } });
  const chat = await acceptedChat(run);
  chat.write("one");
  chat.write("two");
  const [listed] = (await run.ana.get("/me/interactions?fields=*")).body["interactions"] as unknown as Json[];
  const content = listed?.["content"] as unknown as { latestEventId: number; events: { id: number }[] };
  expect(content.latestEventId).toBe(4);
  expect(content.events.toSorted((a, b) => a.id - b.id)).toEqual(chat.transcript);
});

test("a live interaction can be read, an ended one cannot", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  const reply = await run.ana.get(`/me/interactions/${chat.id}`);
  expect(reply.body["interaction"]).toMatchObject({ id: chat.id, state: "Accepted" });
  await run.ana.operate(chat.id, "StopProcessing");
  expect((await run.ana.get(`/me/interactions/${chat.id}`)).status).toBe(404);
});

test("a snapshot is a copy that later events do not change", async () => {
  const run = await running();
  const chat = await acceptedChat(run);
  const before = run.simulator.snapshot("agent1");
  chat.write("later");
  await run.ana.operate(chat.id, "AttachUserData", { userData: { later: 1 } });
  expect(before.interactions[0]?.transcript).toHaveLength(2);
  expect(before.interactions[0]?.userData.has("later")).toBe(false);
  expect(() => run.simulator.snapshot("agent99")).toThrow(/no agent agent99/);
});
