import { describe, expect, test } from "vitest";
import { until } from "../link/until.ts";
import { interopDesk, notificationsOf, emailWith, untilReceived, untilLive } from "./interop-desk.ts";
import { versions } from "./versions.ts";

const notesOf = (count: number) => Array.from({ length: count }, (_, index) => `${index} äß漢😀\u2028`);

describe.each(versions)("CometD %s", (version) => {
  test("notifications arrive once, in their order, as they were written", async () => {
    const all = await interopDesk(version);
    await all.desk.start();
    const remarks = notesOf(30);
    for (const remark of remarks) await all.server.order({ notify: notificationsOf([remark]) });
    await untilReceived(all, remarks);
    expect(all.received).toEqual(remarks);
  });

  test("five hundred notifications in one answer arrive", async () => {
    const all = await interopDesk(version);
    await all.desk.start();
    const remarks = notesOf(500);
    await all.server.order({ notify: notificationsOf(remarks) });
    await untilReceived(all, remarks);
    expect(all.received).toEqual(remarks);
    expect(all.desk.invitations.getSnapshot()).toHaveLength(500);
    expect(all.states).toEqual(["Connecting", "CatchingUp", "Live"]);
  });

  test("a message that is sent while no connect is held arrives with the next one", async () => {
    const all = await interopDesk(version);
    await all.desk.start();
    all.proxy.refuse(true);
    all.proxy.resetAll();
    const remarks = notesOf(5);
    await all.server.order({ notify: notificationsOf(remarks), interactions: remarks.map(emailWith) });
    all.proxy.heal();
    await untilReceived(all, remarks);
    await untilLive(all);
    expect(all.received).toEqual(remarks);
    expect(all.server.count("/meta/handshake")).toBe(1);
  });

  test("a lazy topic's messages arrive with the answer that comes anyway", async () => {
    const all = await interopDesk(version);
    await all.desk.start();
    const remarks = notesOf(3);
    await all.server.order({ lazy: "/v2/me/interactions", notify: notificationsOf(remarks) });
    await untilReceived(all, remarks);
    expect(all.received).toEqual(remarks);
  });

  test.each([3, 400, 9000])(
    "an answer that is cut after %d bytes is neither lost nor doubled",
    async (bytes) => {
      const all = await interopDesk(version);
      await all.desk.start();
      const remarks = notesOf(100);
      all.proxy.cutAfter(bytes);
      await all.server.order({ notify: notificationsOf(remarks), interactions: remarks.map(emailWith) });
      await until("it was cut", () => all.states.includes("Recovering: network"));
      await untilReceived(all, remarks);
      await untilLive(all);
      expect(all.received).toEqual(remarks);
      expect(all.server.count("/meta/handshake")).toBe(1);
    },
  );

  test("without acks, what a cut answer held is read from the server's list", async () => {
    const all = await interopDesk(version, { ack: false });
    await all.desk.start();
    const remarks = notesOf(100);
    all.proxy.cutAfter(400);
    await all.server.order({ notify: notificationsOf(remarks), interactions: remarks.map(emailWith) });
    await until("it was cut", () => all.states.includes("Recovering: network"));
    await untilLive(all);
    expect(all.received).toEqual([]);
    expect(all.desk.invitations.getSnapshot()).toHaveLength(100);
  });
});
