import { channelMachine, chatMachine, connectionMachine, emailMachine } from "deskstate/machines";
import { describe, expect, test } from "vitest";
import type { EventObject, Snapshot } from "xstate";
import type { StatePath, Step, TestModel } from "xstate/graph";
import { channelModel, chatModel, connectionModel, emailModel } from "./models.ts";
import { replayChannel, replayConnection, replayInteraction, type Audience, type Replay } from "./replay.ts";

const charts = [
  {
    name: "email",
    walk: beside(emailModel, (audience) => replayInteraction("email", emailMachine, audience)),
    facts: 2000,
    ways: 80,
  },
  {
    name: "chat",
    walk: beside(chatModel, (audience) => replayInteraction("chat", chatMachine, audience)),
    facts: 1000,
    ways: 36,
  },
  {
    name: "channel",
    walk: beside(channelModel, (audience) => replayChannel(channelMachine, audience)),
    facts: 700,
    ways: 4,
  },
  {
    name: "connection",
    walk: beside(connectionModel, (audience) => replayConnection(connectionMachine, audience)),
    facts: 300,
    ways: 26,
  },
];

describe.each(charts)("the desk and its $name chart", ({ walk, facts, ways }) => {
  test.each(["alone", "inspected"] as const)(
    "agree on every fact in every state that can be reached, %s",
    async (audience) => {
      expect(await walk.everyFact(audience)).toBeGreaterThanOrEqual(facts);
    },
    60_000,
  );

  test.each(["alone", "inspected"] as const)(
    "agree along every way that comes to no state twice, %s",
    async (audience) => {
      expect(await walk.everyWay(audience)).toBeGreaterThanOrEqual(ways);
    },
    60_000,
  );
});

/** Walks paths of a model with a desk beside it, comparing after each step; returns the number of paths. */
function beside<State extends Snapshot<unknown>, Event extends EventObject>(
  model: TestModel<State, Event, unknown>,
  begin: (audience: Audience) => Replay<Event> | Promise<Replay<Event>>,
) {
  const walk = async (paths: readonly StatePath<State, Event>[], audience: Audience) => {
    for (const path of paths) {
      const replay = await begin(audience);
      const feed = (step: object) => replay.feed((step as Step<State, Event>).event);
      const types = path.steps.slice(1).map(({ event }) => event.type);
      const events = Object.fromEntries(types.map((type) => [type, feed])) as object;
      // Compared as text, and by `expect` only where they differ: both would take most of the time of these tests.
      const agree = () => {
        const [desk, chart] = [replay.desk(), replay.chart()].map((seen) => JSON.stringify(seen));
        if (desk !== chart) expect(desk).toBe(chart);
      };
      await model.testPath(path, { states: { "*": agree }, events });
    }
    return paths.length;
  };
  return {
    /** The shortest path to each state, and from there one step more for each fact. */
    everyFact: (audience: Audience) => {
      const shape = model.options.serializeState!;
      const next = new Map<string, StatePath<State, Event>["steps"]>();
      for (const { state, transitions } of Object.values(model.getAdjacencyMap())) {
        next.set(shape(state, undefined), Object.values(transitions));
      }
      const paths = model
        .getShortestPaths({ allowDuplicatePaths: true })
        .flatMap((path) =>
          next.get(shape(path.state, undefined))!.map((step) => ({ ...path, steps: [...path.steps, step] })),
        );
      return walk(paths, audience);
    },
    /** All ways on which only the server speaks. */
    everyWay: (audience: Audience) => {
      const paths = model.getSimplePaths({
        serializeState: (state) => JSON.stringify((state as { value?: unknown }).value),
        filterEvents: (_, event) => !("key" in event),
      });
      return walk(paths, audience);
    },
  };
}
