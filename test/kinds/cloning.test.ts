import { expect, test } from "vitest";
import { chat, email, handDesk, joined, said, transcript } from "../desk/hand-desk.ts";

test("a snapshot is JSON, and its data can be cloned, as for a worker", async () => {
  const { desk, notify } = await handDesk();
  const content = { fromAddress: "mia@example.com", subject: "Light" };
  notify(
    email("e1", "Accepted", { content, userData: { Subject: "Light" }, extra: { level: [1] } }),
    chat("c1", "Accepted", transcript(4, ...joined, said(4, "c", "Hello"))),
  );
  for (const id of ["e1", "c1"]) {
    const snapshot: Readonly<Record<string, unknown>> = { ...desk.interaction(id)?.getSnapshot() };
    expect(JSON.parse(JSON.stringify(snapshot))).toMatchObject({ id, state: "Accepted" });
    for (const part of ["userData", "raw", "email", "transcript"])
      expect(JSON.stringify(structuredClone(snapshot[part]))).toBe(JSON.stringify(snapshot[part]));
  }
});

test("a cloned transcript has the events and the gaps", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("c1", "Accepted", transcript(4, ...joined, said(4, "c", "Hello"))));
  const interaction = desk.interaction("c1");
  if (interaction?.kind !== "chat") throw new Error("not a chat");
  const { latestEventId, events, gaps } = interaction.getSnapshot().transcript;
  expect(structuredClone(interaction.transcript)).toEqual({ latestEventId, events, gaps });
  expect([events.map(({ id }) => id), gaps]).toEqual([[1, 2, 4], [{ from: 3, to: 3 }]]);
});
