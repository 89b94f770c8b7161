import { expect, test } from "vitest";
import { email } from "./desk-at.ts";
import type { Answer, Script } from "./scripted-server.ts";
import { simulatedDesk, stopIn, type SimulatedDesk } from "./simulated-desk.ts";

const topic = "/v2/me/interactions";

/** Sends notifications in one reply. */
async function notify({ server, time }: SimulatedDesk, ...news: object[]): Promise<void> {
  for (const data of news) server.notify(topic, data);
  await time.advance(1);
}

/** Answers readings of the interactions in this way, and everything else honestly. */
function onReading(answer: (honest: () => Promise<Answer>) => Promise<Answer> | Answer | undefined): Script {
  return ({ path }, honest) => (path.startsWith("/me/interactions?") ? answer(honest) : honest());
}

/** Loses the CometD session and gets the desk to read the list. */
async function reconnect({ server, time }: SimulatedDesk): Promise<void> {
  server.forget();
  await time.advance(20_000);
}

const state = ({ desk }: SimulatedDesk, id: string) => desk.interaction(id)?.state;

test("an offer that comes back is looked up until the server's list can be read", async () => {
  const all = await simulatedDesk();
  const { server, time } = all;
  await notify(all, email("e"), email("e", "Revoked", { capabilities: [] }));
  await time.advance(5000);
  server.interactions = [email("e")];
  let failures = 3;
  server.script = onReading((honest) => (failures-- > 0 ? { status: 500, body: "" } : honest()));
  await notify(all, email("e"));
  expect(state(all, "e")).toBe("Revoked");
  await time.advance(20_000);
  expect(failures).toBeLessThan(0);
  expect(state(all, "e")).toBe("Invited");
});

test("what is to be looked up is not forgotten because an earlier reading never came to its end", async () => {
  const all = await simulatedDesk();
  const { server, time, desk } = all;
  await notify(all, email("e"), email("e", "Revoked", { capabilities: [] }));
  await time.advance(5000);
  const honest = server.script;
  server.script = onReading(() => undefined);
  // The first reading hangs, a second one waits for it, and then the connection is lost and found.
  await notify(all, email("e"));
  await time.advance(1);
  await notify(all, email("e"));
  server.script = honest;
  await reconnect(all);
  expect(desk.connection.state).toBe("Live");
  await time.advance(5000);
  server.interactions = [email("e")];
  await notify(all, email("e"));
  await time.advance(20_000);
  expect(state(all, "e")).toBe("Invited");
});

test.each<[string, object[], object[]]>([
  ["is notified of after the list was made", [], [email("e")]],
  ["is revoked and comes back", [email("e")], [email("e", "Revoked", { capabilities: [] }), email("e")]],
])("an offer that comes back while the list is read is shown, when it %s", async (_when, listed, news) => {
  const all = await simulatedDesk();
  const { server, time, desk } = all;
  await notify(all, email("e"), email("e", "Revoked", { capabilities: [] }));
  const honest = server.script;
  server.interactions = listed;
  server.script = onReading(async (answer) => {
    const made = await answer();
    server.script = honest;
    server.interactions = [email("e")];
    for (const data of news) server.notify(topic, data);
    await new Promise<void>((resolve) => time.setTimeout(resolve, 50));
    return made;
  });
  await reconnect(all);
  expect(desk.connection.state).toBe("Live");
  expect(state(all, "e")).toBe("Invited");
});

test("what was revoked and offered again while the desk was not connected is an offer again", async () => {
  const all = await simulatedDesk();
  const { server, time } = all;
  await notify(all, email("e"), email("e", "Accepted"));
  server.interactions = [email("e")];
  const honest = server.script;
  server.script = onReading(async (answer) => {
    server.script = honest;
    server.notify(topic, email("e"));
    await new Promise<void>((resolve) => time.setTimeout(resolve, 50));
    return answer();
  });
  await reconnect(all);
  expect(state(all, "e")).toBe("Invited");
});

test.each([429, 503])(
  "a list that the server is too busy for (%d) is not taken for one that it does not have",
  async (status) => {
    const all = await simulatedDesk();
    const { server, time, desk } = all;
    const honest = server.script;
    server.channels = [{ channel: "chat", userState: { state: "Ready" } }];
    server.script = ({ path }, answer) => (path.startsWith("/me/channels") ? { status, body: "" } : answer());
    await reconnect(all);
    expect(desk.connection.state).toBe("CatchingUp");
    server.script = honest;
    await time.advance(60_000);
    expect(desk.connection.state).toBe("Live");
    expect(desk.channel("chat").state).toBe("Ready");
    await stopIn(all);
  },
);

test("a server that has no list of channels is used without, and one without a list of interactions is not", async () => {
  const all = await simulatedDesk();
  const { server, time, desk } = all;
  const without =
    (list: string): Script =>
    ({ path }, answer) =>
      path.startsWith(list) ? { status: 404, body: { statusCode: 6 } } : answer();
  server.script = without("/me/channels");
  await reconnect(all);
  expect(desk.connection.state).toBe("Live");
  server.script = without("/me/interactions");
  await reconnect(all);
  expect(desk.connection.state).toBe("CatchingUp");
  await time.advance(600_000);
  const codes = desk.anomalies.getSnapshot().map(({ code }) => code);
  expect(codes.filter((code) => code === "read-failed")).toHaveLength(1);
  await stopIn(all);
});

test.each([429, 503])(
  "a contact-centre session that cannot be begun now (%d) is begun later",
  async (status) => {
    const all = await simulatedDesk();
    const { server, time, desk } = all;
    await stopIn(all);
    const honest = server.script;
    server.script = ({ what }, answer) =>
      what === "StartContactCenterSession" ? { status, body: "" } : answer();
    void desk.start();
    await time.advance(60_000);
    expect(desk.connection.state).not.toBe("Live");
    server.script = honest;
    await time.advance(60_000);
    expect(desk.connection.state).toBe("Live");
    expect(desk.anomalies.getSnapshot().map(({ code }) => code)).not.toContain("no-contact-center-session");
    await stopIn(all);
  },
);
