import { describe, expect, test } from "vitest";
import { until } from "../link/until.ts";
import { interopDesk, newsOf, noted, untilHeard, untilLive } from "./interop-desk.ts";
import { versions } from "./versions.ts";

const notesOf = (count: number) => Array.from({ length: count }, (_, index) => `${index} äß漢😀\u2028`);

describe.each(versions)("CometD %s", (version) => {
  test("notifications arrive once, in their order, as they were written", async () => {
    const all = await interopDesk(version);
    await all.desk.start();
    const notes = notesOf(30);
    for (const note of notes) await all.server.order({ notify: newsOf([note]) });
    await untilHeard(all, notes);
    expect(all.heard).toEqual(notes);
  });

  test("five hundred notifications in one answer arrive", async () => {
    const all = await interopDesk(version);
    await all.desk.start();
    const notes = notesOf(500);
    await all.server.order({ notify: newsOf(notes) });
    await untilHeard(all, notes);
    expect(all.heard).toEqual(notes);
    expect(all.desk.invitations.getSnapshot()).toHaveLength(500);
    expect(all.states).toEqual(["Connecting", "CatchingUp", "Live"]);
  });

  test("what is said while no connect is held arrives with the next one", async () => {
    const all = await interopDesk(version);
    await all.desk.start();
    all.proxy.refuse(true);
    all.proxy.resetAll();
    const notes = notesOf(5);
    await all.server.order({ notify: newsOf(notes), interactions: notes.map(noted) });
    all.proxy.heal();
    await untilHeard(all, notes);
    await untilLive(all);
    expect(all.heard).toEqual(notes);
    expect(all.server.count("/meta/handshake")).toBe(1);
  });

  test("a lazy topic's messages arrive with the answer that comes anyway", async () => {
    const all = await interopDesk(version);
    await all.desk.start();
    const notes = notesOf(3);
    await all.server.order({ lazy: "/v2/me/interactions", notify: newsOf(notes) });
    await untilHeard(all, notes);
    expect(all.heard).toEqual(notes);
  });

  test.each([3, 400, 9000])(
    "an answer that is cut after %d bytes is neither lost nor doubled",
    async (bytes) => {
      const all = await interopDesk(version);
      await all.desk.start();
      const notes = notesOf(100);
      all.proxy.cutAfter(bytes);
      await all.server.order({ notify: newsOf(notes), interactions: notes.map(noted) });
      await until("it was cut", () => all.states.includes("Recovering: network"));
      await untilHeard(all, notes);
      await untilLive(all);
      expect(all.heard).toEqual(notes);
      expect(all.server.count("/meta/handshake")).toBe(1);
    },
  );

  test("without acks, what a cut answer held is read from the server's list", async () => {
    const all = await interopDesk(version, { ack: false });
    await all.desk.start();
    const notes = notesOf(100);
    all.proxy.cutAfter(400);
    await all.server.order({ notify: newsOf(notes), interactions: notes.map(noted) });
    await until("it was cut", () => all.states.includes("Recovering: network"));
    await untilLive(all);
    expect(all.heard).toEqual([]);
    expect(all.desk.invitations.getSnapshot()).toHaveLength(100);
  });
});
