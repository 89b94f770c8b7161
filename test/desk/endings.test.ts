import { expect, test } from "vitest";
import { chat, email, handDesk, joined, transcript } from "./hand-desk.ts";

test("a rejected offer and a missed offer can be distinguished, in whichever order answer and notification come", async () => {
  for (const order of ["answer first", "notification first"]) {
    const { desk, notify, asked } = await handDesk();
    notify(email("rejected", "Invited"), email("missed", "Invited"));
    const outcome = desk.interaction("rejected")!.actions.Reject!();
    if (order === "answer first") await asked[0]!.answer({ kind: "acknowledged" });
    notify(email("rejected", "Revoked"), email("missed", "Revoked"));
    if (order !== "answer first") await asked[0]!.answer({ kind: "acknowledged" });
    await expect(outcome).resolves.toMatchObject({ outcome: "Done" });
    expect(desk.interaction("rejected")).toMatchObject({ state: "Revoked", outcome: "Rejected" });
    expect(desk.interaction("missed")).toMatchObject({ state: "Revoked", outcome: "Revoked" });
  }
});

test("an offer that was revoked before the Reject got through was not rejected", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Invited"));
  const outcome = desk.interaction("e")!.actions.Reject!();
  notify(email("e", "Revoked"));
  expect(desk.interaction("e")).toMatchObject({ state: "Revoked", isEnded: true, outcome: null });
  await asked[0]!.answer({ kind: "refused", code: 2, message: undefined });
  await expect(outcome).resolves.toEqual({ operation: "Reject", outcome: "Revoked" });
  expect(desk.interaction("e")!.outcome).toBe("Revoked");
});

test("a revoked invitation cannot be accepted", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Invited"));
  const { Accept } = desk.interaction("e")!.actions;
  const outcome = Accept!();
  notify(email("e", "Revoked"));
  await expect(outcome).resolves.toEqual({ operation: "Accept", outcome: "Revoked" });
  await asked[0]!.answer({ kind: "acknowledged" });
  expect(desk.interaction("e")!.outcome).toBe("Revoked");
  await expect(Accept!()).resolves.toMatchObject({ outcome: "NotAllowed", reason: "ended" });
});

test("after an interaction ended, late facts change nothing and are counted", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("c", "Invited"), chat("c", "Revoked"));
  const before = desk.interaction("c")!.getSnapshot();
  notify(
    chat("c", "Accepted", transcript(2, ...joined)),
    chat("c", "PropertiesChanged"),
    chat("c", "Revoked"),
  );
  expect(desk.interaction("c")!.getSnapshot()).toBe(before);
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).toEqual([
    "late-fact",
    "late-fact",
    "late-fact",
  ]);
});

test("an interaction that is offered again after its end begins a new life when the server's list has it", async () => {
  const { desk, notify, list, lookUp } = await handDesk();
  notify(email("e", "Invited"), email("e", "Revoked"));
  expect(desk.ended.getSnapshot().map(({ id }) => id)).toEqual(["e"]);
  list.interactions = [email("e", "Invited")];
  notify(email("e", "Invited"));
  await lookUp();
  expect(desk.interaction("e")).toMatchObject({ state: "Invited", outcome: null, isEnded: false });
  expect(desk.invitations.getSnapshot().map(({ id }) => id)).toEqual(["e"]);
  expect(desk.ended.getSnapshot()).toEqual([]);
});

test("a repeated offer of an ended interaction stays without effect when the server's list does not have it", async () => {
  const { desk, notify, lookUp, list } = await handDesk();
  notify(email("e", "Invited"), email("e", "Revoked"), email("e", "Invited"));
  await lookUp();
  expect(list.reads).toBe(2);
  expect(desk.interaction("e")).toMatchObject({ state: "Revoked", outcome: "Revoked" });
});

test("ended interactions stay readable until they are dismissed, and a late fact does not bring them back", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"));
  const interaction = desk.interaction("e")!;
  expect(interaction.dismiss()).toBe(false);
  notify(email("e", "Revoked"));
  expect(interaction.dismiss()).toBe(true);
  expect(interaction.dismiss()).toBe(false);
  notify(email("e", "Revoked"));
  expect(desk.interaction("e")).toBeUndefined();
  expect(desk.ended.getSnapshot()).toEqual([]);
});

test("only so many ended interactions are kept, the oldest go first", async () => {
  const { desk, notify } = await handDesk({ keepEnded: 2 });
  for (const id of ["a", "b", "c"]) notify(email(id, "Invited"), email(id, "Revoked"));
  expect(desk.ended.getSnapshot().map(({ id }) => id)).toEqual(["b", "c"]);
});

test("a server that notifies nothing after a Reject is asked for its list", async () => {
  const { desk, notify, asked, clock, settle } = await handDesk({ operationTimeout: 1000 });
  notify(email("e", "Invited"));
  const outcome = desk.interaction("e")!.actions.Reject!();
  await asked[0]!.answer({ kind: "acknowledged" });
  clock.advance(1000);
  await settle();
  await expect(outcome).resolves.toMatchObject({ outcome: "Done" });
  expect(desk.interaction("e")).toMatchObject({ state: "Gone", outcome: "Rejected" });
});

test("a chat that was left but not ended is still the agent's to finish", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(chat("c", "Accepted"));
  const interaction = desk.interaction("c")!;
  if (interaction.kind !== "chat") throw new Error("not a chat");
  const outcome = interaction.actions.LeaveChat!();
  await asked[0]!.answer({ kind: "acknowledged" });
  notify(chat("c", "LeftChat", { capabilities: ["StopProcessing"] }));
  await expect(outcome).resolves.toMatchObject({ outcome: "Done" });
  expect(interaction).toMatchObject({ state: "Left", isEnded: false, outcome: null });
  expect(interaction.actions).toHaveProperty("StopProcessing");
});
