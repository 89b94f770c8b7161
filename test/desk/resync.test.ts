import { expect, test } from "vitest";
import { chat, email, handDesk, joined, said, transcript } from "./hand-desk.ts";

test("the desk is not Live before it has caught up with the server's list", async () => {
  const { desk, list, regainLink, clock, settle } = await handDesk({ isLive: false });
  list.fails = true;
  expect(desk.connection.state).toBe("Connecting");
  await regainLink();
  expect(desk.connection.state).toBe("CatchingUp");
  list.fails = false;
  list.interactions = [email("e", "Accepted")];
  clock.advance(30_000);
  await settle();
  expect(desk.connection.state).toBe("Live");
  expect(desk.interaction("e")!.state).toBe("Accepted");
});

test("what was lost with a session is made up by the list: new, changed and gone", async () => {
  const { desk, notify, list, loseLink, regainLink } = await handDesk();
  notify(email("stays", "Invited"), email("moved", "Invited"), email("gone", "Accepted"));
  loseLink();
  list.interactions = [email("stays", "Invited"), email("moved", "Accepted"), chat("new", "Invited")];
  await regainLink();
  const states = desk.interactions.getSnapshot().map(({ id, state }) => [id, state]);
  expect(states).toEqual([
    ["stays", "Invited"],
    ["moved", "Accepted"],
    ["new", "Invited"],
  ]);
  expect(desk.interaction("gone")).toMatchObject({ state: "Gone", outcome: "Gone" });
});

test("what is received while the list is read is newer than the list", async () => {
  const { desk, notify, list, loseLink, sink, holdReadings, settle } = await handDesk();
  notify(email("revoked", "Invited"), email("accepted", "Invited"));
  loseLink();
  list.interactions = [
    email("revoked", "Invited"),
    email("accepted", "Invited"),
    email("came-and-went", "Invited"),
  ];
  const release = holdReadings();
  sink().onConnected({ isAcknowledging: true });
  await settle();
  notify(
    email("revoked", "Revoked"),
    email("accepted", "Accepted", { userData: { Subject: "newer" } }),
    email("new", "Invited"),
  );
  notify(email("came-and-went", "Invited"), email("came-and-went", "Revoked"));
  await release();
  expect(desk.connection.state).toBe("Live");
  expect(desk.interaction("revoked")).toMatchObject({ state: "Revoked", outcome: "Revoked" });
  expect(desk.interaction("accepted")).toMatchObject({ state: "Accepted", userData: { Subject: "newer" } });
  expect(desk.interaction("new")).toMatchObject({ state: "Invited" });
  expect(desk.interaction("came-and-went")).toMatchObject({ state: "Revoked" });
});

test("an update that is received while the list is read is not undone by the list", async () => {
  const { desk, notify, list, loseLink, sink, holdReadings, settle } = await handDesk();
  notify(email("e", "Accepted"));
  loseLink();
  list.interactions = [email("e", "Accepted", { userData: { Subject: "older" } })];
  const release = holdReadings();
  sink().onConnected({ isAcknowledging: true });
  await settle();
  notify(email("e", "PropertiesChanged", { userData: { Subject: "newer" } }));
  await release();
  expect(desk.interaction("e")!.userData).toEqual({ Subject: "newer" });
});

test("a list that was asked for before the link was lost again does not make the desk Live", async () => {
  const { desk, loseLink, sink, list, holdReadings, settle, regainLink } = await handDesk();
  loseLink();
  list.interactions = [email("old", "Invited")];
  const release = holdReadings();
  sink().onConnected({ isAcknowledging: true });
  await settle();
  loseLink();
  await release();
  expect(desk.connection.state).toBe("Recovering");
  expect(desk.interaction("old")).toBeUndefined();
  await regainLink();
  expect(desk.connection.state).toBe("Live");
});

test("a list that leads back counts, because the server decides", async () => {
  const { desk, notify, list, loseLink, regainLink } = await handDesk();
  notify(email("e", "Accepted"));
  loseLink();
  list.interactions = [email("e", "Invited")];
  await regainLink();
  expect(desk.interaction("e")).toMatchObject({ state: "Invited", capabilities: ["Accept", "Reject"] });
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).toContain("unexpected-state");
});

test("what comes late about a chat replaces nothing that is newer", async () => {
  const { desk, notify } = await handDesk();
  const newer = { userData: { Subject: "newer" }, ...transcript(2, ...joined) };
  notify(chat("offer", "PropertiesChanged", newer), chat("offer", "Invited"));
  expect(desk.interaction("offer")).toMatchObject({ state: "Invited", userData: { Subject: "newer" } });
  notify(chat("repeat", "Accepted", { capabilities: ["Send"], ...newer }));
  notify(chat("repeat", "Accepted", { capabilities: ["LeaveChat"], ...transcript(1, ...joined) }));
  expect(desk.interaction("repeat")).toMatchObject({
    capabilities: ["Send"],
    userData: { Subject: "newer" },
  });
});

test("a gap in a transcript is shown, and closed by the list that is read because of it", async () => {
  const { desk, notify, list, holdReadings, settle, clock } = await handDesk();
  notify(chat("c", "Accepted", transcript(2, ...joined)));
  const release = holdReadings();
  clock.advance(2000);
  list.interactions = [
    chat("c", "Accepted", transcript(4, ...joined, said(3, "c", "one"), said(4, "c", "two"))),
  ];
  notify(chat("c", "PropertiesChanged", transcript(4, said(4, "c", "two"))));
  const interaction = desk.interaction("c")!;
  if (interaction.kind !== "chat") throw new Error("not a chat");
  expect(interaction.transcript.gaps).toEqual([{ from: 3, to: 3 }]);
  await settle();
  await release();
  expect(interaction.transcript.gaps).toEqual([]);
  expect(interaction.transcript.events.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
});

test("a gap that the server cannot close is asked for once, not with each message", async () => {
  const { notify, list, clock, settle } = await handDesk();
  notify(chat("c", "Accepted", transcript(9, said(9, "c", "x"))));
  for (let id = 10; id < 20; id++) {
    clock.advance(5000);
    notify(chat("c", "PropertiesChanged", transcript(id, said(id, "c", "x"))));
    await settle();
  }
  clock.advance(5000);
  await settle();
  expect(list.reads).toBe(2);
});

test("stopping while a list is read leaves nothing behind", async () => {
  const { desk, sink, holdReadings, loseLink, clock } = await handDesk();
  loseLink();
  const release = holdReadings();
  sink().onConnected({ isAcknowledging: true });
  await desk.stop();
  await release();
  expect(desk.connection).toMatchObject({ state: "Stopped", stopReason: "stop" });
  expect(clock.pending).toBe(0);
});
