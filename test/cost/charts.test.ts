import * as xstate from "xstate";
import { beforeEach, expect, test, vi } from "vitest";
import { channelMachine, connectionMachine } from "../../machines/index.ts";
import { chat } from "../desk/hand-desk.ts";
import { beginning, crowd } from "./crowd.ts";

vi.mock("xstate", async (importOriginal) => {
  const actual = await importOriginal<typeof xstate>();
  return { ...actual, createActor: vi.fn(actual.createActor), transition: vi.fn(actual.transition) };
});

const actors = vi.mocked(xstate.createActor);
const steps = vi.mocked(xstate.transition);

beforeEach(async () => {
  // What is worked out once is there from here on.
  const { notify } = await crowd(1);
  notify(chat("chat0", "Completed"));
  actors.mockClear();
  steps.mockClear();
});

/** The actors that were made. */
function actorsMade(): string[] {
  return actors.mock.calls.flatMap(([, options]) => (options?.id === undefined ? [] : [options.id]));
}

/** The steps of interactions that were worked out; those of the connection and of channels are not counted. */
function stepsMade(): number {
  return steps.mock.calls.filter(([machine]) => machine !== channelMachine && machine !== connectionMachine)
    .length;
}

test("interactions without an inspector have no actor, and their charts are worked out once for all", async () => {
  const desk = await crowd(1000);
  for (const id of desk.ids) desk.notify(desk.update(id, 4), chat(id, "Completed"));
  expect(desk.desk.ended.getSnapshot().at(-1)?.state).toBe("Completed");
  expect([actorsMade(), stepsMade()]).toEqual([[], 0]);
});

test("looking at an actor makes one, which goes on from there with what comes", async () => {
  const desk = await crowd(2);
  const { actor } = desk.chat("chat1");
  const seen: unknown[] = [];
  actor.subscribe(({ value }) => seen.push(value));
  expect(actor.getSnapshot().value).toBe("Accepted");
  desk.notify(chat("chat1", "LeftChat"), chat("chat1", "Completed"));
  expect(seen).toEqual(["Left", { Ended: "Completed" }]);
  expect(desk.chat("chat1").actor.sessionId).toBe(actor.sessionId);
  expect(actorsMade()).toEqual(["chat1"]);
});

test("an operation makes no actor, and the steps of its interaction are not kept for others from then on", async () => {
  const desk = await crowd(2);
  void desk.chat("chat0").actions.Send?.({ text: "Hello" });
  const kept = vi.spyOn(Map.prototype, "set");
  for (let number = 0; number < 100; number++) {
    desk.notify(chat("chat0", "PropertiesChanged", { capabilities: [`Capability ${number}`] }));
  }
  const isAState = (value: unknown) => typeof value === "object" && value !== null && "status" in value;
  const states = kept.mock.calls.filter((call) => call.some(isAState));
  kept.mockRestore();
  expect([actorsMade(), states]).toEqual([[], []]);
  expect([desk.chat("chat0").pending, desk.chat("chat1").pending]).toEqual([["Send"], []]);
  expect(desk.chat("chat0").actor.getSnapshot().context.pending).toMatchObject([{ operation: "Send" }]);
});

test("with an inspector, each has its actor from the beginning", async () => {
  const events: string[] = [];
  const desk = await crowd(3, {
    inspect: (event) => {
      const { id } = event.actorRef as { id?: string };
      if (event.type === "@xstate.event" && id === "chat2") events.push(event.event.type);
    },
  });
  expect(actorsMade()).toEqual(["connection", "email", "chat", ...desk.ids]);
  expect(events).toEqual(["xstate.init", "Invited", "Accepted"]);
});

test("what is worked out once is kept up to a bound: ever new capabilities do not fill the memory", async () => {
  const desk = await crowd(1);
  const grow = vi.spyOn(Map.prototype, "set");
  for (let number = 0; number < 2000; number++) {
    desk.notify(chat("chat0", "PropertiesChanged", { capabilities: [`Capability ${number}`] }));
  }
  const sizes = grow.mock.contexts.map((map) => (map as Map<unknown, unknown>).size);
  grow.mockRestore();
  expect(desk.chat("chat0").capabilities).toEqual(["Capability 1999"]);
  expect(Math.max(...sizes)).toBeLessThan(1001);
});

test("what one interaction is granted cannot be changed through another", async () => {
  const desk = await crowd(2);
  const offer = beginning("new")[0] as { capabilities: string[] };
  desk.notify(offer);
  offer.capabilities.push("Send");
  desk.notify({ ...offer, id: "newer" });
  expect(desk.chat("new").capabilities).toEqual(["Accept", "Reject"]);
  expect(desk.chat("newer").capabilities).toEqual(["Accept", "Reject", "Send"]);
  expect(Object.isFrozen(desk.chat("new").capabilities)).toBe(true);
});
