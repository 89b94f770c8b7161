import type { AnyActor, InspectionEvent } from "xstate";
import { expect, test, vi } from "vitest";
import { createDesk } from "deskstate";
import { chat, email, handDesk, transcript } from "./hand-desk.ts";

/** Remembers what an inspector is inspected: of whom, what, and the state it leads to. */
function inspector() {
  const inspected: string[] = [];
  const inspect = (event: InspectionEvent) => {
    const { id } = event.actorRef as unknown as { id: string };
    if (event.type === "@xstate.actor") inspected.push(`${id} is there`);
    if (event.type === "@xstate.event") inspected.push(`${id} receives ${event.event.type}`);
    if (event.type === "@xstate.snapshot") {
      const { value } = event.snapshot as unknown as { value: unknown };
      inspected.push(`${id} is ${typeof value === "string" ? value : JSON.stringify(value)}`);
    }
  };
  return { inspected, inspect };
}

test("an inspector from the beginning sees each actor come, what it receives and where that leads", async () => {
  const { inspected, inspect } = inspector();
  const { notify } = await handDesk({ inspect });
  inspected.length = 0;
  notify(email("e", "Invited"));
  expect(inspected).toEqual([
    "e is there",
    "e receives xstate.init",
    "e is Unknown",
    "e receives Invited",
    "e is Invited",
  ]);
});

test("an observer object, such as the inspector of @statelyai/inspect, is taken like a function", async () => {
  const { inspected, inspect } = inspector();
  await handDesk({ inspect: { next: inspect } });
  expect(inspected).toContain("connection is Live");
});

test("an inspector that attaches later receives the live actors with their states, and then each event", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"), email("e", "Accepted"), chat("c", "Invited"), email("gone", "Revoked"));
  const { inspected, inspect } = inspector();
  desk.inspect(inspect);
  expect(inspected).toContain("connection is Live");
  expect(inspected).toEqual(
    expect.arrayContaining(["email is there", "e is there", "e is Accepted", "c is Invited"]),
  );
  expect(inspected).toContain('gone is {"Ended":"Revoked"}');
  inspected.length = 0;
  notify(email("e", "PropertiesChanged"), chat("c", "Revoked"));
  expect(inspected).toEqual([
    "e receives PropertiesChanged",
    "e is Accepted",
    "c receives Revoked",
    'c is {"Ended":"Revoked"}',
  ]);
});

test("an inspector may look at an actor in every way that tools do, but cannot send to it", async () => {
  const actors = new Set<object>();
  const look = (event: InspectionEvent) => void actors.add(event.actorRef);
  const { desk, notify } = await handDesk({ inspect: look });
  notify(email("e", "Invited"));
  const states: unknown[] = [];
  for (const actor of actors as Set<AnyActor>) {
    expect(actor).toMatchObject({ sessionId: expect.stringMatching(/^x:/), logic: { config: {} } });
    expect(actor.getSnapshot()).toMatchObject({ status: "active" });
    for (const way of ["send", "start", "stop", "system", "_send", "_parent"])
      expect(actor).not.toHaveProperty(way);
    if (actor.id === "e") actor.subscribe(({ value }: { value: unknown }) => states.push(value));
  }
  expect(actors.size).toBe(4);
  notify(email("e", "Accepted"));
  expect(states).toEqual(["Accepted"]);
  const before = actors.size;
  desk.inspect(look);
  notify(email("e", "Completed"));
  expect(actors.size).toBe(before);
});

test("a second inspector is inspected of those who live; the first is not inspected again", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"));
  const first = inspector();
  desk.inspect(first.inspect);
  const before = first.inspected.length;
  const second = inspector();
  desk.inspect(second.inspect);
  expect(second.inspected).toContain("e is Invited");
  expect(first.inspected).toHaveLength(before);
  notify(email("e", "Accepted"));
  expect(first.inspected.at(-1)).toBe("e is Accepted");
  expect(second.inspected.at(-1)).toBe("e is Accepted");
});

test("an inspector that has left receives nothing more, and the others go on", async () => {
  const { desk, notify } = await handDesk();
  const [leaving, staying] = [inspector(), inspector()];
  const leave = desk.inspect(leaving.inspect);
  desk.inspect(staying.inspect);
  leave();
  leaving.inspected.length = 0;
  notify(email("e", "Invited"));
  expect(leaving.inspected).toEqual([]);
  expect(staying.inspected).toContain("e is Invited");
});

test("when the last inspector has left, the charts live on as if there had been none", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Invited"), email("f", "Invited"));
  const { inspected, inspect } = inspector();
  const leave = desk.inspect(inspect);
  const done = desk.interaction("f")!.actions["Accept"]!();
  leave();
  inspected.length = 0;
  notify(email("e", "Accepted"), email("f", "Accepted"), email("g", "Invited"));
  await asked[0]!.answer({ kind: "acknowledged" });
  expect(await done).toMatchObject({ outcome: "Done" });
  expect(inspected).toEqual([]);
  for (const [id, state] of [
    ["e", "Accepted"],
    ["f", "Accepted"],
    ["g", "Invited"],
  ] as const) {
    expect(desk.interaction(id)!.state).toBe(state);
    expect(desk.interaction(id)!.actor.getSnapshot().value).toBe(state);
  }
  const again = inspector();
  desk.inspect(again.inspect);
  expect(again.inspected).toEqual(expect.arrayContaining(["e is Accepted", "g is Invited"]));
});

test("an inspector that throws is reported and stops nothing", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"));
  const other = vi.fn();
  desk.inspect(() => {
    throw new Error("the window was closed");
  });
  desk.inspect(other);
  notify(email("e", "Accepted"));
  expect(desk.interaction("e")!.state).toBe("Accepted");
  expect(other).toHaveBeenCalled();
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).toContain("listener-failed");
});

test("nothing that a customer wrote or is reaches an inspector, early or late", async () => {
  const marker = "marked-customer-data";
  const events: InspectionEvent[] = [];
  const { desk, notify } = await handDesk({ inspect: (event) => events.push(event) });
  const data = {
    userData: { Subject: marker, [marker]: "x" },
    ...transcript(1, { id: 1, messageType: "MESSAGE", userId: "c", userType: "Client", text: marker }),
  };
  notify(chat("c", "Accepted", data), email("e", "Accepted", { email: { body: marker, subject: marker } }));
  void desk.interaction("c")!.editUserData((draft) => {
    draft["Subject"] = `${marker} again`;
  });
  desk.inspect((event) => events.push(event));
  const seen = events.map((event) => {
    const { actorRef, ...rest } = event as InspectionEvent & { snapshot?: unknown };
    const actor = actorRef as unknown as { id: string; getSnapshot: () => unknown };
    return [actor.id, rest, actor.getSnapshot()];
  });
  expect(seen.length).toBeGreaterThan(10);
  expect(JSON.stringify(seen)).not.toContain(marker);
});

test("an inspector that is none is refused", () => {
  const { link } = { link: { connect: () => {} } };
  expect(() => createDesk({ link: link as never, inspect: "window" as never })).toThrow(
    expect.objectContaining({ code: "invalid-options" }),
  );
});

test("an inspector that leaves in the middle of what it is inspected leaves no mark either", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"));
  const leave = desk.inspect((event) => {
    if (event.type === "@xstate.event" && event.event.type === "Accepted") leave();
  });
  notify(email("e", "Accepted"));
  expect(desk.interaction("e")!.state).toBe("Accepted");
  notify(email("e", "Completed"));
  expect(desk.interaction("e")!.state).toBe("Completed");
  expect(desk.interaction("e")!.outcome).toBe("Completed");
});

test("an inspector that leaves and looks at the chart in the middle of a fact sees the one that there is", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"));
  const seen: unknown[] = [];
  const leave = desk.inspect((event) => {
    if (event.type !== "@xstate.event" || event.event.type !== "Accepted") return;
    leave();
    desk.interaction("e")!.actor.subscribe(({ value }) => seen.push(value));
  });
  notify(email("e", "Accepted"));
  notify(email("e", "PropertiesChanged", { capabilities: ["Reply"] }));
  expect(desk.interaction("e")).toMatchObject({ state: "Accepted", capabilities: ["Reply"] });
  expect(new Set(seen)).toEqual(new Set(["Accepted"]));
});

test("what an observer of a chart throws is reported, and stops nothing", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"));
  desk.interaction("e")!.actor.subscribe(() => {
    throw new Error("of the observer");
  });
  notify(email("e", "Accepted"));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(desk.interaction("e")!.state).toBe("Accepted");
  expect(desk.anomalies.getSnapshot()).toMatchObject([{ code: "listener-failed" }]);
});

test("an inspector that stops the desk when it is inspected of a chart that does not run yet has stopped it", async () => {
  const { desk } = await handDesk();
  desk.inspect((event) => {
    if (event.type === "@xstate.actor") void desk.stop();
  });
  expect(desk.connection.state).toBe("Stopped");
  expect(desk.connection.actor.getSnapshot().value).toBe("Stopped");
});
