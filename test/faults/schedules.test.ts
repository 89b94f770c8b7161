// Random work under random faults; after public bug reports, see the issue about outcomes.
import { expect, test } from "vitest";
import { pictureOfDesk, pictureOfWorld, runSchedule } from "./schedule.ts";

const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

test.each(seeds)(
  "random work under random faults loses nothing, performs nothing twice and never claims too much (seed %d)",
  async (seed) => {
    const all = await runSchedule(seed);
    const { attempts, world } = all;
    expect(pictureOfDesk(all)).toEqual(pictureOfWorld(all));
    const texts = world.performed.flatMap(({ text }) => text ?? []);
    expect(texts).toEqual([...new Set(texts)]);
    const done = attempts.flatMap(({ text, outcome }) => (outcome === "Done" ? (text ?? []) : []));
    expect(done.filter((text) => !texts.includes(text))).toEqual([]);
  },
);
