import { expect, test } from "vitest";
import { chat, email, handDesk, joined, said, transcript } from "./hand-desk.ts";

test("an action exists exactly while the server grants it", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"));
  const interaction = desk.interaction("e")!;
  expect(Object.keys(interaction.actions).sort()).toEqual(["Accept", "Reject"]);
  notify(email("e", "Accepted"));
  expect(interaction.actions).not.toHaveProperty("Accept");
  expect(interaction.actions).toHaveProperty("Reply");
  notify(email("e", "Accepted", { capabilities: ["Reply", "StopProcessing"] }));
  expect(Object.keys(interaction.actions).sort()).toEqual(["Reply", "StopProcessing"]);
  notify(email("e", "Accepted", { capabilities: ["PlaceInWorkbin", "ReplyAll"] }));
  expect(Object.keys(interaction.actions).sort()).toEqual(["PlaceInWorkbin", "ReplyAll"]);
  notify(email("e", "Accepted", { capabilities: [] }));
  expect(Object.keys(interaction.actions)).toEqual([]);
});

test("a capability that this channel has no operation for gives no action, and stays readable", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("c", "Accepted", { capabilities: ["Reply", "Send", "Teleport"] }));
  const interaction = desk.interaction("c")!;
  expect(Object.keys(interaction.actions).sort()).toEqual(["Send", "SendNotification"]);
  expect(interaction.capabilities).toEqual(["Reply", "Send", "Teleport"]);
  expect(interaction.can("Reply" as "Send")).toEqual({ allowed: false, reason: "not-known" });
});

test("nothing can be performed while the connection is not Live", async () => {
  const { desk, notify, loseLink, regainLink, list } = await handDesk();
  list.interactions = [email("e", "Invited")];
  notify(email("e", "Invited"));
  const interaction = desk.interaction("e")!;
  const { Accept } = interaction.actions;
  loseLink();
  expect(interaction.actions).toEqual({});
  expect(interaction.can("Accept")).toEqual({ allowed: false, reason: "not-live" });
  await regainLink();
  expect(interaction.actions.Accept).toBe(Accept);
});

test("a pending operation cannot be performed again, nor what it excludes", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Invited"));
  const interaction = desk.interaction("e")!;
  const { Accept, Reject } = interaction.actions;
  void Accept?.();
  expect(interaction.actions).toEqual({});
  expect(interaction.pending).toEqual(["Accept"]);
  expect(interaction.can("Accept")).toEqual({ allowed: false, reason: "pending" });
  expect(interaction.can("Reject")).toEqual({ allowed: false, reason: "excluded" });
  await expect(Accept?.()).resolves.toEqual({
    operation: "Accept",
    outcome: "NotAllowed",
    reason: "pending",
  });
  await expect(Reject?.()).resolves.toMatchObject({ outcome: "NotAllowed", reason: "excluded" });
  expect(asked).toHaveLength(1);
});

test("an ended interaction refuses with the reason that it has ended", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"), email("e", "Revoked"));
  expect(desk.interaction("e")!.can("Accept")).toEqual({ allowed: false, reason: "ended" });
});

test("HTTP 200 alone does not confirm an Accept; the notification does", async () => {
  const { desk, notify, asked, settle } = await handDesk();
  notify(email("e", "Invited"));
  let outcome: unknown;
  void desk.interaction("e")!.actions.Accept!().then((settled) => (outcome = settled));
  await asked[0]!.answer({ kind: "acknowledged" });
  expect(outcome).toBeUndefined();
  expect(desk.interaction("e")!.state).toBe("Invited");
  notify(email("e", "Accepted"));
  await settle();
  expect(outcome).toEqual({ operation: "Accept", outcome: "Done" });
});

test("a refusal carries the server's code and words, and the action comes back", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Invited"));
  const interaction = desk.interaction("e")!;
  const outcome = interaction.actions.Accept!();
  await asked[0]!.answer({ kind: "refused", code: 2, message: "not now" });
  await expect(outcome).resolves.toEqual({
    operation: "Accept",
    outcome: "Refused",
    code: 2,
    message: "not now",
  });
  expect(interaction.actions).toHaveProperty("Accept");
});

test("an operation that nothing confirmed is looked up in the server's list before it is given up", async () => {
  const { desk, notify, asked, list, clock, settle } = await handDesk({ operationTimeout: 1000 });
  notify(email("e", "Invited"), email("f", "Invited"));
  const one = desk.interaction("e")!.actions.Accept!();
  const other = desk.interaction("f")!.actions.Accept!();
  await asked[0]!.answer({ kind: "unanswered" });
  await asked[1]!.answer({ kind: "acknowledged" });
  list.interactions = [email("e", "Accepted"), email("f", "Invited")];
  clock.advance(1000);
  await settle();
  await expect(one).resolves.toMatchObject({ outcome: "Done" });
  await expect(other).resolves.toMatchObject({ outcome: "TimedOut" });
});

test("an operation overtaken by a lost link is settled by the list that is read when it is back", async () => {
  const { desk, notify, asked, list, clock, loseLink, regainLink } = await handDesk({
    operationTimeout: 1000,
  });
  notify(email("e", "Accepted"), email("f", "Accepted"), email("g", "Accepted"));
  const [done, not] = ["e", "f"].map((id) => {
    const interaction = desk.interaction(id)!;
    return interaction.kind === "email" ? interaction.actions.StopProcessing!() : undefined;
  });
  loseLink();
  await asked[0]!.answer({ kind: "unanswered" });
  await asked[1]!.answer({ kind: "unanswered" });
  clock.advance(1000);
  list.interactions = [email("f", "Accepted"), email("g", "Accepted")];
  await regainLink();
  await expect(done).resolves.toMatchObject({ outcome: "Done" });
  await expect(not).resolves.toMatchObject({ outcome: "TimedOut" });
  expect(desk.interaction("e")).toMatchObject({ state: "Gone", outcome: "Completed" });
});

test("an operation settles also when the link never comes back", async () => {
  const { desk, notify, clock, loseLink, settle } = await handDesk({
    operationTimeout: 1000,
    recoveryTimeout: 5000,
  });
  notify(email("e", "Invited"));
  const outcome = desk.interaction("e")!.actions.Accept!();
  loseLink();
  clock.advance(1000);
  await settle();
  clock.advance(5000);
  await expect(outcome).resolves.toEqual({ operation: "Accept", outcome: "LinkLost" });
});

test("stopping the desk settles every operation", async () => {
  const { desk, notify, clock } = await handDesk();
  notify(email("e", "Invited"), chat("c", "Invited"));
  const outcomes = desk.invitations
    .getSnapshot()
    .map((invitation) => invitation.actions.Accept!({ nickname: "Ana" }));
  await desk.stop();
  await expect(Promise.all(outcomes)).resolves.toMatchObject([
    { outcome: "Stopped" },
    { outcome: "Stopped" },
  ]);
  expect(clock.pending).toBe(0);
});

test("an operation settles as Stopped when a listener stops the desk at the news of it", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Invited"));
  desk.interaction("e")!.subscribe(({ pending }) => void (pending.length > 0 && desk.stop()));
  await expect(desk.interaction("e")!.actions.Accept!()).resolves.toMatchObject({ outcome: "Stopped" });
  // Listeners are notified last: the request was sent before.
  expect(asked).toHaveLength(1);
});

test("a chat message is sent when the transcript shows it, not when a customer writes the same", async () => {
  const { desk, notify, asked, settle } = await handDesk();
  notify(chat("c", "Accepted", transcript(2, ...joined)));
  const interaction = desk.interaction("c")!;
  if (interaction.kind !== "chat") throw new Error("not a chat");
  let outcome: unknown;
  void interaction.actions.Send!({ text: "yes" }).then((settled) => (outcome = settled));
  await asked[0]!.answer({ kind: "acknowledged" });
  notify(chat("c", "PropertiesChanged", transcript(3, ...joined, said(3, "c", "yes"))));
  await settle();
  expect(outcome).toBeUndefined();
  notify(chat("c", "PropertiesChanged", transcript(4, said(4, "a", "yes"), ...joined)));
  await settle();
  expect(outcome).toEqual({ operation: "Send", outcome: "Done" });
});

test("a reply is confirmed by the outbound email that it created, and names it", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Accepted", { threadId: "t", outQueues: { Out: "" } }));
  const interaction = desk.interaction("e")!;
  if (interaction.kind !== "email") throw new Error("not an email");
  const outcome = interaction.actions.Reply!();
  await asked[0]!.answer({ kind: "acknowledged" });
  notify(email("other", "Composing", { threadId: "u", capabilities: ["Send"] }));
  notify(email("r", "Composing", { threadId: "t", capabilities: ["Send", "Cancel"], type: "Outbound" }));
  await expect(outcome).resolves.toEqual({ operation: "Reply", outcome: "Done", interactionId: "r" });
});

test("what may be repeated is sent again when its answer was lost; a message never is", async () => {
  const { desk, notify, asked, clock, settle } = await handDesk({ operationTimeout: 60_000 });
  notify(chat("c", "Accepted", transcript(2, ...joined)));
  const interaction = desk.interaction("c")!;
  if (interaction.kind !== "chat") throw new Error("not a chat");
  void interaction.actions.Send!({ text: "hello" });
  void interaction.actions.RequestChatHistory!();
  await asked[0]!.answer({ kind: "unanswered" });
  await asked[1]!.answer({ kind: "unanswered" });
  clock.advance(20_000);
  await settle();
  expect(asked.map(({ operation }) => operation)).toEqual([
    "Send",
    "RequestChatHistory",
    "RequestChatHistory",
  ]);
});

test("invalid arguments throw at the call, and nothing is sent", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(chat("c", "Accepted"));
  const interaction = desk.interaction("c")!;
  if (interaction.kind !== "chat") throw new Error("not a chat");
  const { Send } = interaction.actions;
  expect(() => Send!({ text: "" })).toThrow('"text" must be text that is not empty');
  expect(() => Send!(undefined as unknown as { text: string })).toThrow("Send was not sent");
  expect(() => Send!({ text: "x", loud: true } as { text: string })).toThrow('no argument "loud"');
  expect(asked).toEqual([]);
});
