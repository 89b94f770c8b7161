import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { defineBot } from "../../src/bot/index.ts";
import { Meter } from "../../src/load/meter.ts";
import { runFleet, type FleetRun } from "../../src/load/run-fleet.ts";
import { DeskError, noLink } from "../../src/index.ts";
import { realClock } from "../cli/command.ts";

const starters = ["ana", "ben", "eva"].map((user) => ({ account: { user, password: "hunter2" }, after: 0 }));

/** Starts a fleet of three bots at no server. */
function startFleet(run: Partial<FleetRun>) {
  const [meter, signals] = [new Meter(), new EventEmitter()];
  const script = defineBot({ chat: () => {} });
  const settings = {
    script,
    starters,
    seed: 1,
    clock: realClock,
    meter,
    signals,
    drain: 0,
    log: () => {},
    exit: () => {},
  };
  return { meter, signals, finished: runFleet({ ...settings, link: () => noLink, ...run }) };
}

test("a bot that cannot be created counts as not started, and the fleet ends without it", async () => {
  const { meter, signals, finished } = startFleet({
    link: ({ user, password }) => {
      if (user === "ana") throw new DeskError("invalid-options", 'The option "credentials.user" is invalid.');
      if (user === "ben") throw new TypeError(`something about ${password}`);
      return noLink;
    },
  });
  await expect.poll(() => meter.counts.not_started).toBe(2);
  signals.emit("SIGINT");
  expect(await finished).toMatchObject({ ending: "interrupted", unaccounted: null });
  expect(Object.fromEntries(meter.endings)).toEqual({ "not-started": 2, stopped: 1 });
  expect(meter.failures).toEqual([
    { part: "start", code: "threw", message: 'The option "credentials.user" is invalid.', count: 2 },
  ]);
  expect(meter.counts.failures).toBe(2);
});

test("an invalid script is reported with its mistake", async () => {
  const { meter, finished } = startFleet({ script: {} });
  expect(await finished).toMatchObject({ ending: "finished" });
  expect(meter.failures).toMatchObject([{ part: "start", code: "invalid-script", count: 3 }]);
});

test("of a foreign error only the name is reported", async () => {
  const link = () => {
    throw new TypeError("hunter2");
  };
  const { meter, finished } = startFleet({ link });
  await finished;
  expect(meter.failures).toEqual([
    { part: "start", code: "threw", message: "The bot could not be created: TypeError.", count: 3 },
  ]);
});
