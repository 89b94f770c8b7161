import { describe, expect, test } from "vitest";
import { until } from "../link/until.ts";
import { interopDesk, notificationsOf, emailWith, untilLive, type InteropDesk } from "./interop-desk.ts";
import { versions } from "./versions.ts";

/** The server's list, which the desk has to read because no notification carries it. */
const interactions = [emailWith("listed")];

async function untilLost({ desk }: InteropDesk): Promise<void> {
  await until("the connection is lost", () => desk.connection.state !== "Live");
}

/** After a loss: the list was read, and a notification that is sent now is received once. */
async function expectBack(all: InteropDesk): Promise<void> {
  await untilLive(all);
  expect(all.desk.invitations.getSnapshot().map(({ id }) => id)).toEqual(["elisted"]);
  await all.server.order({ notify: notificationsOf(["sent"]) });
  await until("a notification is received", () => all.received.length > 0);
  expect(all.received).toEqual(["sent"]);
}

describe.each(versions)("CometD %s", (version) => {
  test("a CometD session that the server ends is lost, and a new one catches up", async () => {
    const all = await interopDesk(version);
    const { desk, server, states, anomalyCodes } = all;
    await desk.start();
    await server.order({ end: "comet", interactions });
    await untilLost(all);
    await expectBack(all);
    expect(states.slice(2)).toEqual(["Live", "Recovering: session-lost", "CatchingUp", "Live"]);
    expect(anomalyCodes()).toEqual([]);
    expect(server.count("GET /me")).toBe(1);
  });

  test.each([
    [401, "http"],
    [403, "http"],
    [401, "both"],
    [403, "both"],
    [0, "both"],
  ] as const)("an HTTP session that ends is renewed once (status %d, ended: %s)", async (refusal, end) => {
    const all = await interopDesk(version, { refusal });
    const { desk, server, anomalyCodes } = all;
    await desk.start();
    await server.order({ end, interactions });
    await untilLost(all);
    await expectBack(all);
    expect(anomalyCodes()).toEqual(["session-renewed"]);
    expect(server.count("GET /me")).toBe(2);
    expect(server.count("StartContactCenterSession")).toBe(2);
  });

  test("an HTTP session whose end CometD does not notice is renewed by the next operation", async () => {
    const all = await interopDesk(version, { refusal: 0 });
    const { desk, server } = all;
    await desk.start();
    await server.order({
      end: "http",
      interactions,
      channels: [{ channel: "chat", userState: { state: "Ready" } }],
    });
    expect(desk.connection.state).toBe("Live");
    void desk.channel("chat").actions.NotReady?.();
    await untilLost(all);
    await expectBack(all);
    expect(server.count("GET /me")).toBe(2);
  });

  test.each(["killed", "in order"] as const)(
    "a server that stops %s and starts again has its desk back, with what it lists",
    async (how) => {
      const all = await interopDesk(version);
      const { desk, server } = all;
      await desk.start();
      await server.stop(how);
      await server.start();
      await server.order({ interactions });
      await untilLost(all);
      await expectBack(all);
    },
  );

  test("a desk that was away for longer than maxInterval makes a new session", async () => {
    const all = await interopDesk(version, { comet: { maxInterval: 300 } });
    const { desk, server, proxy } = all;
    await desk.start();
    proxy.blackhole(true);
    await until("the session has expired", () => server.count("removed") === 1);
    await server.order({ interactions });
    await untilLost(all);
    proxy.heal();
    await expectBack(all);
    expect(server.seen.find(({ saw }) => saw === "removed")).toMatchObject({ isTimeout: true });
  });
});
