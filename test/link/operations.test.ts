import { expect, test } from "vitest";
import type { OperationOutcome } from "../../src/index.ts";
import { email } from "./desk-at.ts";
import type { Answer, Script } from "./scripted-server.ts";
import { simulatedDesk, type SimulatedDesk } from "./simulated-desk.ts";

/** A chat that the agent has accepted, with these messages of the agent. */
function chatWith(...texts: string[]): object {
  const events = texts.map((text, index) => ({ id: index + 1, messageType: "MESSAGE", userId: "a", text }));
  const content = { latestEventId: events.length, sessionId: "1", events };
  return { ...email("c", "Accepted"), channel: "chat", capabilities: ["Send"], content };
}

test("a message whose answer is lost is sent once, and done when its echo arrives", async () => {
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  const change = (...texts: string[]) => {
    server.interactions = [chatWith(...texts)];
    server.notify("/v2/me/interactions", chatWith(...texts));
  };
  change();
  await time.until("the chat is shown", () => desk.interaction("c") !== undefined);
  const chat = desk.interaction("c")!;
  if (chat.kind !== "chat") throw new Error("This is not a chat.");
  server.script = onOperation("SendMessage", () => undefined);
  const outcomes: OperationOutcome[] = [];
  const send = (text: string) => chat.actions.Send?.({ text }).then((outcome) => outcomes.push(outcome));
  void send("one");
  await time.advance(100);
  change("one");
  await time.until("the first is settled", () => outcomes.length === 1);
  void send("two");
  await time.until("the second is settled", () => outcomes.length === 2);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["Done", "TimedOut"]);
  expect(chat.transcript.events.flatMap(({ text }) => text ?? [])).toEqual(["one"]);
  expect(server.count("SendMessage")).toBe(2);
});

/** Answers an operation in this way, and everything else honestly. */
function onOperation(name: string, answer: () => Answer | undefined): Script {
  return ({ what }, honest) => (what === name ? answer() : honest());
}

/** A desk with an accepted email, and the outcomes of what is asked for. */
async function withEmail(): Promise<SimulatedDesk & { ask: (remark: string) => OperationOutcome[] }> {
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  server.interactions = [email("e", "Accepted")];
  server.notify("/v2/me/interactions", email("e", "Accepted"));
  await time.advance(2000);
  return {
    ...all,
    ask(remark) {
      const outcomes: OperationOutcome[] = [];
      const interaction = desk.interaction("e")!;
      if (interaction.kind !== "email") throw new Error("This is not an email.");
      void interaction.actions
        .UpdateUserData?.({ userData: { remark } })
        .then((outcome) => outcomes.push(outcome));
      return outcomes;
    },
  };
}

test("what may be done twice is sent up to three times, then the server's list decides", async () => {
  const all = await withEmail();
  const { server, time } = all;
  server.script = onOperation("UpdateUserData", () => ({ status: 500, body: "" }));
  const outcomes = all.ask("a");
  await time.advance(14_000);
  expect(server.count("UpdateUserData")).toBe(3);
  expect(outcomes).toEqual([]);
  server.interactions = [email("e", "Accepted", { userData: { remark: "a" } })];
  await time.advance(3000);
  expect(outcomes).toMatchObject([{ outcome: "Done" }]);
});

test("an operation settles in its time even when the list cannot be read", async () => {
  const all = await withEmail();
  const { server, time, desk } = all;
  server.script = ({ what, path }, honest) =>
    what === "UpdateUserData" || path.startsWith("/me/interactions?") ? { status: 500, body: "" } : honest();
  const outcomes = all.ask("a");
  await time.advance(30_000);
  expect(desk.connection.state).toBe("Live");
  expect(outcomes).toMatchObject([{ outcome: "TimedOut" }]);
});

test("an operation whose connection is lost waits for it, and settles as lost when it does not come back", async () => {
  const all = await withEmail();
  const { server, time } = all;
  const outcomes = all.ask("a");
  server.script = () => Promise.reject(new Error("refused"));
  server.forget();
  await time.advance(60_000);
  expect(outcomes).toEqual([]);
  await time.advance(20_000);
  expect(outcomes).toMatchObject([{ outcome: "LinkLost" }]);
});

test("an operation whose connection came back is settled by the list", async () => {
  const all = await withEmail();
  const { server, time } = all;
  const honest = server.script;
  server.script = () => Promise.reject(new Error("refused"));
  const outcomes = all.ask("a");
  server.forget();
  await time.advance(5000);
  server.interactions = [email("e", "Accepted", { userData: { remark: "a" } })];
  server.script = honest;
  await time.advance(60_000);
  expect(outcomes).toMatchObject([{ outcome: "Done" }]);
});

test("stopping settles every pending operation, and no timer sends one again", async () => {
  const all = await withEmail();
  const { server, time } = all;
  server.script = onOperation("UpdateUserData", () => ({ status: 500, body: "" }));
  const outcomes = all.ask("a");
  await time.advance(1);
  const stopping = all.desk.stop();
  await time.advance(0);
  await stopping;
  expect(outcomes).toMatchObject([{ outcome: "Stopped" }]);
  server.close();
  expect(time.pending).toBe(0);
  expect(server.count("UpdateUserData")).toBe(1);
});

test("of two operations on one interaction the second is sent when the first is answered", async () => {
  const all = await withEmail();
  const { server, time, desk } = all;
  let answer: (() => void) | undefined;
  server.script = ({ what }, honest) =>
    what === "UpdateUserData" ? new Promise((resolve) => (answer = () => resolve(honest()))) : honest();
  all.ask("a");
  const interaction = desk.interaction("e")!;
  if (interaction.kind !== "email") throw new Error("This is not an email.");
  void interaction.actions.Reply?.();
  await time.advance(1000);
  expect(server.count("Reply")).toBe(0);
  answer?.();
  await time.advance(1);
  expect(server.count("Reply")).toBe(1);
});
