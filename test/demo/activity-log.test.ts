import { expect, test } from "vitest";
import { ActivityLog } from "../../demo/desk/activity-log.ts";
import { email, handDesk } from "../desk/hand-desk.ts";

test("an operation is pending until it settles with one outcome", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Accepted"));
  const log = new ActivityLog(desk);
  const interaction = desk.interaction("e");
  if (interaction?.kind !== "email") throw new Error("not an email");
  const performed = log.perform("A puncture", "Reply", interaction.actions.Reply?.());
  expect(log.getSnapshot()).toMatchObject([{ subject: "A puncture", text: "Reply …", isPending: true }]);
  await asked[0]?.answer({ kind: "refused", code: 4, message: undefined });
  expect(await performed).toMatchObject({ outcome: "Refused" });
  expect(log.getSnapshot()).toMatchObject([
    { text: "Reply: refused by the server (code 4)", tone: "bad", isPending: false },
  ]);
});

test("an operation that is no longer available is logged as such", async () => {
  const { desk } = await handDesk();
  const log = new ActivityLog(desk);
  expect(await log.perform("A puncture", "Reply", undefined)).toBeUndefined();
  expect(log.getSnapshot()).toMatchObject([{ text: "Reply cannot be performed now.", tone: "warning" }]);
});

test("a revoked interaction is logged once, and again after another offer", async () => {
  const { desk, notify, list, lookUp } = await handDesk();
  const log = new ActivityLog(desk);
  const end = log.follow();
  const told = () => log.getSnapshot().map(({ subject }) => subject);
  notify(email("e", "Invited"), email("e", "Revoked"), email("e", "Revoked"));
  expect(told()).toEqual(["Help"]);
  list.interactions = [email("e", "Invited")];
  notify(email("e", "Invited"));
  await lookUp();
  expect(desk.invitations.getSnapshot()).toHaveLength(1);
  notify(email("e", "Revoked"));
  expect(told()).toEqual(["Help", "Help"]);
  notify(email("f", "Accepted"), email("f", "Completed"));
  end();
  notify(email("g", "Invited"), email("g", "Revoked"));
  expect(told()).toHaveLength(2);
});
