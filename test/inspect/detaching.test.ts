import { createInspector, type StatelyInspectionEvent } from "@statelyai/inspect";
import { inspectDesk } from "deskstate/inspect";
import * as xstate from "xstate";
import { beforeEach, expect, test, vi } from "vitest";
import { countVisits } from "../cost/count-visits.ts";
import { crowd } from "../cost/crowd.ts";
import { chat, email, handDesk } from "../desk/hand-desk.ts";

vi.mock("xstate", async (importOriginal) => {
  const actual = await importOriginal<typeof xstate>();
  const createActor = vi.fn(actual.createActor);
  return { ...actual, createActor };
});

const actors = vi.mocked(xstate.createActor);
beforeEach(() => void actors.mockClear());

/** An inspector of Stately's that keeps what it would send. */
function keepingInspector() {
  const sent: StatelyInspectionEvent[] = [];
  return { sent, inspector: createInspector({ send: (event) => void sent.push(event) }) };
}

/** Stately forwards the events that it received when the process is idle. */
const idle = () => new Promise((resolve) => setTimeout(resolve, 5));

test("nothing more arrives after detaching", async () => {
  const { desk, notify } = await handDesk();
  const { sent, inspector } = keepingInspector();
  const detach = inspectDesk(desk, inspector);
  notify(email("e", "Invited"));
  await idle();
  expect(sent.length).toBeGreaterThan(8);
  detach();
  sent.length = 0;
  notify(email("e", "Accepted"), chat("c", "Invited"));
  await desk.stop();
  await idle();
  expect(sent).toEqual([]);
});

test("nor after detaching by the method, twice, or while data was on its way", async () => {
  const { desk, notify } = await handDesk();
  const send = vi.fn();
  const detach = inspectDesk(desk, send, { data: ({ userData }) => userData });
  await idle();
  send.mockClear();
  notify(email("e", "Invited"));
  detach.unsubscribe();
  detach();
  await idle();
  expect(send).not.toHaveBeenCalled();
});

test("after detaching no observer of XState's is left, and no actor is made for what comes", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited"), chat("c", "Accepted"));
  const { inspector } = keepingInspector();
  const observers = countObservers();
  const detaching = [inspectDesk(desk, inspector), inspectDesk(desk, () => {})];
  notify(email("f", "Invited"));
  expect(observers()).toBe(6);
  for (const detach of detaching) detach();
  expect(observers()).toBe(0);
  actors.mockClear();
  notify(email("g", "Invited"), email("e", "Accepted"), email("e", "PropertiesChanged"));
  notify(chat("c", "LeftChat"), chat("c", "Completed"));
  expect(actors).not.toHaveBeenCalled();
});

test("with the last inspector the actors go that were made for inspectors; those that are looked at stay", async () => {
  const { desk, notify } = await handDesk();
  notify(
    email("idle", "Accepted"),
    email("ended", "Revoked"),
    email("used", "Invited"),
    email("seen", "Invited"),
  );
  const detaching = [inspectDesk(desk, () => {}), inspectDesk(desk, () => {})];
  void desk.interaction("used")!.actions.Accept!();
  void desk.interaction("seen")!.actor;
  const made = actors.mock.results.map(({ value }) => (value as xstate.AnyActor).sessionId);
  for (const detach of detaching) detach();
  const isKept = (id: string) => made.includes(desk.interaction(id)!.actor.sessionId);
  expect(["idle", "ended", "used", "seen"].filter(isKept)).toEqual(["seen"]);
  expect(desk.interaction("used")!.pending).toEqual(["Accept"]);
  expect(desk.interaction("idle")!.state).toBe("Accepted");
});

test("after detaching a message costs as much as in a desk that was never inspected", async () => {
  const [never, once] = [await crowd(50), await crowd(50)];
  const detach = inspectDesk(once.desk, () => {});
  const costs = (desk: typeof never, from: number) =>
    desk.ids.map((id, index) => {
      const message = desk.update(id, from + (index % 3));
      return countVisits(() => desk.notify(message));
    });
  const inspected = costs(once, 10);
  const uninspected = costs(never, 10);
  detach();
  // With its first message an interaction leaves the actor behind that it had for the inspector.
  for (const desk of [never, once]) costs(desk, 20);
  expect(costs(once, 30)).toEqual(costs(never, 30));
  expect(inspected[0]).toBeGreaterThan(uninspected[0]!);
});

/** Counts the observers of XState's inspection events that come to and leave all actors from now on. */
function countObservers(): () => number {
  let count = 0;
  const followed = new Set<object>();
  const follow = ({ system }: xstate.AnyActor) => {
    if (followed.has(system)) return;
    followed.add(system);
    const { inspect } = system;
    vi.spyOn(system, "inspect").mockImplementation((observer) => {
      const { unsubscribe } = inspect(observer);
      count++;
      return { unsubscribe: () => void (unsubscribe(), count--) };
    });
  };
  for (const { value } of actors.mock.results) follow(value as xstate.AnyActor);
  const make = actors.getMockImplementation()!;
  actors.mockImplementation((...given) => {
    const actor = make(...given);
    follow(actor);
    return actor;
  });
  return () => count;
}
