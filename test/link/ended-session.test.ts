import { expect, test } from "vitest";
import { email } from "./desk-at.ts";
import type { BayeuxMessage, Script } from "./scripted-server.ts";
import { simulatedDesk, stopIn, type SimulatedDesk } from "./simulated-desk.ts";

/** Answers the next connect as a Java server does, as measured, when it ends the session while it holds one. */
function endsSession({ server }: SimulatedDesk): void {
  const honest = server.script;
  server.script = (asked, answer) => {
    if (asked.what !== "/meta/connect") return honest(asked, answer);
    server.script = honest;
    server.forget();
    const [{ id }] = asked.body as [BayeuxMessage];
    const reply = { channel: asked.what, id, successful: true, advice: { reconnect: "none", interval: 0 } };
    return { body: [{ channel: "/meta/disconnect", successful: true }, reply] };
  };
  server.close();
}

const denied: Script = ({ body }) => {
  const [{ channel, id }] = body as [BayeuxMessage];
  const error = "403::handshake_denied";
  return { body: [{ channel, id, successful: false, error, advice: { reconnect: "none" } }] };
};

test("a session that the server ends is lost, and a new one catches up", async () => {
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  server.interactions = [email("untold")];
  endsSession(all);
  await time.advance(500);
  expect(desk.connection).toMatchObject({ state: "Recovering", lossReason: "session-lost" });
  await time.advance(10_000);
  expect(desk.connection.state).toBe("Live");
  expect(desk.interaction("untold")).toBeDefined();
  expect(server.count("/meta/handshake")).toBe(2);
  expect(server.count("GET /me")).toBe(1);
  expect(desk.anomalies.getSnapshot()).toMatchObject([{ code: "not-acknowledging" }]);
  await stopIn(all);
});

test("a server that ends a desk's sessions one after the other is not asked again", async () => {
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  endsSession(all);
  await time.advance(10_000);
  expect(desk.connection.state).toBe("Live");
  endsSession(all);
  await time.advance(600_000);
  expect(desk.connection).toMatchObject({ state: "Stopped", stopReason: "connection-refused" });
  expect(server.count("/meta/handshake")).toBe(2);
  expect(time.pending).toBe(0);
});

test("a server that ends a session now and then is asked for a new one each time", async () => {
  const all = await simulatedDesk();
  for (let times = 0; times < 3; times++) {
    endsSession(all);
    await all.time.advance(100_000);
    expect(all.desk.connection.state).toBe("Live");
  }
  await stopIn(all);
});

test("nothing waits for a new session after the desk was stopped", async () => {
  const all = await simulatedDesk();
  endsSession(all);
  await all.time.advance(500);
  await stopIn(all);
  expect(all.server.count("/meta/handshake")).toBe(1);
  expect(all.time.pending).toBe(0);
});

test("a handshake that is refused because the HTTP session is over renews that session", async () => {
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  const honest = server.script;
  let isOver = true;
  endsSession(all);
  await time.advance(500);
  server.script = (asked, answer) => {
    if (asked.what === "GET /me") isOver = false;
    return isOver && asked.what === "/meta/handshake" ? denied(asked, answer) : honest(asked, answer);
  };
  await time.advance(20_000);
  expect(desk.connection.state).toBe("Live");
  expect(server.count("GET /me")).toBe(2);
  await stopIn(all);
});

test("a handshake that is refused in a new HTTP session, too, is the server's last word", async () => {
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  const honest = server.script;
  endsSession(all);
  await time.advance(500);
  server.script = (asked, answer) => (asked.what === "/meta/handshake" ? denied : honest)(asked, answer);
  await time.advance(600_000);
  expect(desk.connection).toMatchObject({ state: "Stopped", stopReason: "connection-refused" });
  expect(server.count("GET /me")).toBe(2);
  expect(server.count("/meta/handshake")).toBe(3);
  expect(time.pending).toBe(0);
});
