import { expect, test } from "vitest";
import { createDesk, noLink, type Link } from "deskstate";
import { handClock } from "../simulator/hand-clock.ts";

function heldDesk() {
  const calls: string[] = [];
  const clock = handClock();
  const link: Link = {
    ...noLink,
    connect: (_sink, channels) => calls.push(`connect ${channels.join()}`),
    disconnect: () => {
      calls.push("disconnect");
      return Promise.resolve();
    },
  };
  return { desk: createDesk({ link, clock }), calls, clock };
}

test("a desk runs while a caller holds it, and stops when the last one releases it", () => {
  const { desk, calls, clock } = heldDesk();
  const [first, second] = [desk.retain({ channels: ["chat"] }), desk.retain()];
  expect(calls).toEqual(["connect chat"]);
  first();
  first();
  clock.advance(1000);
  expect(calls).toEqual(["connect chat"]);
  second();
  clock.advance(1000);
  expect(calls).toEqual(["connect chat", "disconnect"]);
});

test("a desk that is retained again immediately keeps the connection", () => {
  const { desk, calls, clock } = heldDesk();
  desk.retain()();
  const release = desk.retain();
  clock.advance(1000);
  expect(calls).toEqual(["connect email,chat"]);
  release();
  clock.advance(1000);
  expect(calls).toEqual(["connect email,chat", "disconnect"]);
});

test("a desk that is held again later connects again", async () => {
  const { desk, calls, clock } = heldDesk();
  desk.retain()();
  clock.advance(1000);
  await Promise.resolve();
  desk.retain();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(calls).toEqual(["connect email,chat", "disconnect", "connect email,chat"]);
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("a desk that is retained with other options immediately after its release restarts with them", async () => {
  const { desk, calls, clock } = heldDesk();
  desk.retain({ channels: ["chat"] })();
  desk.retain({ channels: ["email"] });
  await settled();
  clock.advance(1000);
  expect(calls).toEqual(["connect chat", "disconnect", "connect email"]);
});

test("equal options that are another object, and a second caller, restart nothing", async () => {
  const { desk, calls, clock } = heldDesk();
  desk.retain({ channels: ["chat"] })();
  desk.retain({ channels: ["chat"] });
  desk.retain({ channels: ["email"] })();
  await settled();
  clock.advance(1000);
  expect(calls).toEqual(["connect chat"]);
});

test("a desk that several callers retain restarts when all of them have changed their options", async () => {
  const { desk, calls } = heldDesk();
  const [first, second] = [desk.retain({ channels: ["chat"] }), desk.retain({ channels: ["chat"] })];
  first();
  desk.retain({ channels: ["email"] });
  await settled();
  expect(calls).toEqual(["connect chat"]);
  second();
  desk.retain({ channels: ["email"] });
  await settled();
  expect(calls).toEqual(["connect chat", "disconnect", "connect email"]);
});

test("a caller that retains a desk which was stopped meanwhile starts it only when it is the only one", async () => {
  const { desk, calls } = heldDesk();
  const release = desk.retain();
  await desk.stop();
  desk.retain()();
  expect(calls).toEqual(["connect email,chat", "disconnect"]);
  release();
  desk.retain();
  await settled();
  expect(calls).toEqual(["connect email,chat", "disconnect", "connect email,chat"]);
});

test("a desk without a server can be read, and grants nothing", () => {
  const desk = createDesk({ link: noLink });
  expect(desk.connection.state).toBe("Offline");
  expect(desk.interactions.getSnapshot()).toEqual([]);
  expect(desk.watch("any").getSnapshot()).toBeUndefined();
  expect(desk.channel("chat").getSnapshot()).toMatchObject({ state: "Unknown", actions: {} });
});
