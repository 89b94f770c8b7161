import { expect, test } from "vitest";
import { createDeskLogs } from "../../demo/desk-logs.ts";
import { ActivityLog } from "../../demo/desk/activity-log.ts";
import { email, handDesk } from "../desk/hand-desk.ts";

test("an operation is pending until it settles with one outcome", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Accepted"));
  const logs = createDeskLogs(desk);
  logs.follow();
  const log = logs.activity;
  const interaction = desk.interaction("e");
  if (interaction?.kind !== "email") throw new Error("not an email");
  void interaction.actions.Reply?.();
  expect(log.getSnapshot()).toMatchObject([{ subject: "Help", text: "Reply …", isPending: true }]);
  await asked[0]?.answer({ kind: "refused", code: 4, message: undefined });
  expect(log.getSnapshot()).toMatchObject([
    { text: "Reply: refused by the server (code 4)", tone: "bad", isPending: false },
  ]);
});

test("an operation that is no longer available is logged as such", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Accepted"));
  const logs = createDeskLogs(desk);
  logs.follow();
  const interaction = desk.interaction("e");
  const reply = interaction?.kind === "email" ? interaction.actions.Reply : undefined;
  notify(email("e", "PropertiesChanged", { capabilities: [] }));
  void reply?.();
  expect(logs.activity.getSnapshot()).toMatchObject([
    { text: "Reply: not possible: the server does not grant it now", isPending: false },
  ]);
});

test("a revoked interaction is logged once, and again after another offer", async () => {
  const { desk, notify, list, lookUp } = await handDesk();
  const log = new ActivityLog(desk);
  const end = log.follow();
  const subjects = () => log.getSnapshot().map(({ subject }) => subject);
  notify(email("e", "Invited"), email("e", "Revoked"), email("e", "Revoked"));
  expect(subjects()).toEqual(["Help"]);
  list.interactions = [email("e", "Invited")];
  notify(email("e", "Invited"));
  await lookUp();
  expect(desk.invitations.getSnapshot()).toHaveLength(1);
  notify(email("e", "Revoked"));
  expect(subjects()).toEqual(["Help", "Help"]);
  notify(email("f", "Accepted"), email("f", "Completed"));
  end();
  notify(email("g", "Invited"), email("g", "Revoked"));
  expect(subjects()).toHaveLength(2);
});
