import { inspectDesk, maskText, includeCustomerData, type InspectOptions } from "deskstate/inspect";
import type { AnyMachineSnapshot, InspectionEvent } from "xstate";
import { expect, test, vi } from "vitest";
import { recordedDesk } from "../dialect/recorded-desk.ts";
import { until } from "../link/until.ts";
import { recordedBatch } from "../recorded/read.ts";
import { chat, email, handDesk, joined, said, transcript } from "../desk/hand-desk.ts";
import { connectedInspector, inspectorServer } from "./inspector-server.ts";
import { textOf } from "./text-of.ts";

/** A desk, and the snapshots that an inspector receives with these options, by the ids of actors. */
async function inspected(options: InspectOptions) {
  const made = await handDesk();
  const events: InspectionEvent[] = [];
  inspectDesk(made.desk, (event) => events.push(event), options);
  const snapshots = (id: string) =>
    events.flatMap((event) => {
      const actor = event.actorRef as unknown as { id: string };
      return event.type === "@xstate.snapshot" && actor.id === id
        ? [event.snapshot as AnyMachineSnapshot]
        : [];
    });
  const data = (id: string) => snapshots(id).map(({ context }) => (context as { data?: unknown }).data);
  return { ...made, events, snapshots, data };
}

const greeting = {
  userData: { Subject: "A puncture" },
  ...transcript(3, ...joined, said(3, "c", "Hello Ana")),
};

test("a redactor's choice is in the context of the interaction's snapshots, and nothing beyond it", async () => {
  const { notify, settle, events, data, snapshots } = await inspected({
    data: ({ userData }) => ({ subject: userData["Subject"] }),
  });
  notify(chat("c", "Accepted", greeting));
  await settle();
  expect(data("c").at(-1)).toEqual({ subject: "A puncture" });
  expect(snapshots("c").at(-1)).toMatchObject({ value: "Accepted", context: { outcome: null } });
  expect(textOf(events)).not.toContain("Hello Ana");
  expect(data("connection").concat(data("chat"))).toEqual([undefined, undefined]);
});

test("what is shown fits the state: a redactor sees the interaction as it is after the message", async () => {
  const seen: unknown[] = [];
  const { desk, notify, settle, data } = await inspected({
    data: (snapshot) => {
      seen.push([snapshot.state, snapshot.userData["Subject"]]);
      return snapshot.userData["Subject"];
    },
  });
  for (const [state, Subject] of [
    ["Invited", "1"],
    ["Accepted", "2"],
    ["PropertiesChanged", "3"],
    ["Completed", "4"],
  ] as const) {
    notify(email("e", state, { userData: { Subject } }));
    void desk.interaction("e")!.getSnapshot();
    await settle();
  }
  expect(seen.slice(-3)).toEqual([
    ["Accepted", "2"],
    ["Accepted", "3"],
    ["Completed", "4"],
  ]);
  expect(data("e").slice(-3)).toEqual(["2", "3", "4"]);
});

test("a late inspector receives the data of live interactions and of those that have ended", async () => {
  const { desk, notify, settle } = await handDesk();
  notify(chat("c", "Accepted", greeting), email("e", "Invited"), email("e", "Revoked"));
  const shown: unknown[] = [];
  const show = (event: InspectionEvent) => {
    if (event.type !== "@xstate.snapshot") return;
    const { data } = (event.snapshot as AnyMachineSnapshot).context as { data?: unknown };
    if (data !== undefined) shown.push(data);
  };
  inspectDesk(desk, show, { data: ({ userData }) => userData["Subject"] });
  await settle();
  expect(shown).toEqual(["A puncture", "Help"]);
});

test("the charts themselves and other inspectors have none of the data", async () => {
  const { desk, notify, settle } = await inspected({ data: includeCustomerData });
  const other: InspectionEvent[] = [];
  inspectDesk(desk, (event) => other.push(event));
  notify(chat("c", "Accepted", greeting));
  await settle();
  expect(textOf(other)).toContain("Accepted");
  expect(textOf(other)).not.toContain("puncture");
  expect(desk.interaction("c")!.actor.getSnapshot().context).not.toHaveProperty("data");
});

test("a redactor that throws shows nothing, is reported, and changes nothing for the desk", async () => {
  const { desk, notify, settle, events, data, snapshots } = await inspected({
    data: ({ userData }) => {
      throw new Error(JSON.stringify(userData));
    },
  });
  notify(chat("c", "Accepted", greeting));
  await settle();
  expect(desk.interaction("c")!.state).toBe("Accepted");
  expect(snapshots("c").map(({ value }) => value)).toEqual(["Unknown", "Accepted"]);
  expect(data("c")).toEqual([undefined, undefined]);
  expect(desk.anomalies.getSnapshot()).toMatchObject([
    { code: "listener-failed" },
    { code: "listener-failed" },
  ]);
  expect(textOf([events, desk.anomalies.getSnapshot()])).not.toContain("puncture");
});

test("what no inspector could be sent is not shown, and is reported like a throw", async () => {
  const circle: Record<string, unknown> = {};
  circle["itself"] = circle;
  const failing = [
    () => circle,
    () => 10n,
    () => ({
      toJSON: () => {
        throw new Error("no");
      },
    }),
    () => Promise.resolve("later"),
    () => Promise.reject(new Error("later")),
  ];
  for (const data of failing) {
    const made = await inspected({ data });
    made.notify(chat("c", "Accepted", greeting));
    await made.settle();
    expect(made.data("c")).toEqual([undefined, undefined]);
    expect(made.desk.anomalies.getSnapshot().map(({ code }) => code)).toContain("listener-failed");
  }
  for (const data of [() => undefined, () => () => "later"]) {
    const made = await inspected({ data });
    made.notify(chat("c", "Accepted", greeting));
    await made.settle();
    expect(made.snapshots("c").at(-1)!.context).not.toHaveProperty("data");
    expect(made.desk.anomalies.getSnapshot()).toEqual([]);
  }
});

test("what was shown does not change afterwards, and nothing in it can be called", async () => {
  const held = { count: 1 };
  const { notify, settle, data } = await inspected({ data: (snapshot) => ({ held, snapshot }) });
  notify(email("e", "Invited"));
  await settle();
  held.count = 2;
  expect(data("e").at(-1)).toMatchObject({ held: { count: 1 }, snapshot: { id: "e", actions: {} } });
  expect(data("e").at(-1)).not.toHaveProperty("snapshot.actions.Accept");
});

test("includeCustomerData shows what is known beyond the chart", async () => {
  const { notify, settle, data } = await inspected({ data: includeCustomerData });
  notify(chat("c", "Accepted", { ...greeting, inQueues: { next: "" }, threadId: "t", unheard: [1] }));
  notify(email("e", "Accepted", { content: { text: "Dear Ana", subject: "A puncture" } }));
  await settle();
  expect(data("c").at(-1)).toMatchObject({
    userData: { Subject: "A puncture" },
    transcript: { latestEventId: 3, gaps: [], events: [{ nickName: "Mia" }, {}, { text: "Hello Ana" }] },
    inQueues: { next: "" },
    threadId: "t",
    raw: { unheard: [1] },
  });
  expect(data("e").at(-1)).toMatchObject({ email: { text: "Dear Ana", subject: "A puncture" } });
});

test("maskText shows which fields there are and how long their texts, and none of the texts", async () => {
  const { notify, settle, data, events } = await inspected({ data: maskText });
  const userData = {
    Subject: "A flat tyre",
    Phone: 555_0123,
    Vip: true,
    Nothing: null,
    ["__proto__"]: "polluted",
  };
  notify(
    chat("c", "Accepted", {
      ...greeting,
      userData: JSON.parse(JSON.stringify(userData)),
      unheard: { of: ["x"] },
    }),
  );
  await settle();
  expect(data("c").at(-1)).toMatchObject({
    userData: { Subject: "• •••• ••••", Phone: 0, Vip: false, Nothing: null },
    transcript: {
      latestEventId: 3,
      gaps: [],
      events: [{ id: 1, nickName: "•••" }, { id: 2 }, { id: 3, text: "••••• •••" }],
    },
    raw: { unheard: { of: ["•"] } },
  });
  expect(Object.keys((data("c").at(-1) as { userData: object }).userData)).toContain("__proto__");
  const seen = textOf(events);
  for (const word of ["tyre", "5550123", "Hello", "Mia"]) expect(seen).not.toContain(word);
});

test("masked, no text and no number of the recorded messages is left but the ids of events", () => {
  for (const name of ["chat-accepted", "email-accepted"] as const) {
    const { desk, link } = recordedDesk();
    link.deliver(recordedBatch(name));
    const [interaction] = desk.interactions.getSnapshot();
    const { transcript: events, ...rest } = maskText(interaction!.getSnapshot()) as { transcript?: unknown };
    const values: unknown[] = [];
    JSON.stringify(rest, (_key, value: unknown) => (typeof value === "object" ? value : values.push(value)));
    expect(values.length).toBeGreaterThan(30);
    expect(values.filter((value) => typeof value === "string" && /[^•\s]/.test(value))).toEqual([]);
    expect(values.filter((value) => value === true || (typeof value === "number" && value !== 0))).toEqual(
      [],
    );
    expect(JSON.stringify(events ?? "")).not.toMatch(/Client|Agent|TestName|0091526/);
  }
});

test("shown data arrives at Stately's inspector, in the order in which it was sent", async () => {
  const server = await inspectorServer();
  const inspector = await connectedInspector(server);
  const { desk, notify } = await handDesk();
  inspectDesk(desk, inspector, { data: ({ userData }) => userData });
  notify(email("e", "Invited", { userData: { Subject: "A puncture" } }));
  await until("the email arrived", () => JSON.stringify(server.received).includes('"A puncture"'));
  expect(server.received.slice(-5).map(({ type }) => type)).toEqual([
    ...["@xstate.actor", "@xstate.event", "@xstate.snapshot", "@xstate.event", "@xstate.snapshot"],
  ]);
  expect(server.received.at(-1)).toMatchObject({
    snapshot: { context: { data: { Subject: "A puncture" } } },
  });
});

test("only the chosen actors are sent, and no redactor is called for others", async () => {
  const data = vi.fn(() => "shown");
  const {
    notify,
    settle,
    events,
    data: shown,
  } = await inspected({ only: ({ chart, id }) => chart === "connection" || id === "c", data });
  notify(email("e", "Invited"), chat("c", "Invited"));
  await settle();
  expect(new Set(events.map(({ actorRef }) => (actorRef as unknown as { id: string }).id))).toEqual(
    new Set(["connection", "c"]),
  );
  expect(shown("c").at(-1)).toBe("shown");
  expect(data).toHaveBeenCalledTimes(2);
});

test("a choice of actors that throws sends nothing and is reported", async () => {
  const { desk, events } = await inspected({
    only: () => {
      throw new Error("no");
    },
  });
  expect(events).toEqual([]);
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).toContain("listener-failed");
});
