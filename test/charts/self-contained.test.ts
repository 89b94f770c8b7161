import { catalogue } from "deskstate/machines";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createActor, createMachine, type AnyMachineSnapshot, type AnyStateMachine } from "xstate";
import { statesOf } from "../../scripts/charts/table.ts";
import { readChart } from "./chart-source.ts";
import { channelModel, chatModel, connectionModel, emailModel } from "./models.ts";

const models = [connectionModel, channelModel, emailModel, chatModel] as const;
const charts = catalogue.map((machine: AnyStateMachine, index) => ({
  machine,
  source: sourceOf(machine),
  paths: models[index]!.getShortestPaths(),
}));

function sourceOf({ id }: AnyStateMachine): string {
  return readFileSync(new URL(`../../machines/${id}.machine.ts`, import.meta.url), "utf8");
}

test("the catalogue has each chart once, and cannot be changed", () => {
  expect(catalogue.map(({ id }) => id)).toEqual(["connection", "channel", "email", "chat"]);
  expect(Object.isFrozen(catalogue)).toBe(true);
});

describe.each(charts)("the file of the $machine.id chart", ({ machine, source }) => {
  test("holds the whole chart as a literal, so that an editor reads what runs here", () => {
    expect(readChart(source).config).toEqual({ ...machine.config, context: expect.any(String) as string });
  });

  test("implements exactly the actions and guards that the chart names", () => {
    const { actions, guards } = readChart(source);
    const transitions = [machine.root, ...statesOf(machine)].flatMap((state) => [
      ...state.transitions.values(),
    ]);
    const named = transitions.flat().flatMap((transition) => transition.actions.map(nameOf));
    const asked = transitions.flat().flatMap(({ guard }) => (guard === undefined ? [] : [nameOf(guard)]));
    expect(actions.toSorted()).toEqual([...new Set(named)].toSorted());
    expect(guards.toSorted()).toEqual([...new Set(asked)].toSorted());
  });
});

describe.each(charts)("the $machine.id chart as JSON", ({ machine, paths }) => {
  test("is a working chart again with the implementations that it names, and walks the same states", () => {
    const { actions, guards } = machine.implementations;
    const config = JSON.parse(JSON.stringify(machine.config)) as typeof machine.config;
    const copy = createMachine(config).provide({ actions, guards });
    const walks = (chart: AnyStateMachine) =>
      paths.map(({ steps }) => {
        const actor = createActor(chart).start();
        return steps.slice(1).map(({ event }) => {
          actor.send(event);
          return seen(actor.getSnapshot());
        });
      });
    const walked = walks(copy);
    expect(walked).toEqual(walks(machine));
    const reached = new Set(walked.flat().map(({ value }) => JSON.stringify(value)));
    reached.add(JSON.stringify(createActor(copy).getSnapshot().value));
    const leaves = statesOf(machine).filter(({ states }) => Object.keys(states).length === 0);
    expect(reached.size).toBe(leaves.length);
  });
});

function seen({ value, context, tags }: AnyMachineSnapshot) {
  return { value, context: context as object, tags: [...tags] };
}

function nameOf(reference: unknown): string {
  if (typeof reference === "string") return reference;
  return (reference as { type: string }).type;
}

describe("what an editor could not draw is found:", () => {
  const chat = sourceOf(catalogue[3]);
  const breakages: [string, (source: string) => string, string][] = [
    ["a computed key", (source) => source.replace("Missing: {", '["Missing"]: {'), "A key is computed."],
    ["a spread", (source) => source.replace("    Left: {\n", "    ...more,\n    Left: {\n"), "is spread"],
    [
      "an inline action",
      (source) => source.replace('actions: "update"', "actions: () => {}"),
      "There is a ArrowFunctionExpression at on.PropertiesChanged.actions.",
    ],
    [
      "an inline guard",
      (source) => source.replace('actions: "reach"', "guard: function () {}"),
      "There is a FunctionExpression at states.Unknown.on.Invited.guard.",
    ],
    [
      "a state from elsewhere",
      (source) => source.replace('initial: "Unknown"', "initial: first"),
      "There is a Identifier at initial.",
    ],
    [
      "a built text",
      (source) => source.replace('initial: "Unknown"', "initial: `Unknown`"),
      "There is a TemplateLiteral at initial.",
    ],
    ["a method", (source) => source.replace('tags: ["ended"]', "entry() {}"), "FunctionExpression"],
    ["a service", (source) => source.replace('tags: ["ended"]', 'invoke: { src: "it" }'), "There is invoke"],
    ["a delay", (source) => source.replace('tags: ["ended"]', 'after: { 9: "Left" }'), "There is after"],
    ["something beside it", (source) => `${source}\nconst more = {};`, "Beside the chart"],
    ["a chart without setup", (source) => source.replace("setup(", "make("), "There is no call of setup."],
  ];

  test.each(breakages)("%s", (_, breakIt, message) => {
    const broken = breakIt(chat);
    expect(broken).not.toBe(chat);
    expect(() => readChart(broken)).toThrow(message);
    expect(() => readChart(chat)).not.toThrow();
  });
});
