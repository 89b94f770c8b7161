import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { createCookies } from "../../src/links/gws/cookies.node.ts";
import { deskAt } from "../link/desk-at.ts";
import { until } from "../link/until.ts";
import { credentials, interopDesk, notificationsOf, untilReceived } from "./interop-desk.ts";
import { versions } from "./versions.ts";
import { wait } from "./wait.ts";

/** A fetch with the cookies of one browser, for all desks that use it. */
function browser(): typeof fetch {
  const jar = createCookies(systemClock);
  return async (input, init) => {
    const address = String(input);
    const headers = new Headers(init?.headers);
    headers.set("Cookie", jar.header(address) ?? "");
    const response = await fetch(input, { ...init, headers });
    jar.keep(address, response);
    return response;
  };
}

const toLive = ["Connecting", "CatchingUp", "Live"];

describe.each(versions)("CometD %s", (version) => {
  test("two desks of one browser get the advice to poll in turns, and both receive every notification", async () => {
    const shared = { fetch: browser() };
    const all = await interopDesk(version, { comet: { multiSessionInterval: 300 } }, shared);
    const other = deskAt(all.url, { credentials, ...shared });
    await all.desk.start();
    await other.desk.start();
    const remarks = ["one", "two", "three"];
    for (const remark of remarks) {
      await all.server.order({ notify: notificationsOf([remark]) });
      await wait(400);
    }
    await untilReceived(all, remarks);
    expect(all.received).toEqual(remarks);
    await until("the other desk has them", () => other.desk.invitations.getSnapshot().length === 3);
    expect([...all.states, ...other.states]).toEqual([...toLive, ...toLive]);
    await other.desk.stop();
    await wait(600);
    const before = all.server.count("/meta/connect");
    await wait(1500);
    // Alone again, it is held as long as ever.
    expect(all.server.count("/meta/connect") - before).toBeLessThan(6);
  });

  test("a second desk of one browser that the server forbids is stopped, and the first one is not", async () => {
    const shared = { fetch: browser() };
    const all = await interopDesk(version, { comet: { multiSessionInterval: 0 } }, shared);
    const other = deskAt(all.url, { credentials, ...shared });
    await all.desk.start();
    void other.desk.start().catch(() => {});
    await until("it is stopped", () => other.desk.connection.state === "Stopped");
    expect(other.desk.connection.stopReason).toBe("connection-refused");
    await all.server.order({ notify: notificationsOf(["one"]) });
    await untilReceived(all, ["one"]);
  });

  test("the time for which connects are held, and the pause between them, are the server's to change", async () => {
    const all = await interopDesk(version, {}, { clock: systemClock, requestTimeout: 2000 });
    const { desk, server } = all;
    await desk.start();
    const connects = () => server.count("/meta/connect");
    await server.order({ advise: { timeout: 100, interval: 0 } });
    const before = connects();
    await until("connects are short", () => connects() > before + 5);
    await server.order({ advise: { timeout: 0, interval: 1000 } });
    await wait(300);
    const slow = connects();
    await wait(2500);
    // Without the pause it would be hundreds.
    expect(connects() - slow).toBeLessThan(6);
    await server.order({ notify: notificationsOf(["after a pause"]) });
    await untilReceived(all, ["after a pause"]);
    expect(desk.connection.state).toBe("Live");
  });
});
