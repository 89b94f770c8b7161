import { expect, test } from "vitest";
import { defineBot } from "../../src/bot/index.ts";
import { Fleet } from "../../src/load/fleet.ts";
import { Meter } from "../../src/load/meter.ts";
import { DeskError, noLink } from "../../src/index.ts";
import { realClock } from "../cli/command.ts";

const script = defineBot({ chat: () => {} });
const starters = ["ana", "ben", "eva"].map((user) => ({ account: { user, password: "hunter2" }, after: 0 }));

test("a bot that cannot be created counts as not started, and the fleet ends without it", async () => {
  const meter = new Meter();
  const fleet = new Fleet({
    script,
    starters,
    seed: 1,
    clock: realClock,
    meter,
    link: ({ user, password }) => {
      if (user === "ana") throw new DeskError("invalid-options", 'The option "credentials.user" is wrong.');
      if (user === "ben") throw new TypeError(`something about ${password}`);
      return noLink;
    },
  });
  fleet.start();
  await expect.poll(() => meter.counts.not_started).toBe(2);
  fleet.drain(0);
  await fleet.finished;
  expect(Object.fromEntries(meter.endings)).toEqual({ "not-started": 2, stopped: 1 });
  expect(meter.failures).toEqual([
    { part: "start", code: "threw", message: 'The option "credentials.user" is wrong.', count: 2 },
  ]);
  expect(meter.counts.failures).toBe(2);
});

test("an invalid script is reported with its mistake", async () => {
  const meter = new Meter();
  const fleet = new Fleet({ script: {}, starters, seed: 1, clock: realClock, meter, link: () => noLink });
  fleet.start();
  await fleet.finished;
  expect(meter.failures).toMatchObject([{ part: "start", code: "invalid-script", count: 3 }]);
});

test("of a foreign error only the name is reported", async () => {
  const meter = new Meter();
  const link = () => {
    throw new TypeError("hunter2");
  };
  const fleet = new Fleet({ script, starters, seed: 1, clock: realClock, meter, link });
  fleet.start();
  await fleet.finished;
  expect(meter.failures).toEqual([
    { part: "start", code: "threw", message: "The bot could not be created: TypeError.", count: 3 },
  ]);
});
