import { expect, test } from "vitest";
import { email } from "./desk-at.ts";
import type { Answer, Script } from "./scripted-server.ts";
import { simulatedDesk, stopIn } from "./simulated-desk.ts";

/** Answers every request for CometD in this way. */
function onNotifications(answer: (id: unknown, channel: unknown) => Answer | undefined): Script {
  return ({ path, body }, honest) => {
    if (!path.startsWith("/notifications")) return honest();
    const [{ id, channel }] = body as [{ id: unknown; channel: unknown }];
    return answer(id, channel);
  };
}

const down = onNotifications(() => {
  throw new Error("refused");
});
const html = "<html><title>Please log in</title></html>";
const unknown = onNotifications((id, channel) => ({
  body: [{ id, channel, successful: false, error: "402::unknown", advice: { reconnect: "handshake" } }],
}));

test.each<[string, string, Script]>([
  ["network", "no server answers at the address", down],
  ["timeout", "an answer does not come in its time", onNotifications(() => undefined)],
  ["server-error", "the server fails", onNotifications(() => ({ status: 500, body: "" }))],
  ["server-error", "the server is busy", onNotifications(() => ({ status: 429, body: "" }))],
  ["unexpected-content", "a login page answers", onNotifications(() => ({ body: html }))],
  ["unexpected-content", "nothing is in the answer", onNotifications(() => ({ status: 204 }))],
  ["unexpected-content", "there is no such address", onNotifications(() => ({ status: 404, body: html }))],
  ["session-lost", "the server has forgotten the client", unknown],
])(
  "a connection is lost by %s when %s, and is back with the truth when that is over",
  async (why, _when, script) => {
    const all = await simulatedDesk();
    const { desk, server, time } = all;
    const honest = server.script;
    const reasons = new Set<string | null>();
    desk.connection.subscribe((connection) => {
      if (connection.state === "Recovering") reasons.add(connection.lossReason);
    });
    server.script = script;
    await time.advance(120_000);
    expect([...reasons]).toEqual([why]);
    expect(desk.connection.failures).toBeGreaterThan(0);
    server.interactions = [email("untold")];
    server.script = honest;
    await time.advance(60_000);
    expect(desk.connection).toMatchObject({ state: "Live", lossReason: null, failures: 0 });
    expect(desk.interaction("untold")).toBeDefined();
    await stopIn(all);
  },
);

test("what is not JSON is reported once, not for each try", async () => {
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  server.script = onNotifications(() => ({ body: html }));
  await time.advance(600_000);
  const codes = desk.anomalies.getSnapshot().map(({ code }) => code);
  expect(codes.filter((code) => code === "unexpected-content")).toHaveLength(1);
  await stopIn(all);
});

test("a server that forgets the client without advising anything is asked for a new session", async () => {
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  const honest = server.script;
  let handshakes = 0;
  server.script = async (asked, answer) => {
    if (asked.what === "/meta/handshake") handshakes++;
    if (asked.what !== "/meta/connect" || handshakes > 0) return honest(asked, answer);
    const [{ id }] = asked.body as [{ id: unknown }];
    return { body: [{ id, channel: asked.what, successful: false, error: "402::unknown" }] };
  };
  await time.advance(60_000);
  expect(handshakes).toBe(1);
  expect(desk.connection.state).toBe("Live");
  await stopIn(all);
});

test.each<[string, string]>([
  ["the sign-in", "GET /me"],
  ["the handshake", "/meta/handshake"],
  ["a connect", "/meta/connect"],
  ["a subscribe", "/meta/subscribe"],
  ["the beginning of the contact-centre session", "StartContactCenterSession"],
  ["the list of interactions", "GET /me/interactions"],
  ["the list of channels", "GET /me/channels"],
])(
  "a server that asks by Retry-After to be left alone is not asked again before, at %s",
  async (_at, what) => {
    const all = await simulatedDesk();
    const { desk, server, time } = all;
    await desk.stop();
    const honest = server.script;
    let from = 0;
    server.script = (asked, answer) => {
      if (asked.what !== what || from > 0) return honest(asked, answer);
      from = time.now();
      return { status: 503, headers: { "Retry-After": "120" }, body: "" };
    };
    void desk.start();
    await time.advance(119_000);
    expect(from).toBeGreaterThan(0);
    expect(server.asked.filter((asked) => asked.what === what && asked.at > from)).toEqual([]);
    await time.advance(61_000);
    expect(desk.connection.state).toBe("Live");
    await desk.stop();
    expect(time.pending).toBe(0);
  },
);
