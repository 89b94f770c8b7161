// What a desk makes of unexpected data; after public bug reports, see the issue about outcomes.
import { describe, expect, test } from "vitest";
import { chat, email, handDesk, joined, said, transcript, type HandDesk } from "../desk/hand-desk.ts";
import { worldDesk } from "./world-desk.ts";

async function pass({ clock, settle }: HandDesk, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1000);
    await settle();
  }
}

// Any message about an unknown interaction creates it, in the state Unknown.
test.fails("an interaction that no offer announced is looked up in the server's list", async () => {
  const hand = await handDesk();
  const { reads } = hand.list;
  hand.notify(chat("X", "PropertiesChanged", { userData: { Survey: "sent" } }));
  hand.notify(email("Y", "PropertiesChanged", { capabilities: ["StopProcessing"] }));
  await pass(hand, 20);
  expect(hand.list.reads).toBeGreaterThan(reads);
  expect(hand.desk.interactions.getSnapshot()).toEqual([]);
});

describe("a transcript shows what the server's list contains", () => {
  const before = [...joined, said(3, "c", "one"), said(4, "c", "two"), said(5, "c", "three")];

  /** Returns what the desk shows after messages that follow `events`, which the server has. */
  const shown = async (hand: HandDesk, events: object[]) => {
    const message = (state: string, more: object = {}) =>
      chat("A", state, {
        capabilities: ["Send", "LeaveChat"],
        ...transcript(events.length, ...events),
        ...more,
      });
    const changed = (more: object = {}) => {
      hand.list.interactions = [message("Accepted")];
      hand.notify(message("PropertiesChanged", more));
    };
    events.push(said(events.length + 1, "c", "Are you there?"));
    changed({ userData: { Seen: "now" } });
    await pass(hand, 2);
    const interaction = hand.desk.interaction("A")!;
    const sending = interaction.actions.Send!({ text: "Yes" });
    await hand.settle();
    events.push(said(events.length + 1, "a", "Yes"));
    await hand.asked[0]!.answer({ kind: "acknowledged" });
    changed();
    await pass(hand, 20);
    const snapshot = interaction.getSnapshot();
    const texts =
      snapshot.kind === "chat" ? snapshot.transcript.events.flatMap(({ text }) => text ?? []) : [];
    return { texts, userData: { ...snapshot.userData }, outcome: (await sending).outcome };
  };
  const live = async () => {
    const hand = await handDesk();
    const known = chat("A", "Accepted", { capabilities: ["Send"], ...transcript(5, ...before) });
    hand.list.interactions = [known];
    hand.notify(known);
    return hand;
  };

  // Smaller ids are taken for repeats.
  test.fails("when the counter of events begins again", async () => {
    const { texts, userData, outcome } = await shown(await live(), [...joined]);
    expect(texts.slice(-2)).toEqual(["Are you there?", "Yes"]);
    expect(userData).toMatchObject({ Seen: "now" });
    expect(outcome).toBe("Done");
  });

  // All that follows the large id is taken for a repeat.
  test.fails("when one event has a time for its id", async () => {
    const hand = await live();
    const events = [...before];
    const time = said(1_382_994_529_967, "c", "a time");
    hand.notify(chat("A", "PropertiesChanged", transcript(6, time)));
    const { texts, userData, outcome } = await shown(hand, events);
    expect(texts).toEqual(expect.arrayContaining(["Are you there?", "Yes"]));
    expect(userData).toMatchObject({ Seen: "now" });
    expect(outcome).toBe("Done");
    expect(hand.desk.anomalies.total()).toBeGreaterThan(0);
  });
});

describe("what is nested too deep is bounded and reported", () => {
  const nested: { inner?: object } = {};
  let innermost = nested;
  for (let depth = 0; depth < 20_000; depth++) innermost = innermost.inner = {};
  const snapshotWith = async (data: object) => {
    const { desk, notify } = await handDesk();
    notify(chat("A", "Invited", data));
    expect(desk.anomalies.total()).toBeGreaterThan(0);
    return desk.interaction("A")!.getSnapshot();
  };

  test("in user data", async () => {
    const { userData } = await snapshotWith({ userData: { Nested: nested } });
    expect(() => JSON.stringify(userData)).not.toThrow();
    expect(() => structuredClone({ ...userData })).not.toThrow();
  });

  // Unknown fields are kept as they come.
  test.fails("in a field that is not known", async () => {
    const { raw } = await snapshotWith({ nested });
    expect(() => JSON.stringify(raw)).not.toThrow();
  });
});

// A number is no text for the dialect.
test.fails("a reason that the server sends as a number is text", async () => {
  const hand = await handDesk();
  const userState = { state: "NotReady", reasonCode: 1501 };
  hand.deliver({ channel: "/v2/me/channels", data: { channels: [{ channel: "chat", userState }] } });
  expect(hand.desk.channel("chat")).toMatchObject({ state: "NotReady", reason: "1501" });
  expect(hand.desk.anomalies.total()).toBe(0);
});

// Every name is set, so that `fetch` refuses each later request.
test.fails.each(["transfer-encoding", "content-length", "expect"])(
  "a CSRF header with the name %s is not sent",
  async (name) => {
    let sent = 0;
    const { desk, time, settled } = await worldDesk({
      through: async ({ headers }, forward) => {
        if (headers.has(name)) sent++;
        const response = await forward();
        if (response.headers.has("x-csrf-header")) response.headers.set("x-csrf-header", name);
        return response;
      },
      beforeStart: (own) => (own.checksCsrf = false),
    });
    await settled(desk.channel("chat").actions.Ready!());
    await time.advance(1000);
    expect(sent).toBe(0);
    expect(desk.anomalies.total()).toBeGreaterThan(0);
  },
);
