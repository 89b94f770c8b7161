import { channelMachine, chatMachine, connectionMachine, emailMachine } from "deskstate/machines";
import {
  createMachine,
  transition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventObject,
  type StateValue,
} from "xstate";
import { describe, expect, test } from "vitest";
import { factsOf, judge, pairOf, pathOf, statesOf } from "../../scripts/charts/table.ts";
import { channelFacts, connectionFacts, interactionFacts } from "./facts.ts";

const charts: readonly { machine: AnyStateMachine; facts: Readonly<Record<string, EventObject>> }[] = [
  { machine: connectionMachine, facts: connectionFacts },
  { machine: channelMachine, facts: channelFacts },
  { machine: emailMachine, facts: interactionFacts },
  { machine: chatMachine, facts: interactionFacts },
];

/** The (state, fact) pairs that are neither handled nor ignored for a reason. */
function forgotten(machine: AnyStateMachine, facts: Readonly<Record<string, EventObject>>): string[] {
  return statesOf(machine).flatMap((state) =>
    Object.keys(facts)
      .filter((fact) => judge(pairOf(state, fact)) === "forgotten")
      .map((fact) => `${fact} in ${pathOf(state)}`),
  );
}

describe.each(charts)("the $machine.id chart", ({ machine, facts }) => {
  test("knows what to do with every fact in every state, or has a reason to ignore it", () => {
    expect(forgotten(machine, facts)).toEqual([]);
  });

  test("names all facts, and nothing that is not one", () => {
    expect(Object.keys(facts).toSorted()).toEqual(factsOf(machine).toSorted());
  });

  test("describes every state", () => {
    const silent = statesOf(machine).filter(({ description }) => (description ?? "").trim() === "");
    expect(silent.map(pathOf)).toEqual([]);
  });

  test("leads nowhere from where an interaction has ended", () => {
    const ended = statesOf(machine).filter(({ tags, parent }) =>
      [...tags, ...(parent?.tags ?? [])].includes("ended"),
    );
    const leaving = ended.flatMap((state) => factsOf(machine).map((fact) => pairOf(state, fact)?.target));
    expect(leaving.filter((target) => target !== undefined)).toEqual([]);
  });

  test("does with every fact what its table contains", () => {
    const said: object[] = [];
    const done: object[] = [];
    for (const state of statesOf(machine)) {
      for (const fact of Object.values(facts)) {
        const before = machine.resolveState({ value: valueAt(state.path), context: machine.config.context });
        const [after] = transition(machine, before, fact);
        const pair = pairOf(state, fact.type);
        const isIgnored = judge(pair) === "ignored";
        const pairName = { fact: fact.type, state: pathOf(state) };
        said.push({ ...pairName, leadsTo: pair?.target ?? whereOf(before), isIgnored });
        done.push({
          ...pairName,
          leadsTo: whereOf(after),
          isIgnored: isIgnored && after.context === before.context,
        });
      }
    }
    expect(done).toEqual(said);
    expect(done).toHaveLength(statesOf(machine).length * Object.keys(facts).length);
  });
});

function valueAt([outer = "", ...inner]: readonly string[]): StateValue {
  return inner.length === 0 ? outer : { [outer]: valueAt(inner) };
}

function whereOf(snapshot: AnyMachineSnapshot): string {
  const inner = (value: StateValue): string[] =>
    typeof value === "string"
      ? [value]
      : Object.entries(value).flatMap(([key, next]) => [key, ...inner(next!)]);
  return inner(snapshot.value).join(".");
}

describe("a forgotten pair is found", () => {
  const mutants: [string, (config: Mutable) => void, string[]][] = [
    [
      "a fact is taken out of the whole chart",
      ({ on }) => delete on["PropertiesChanged"],
      ["Unknown", "Invited", "Accepted", "Left"].map((state) => `PropertiesChanged in ${state}`),
    ],
    [
      "a fact is taken out of one state",
      ({ states }) => delete states["Left"]?.on?.["Accepted"],
      ["Accepted in Left"],
    ],
    [
      "a fact is ignored without a reason",
      ({ states }) => (states["Accepted"]!.on!["Invited"] = { description: " " }),
      ["Invited in Accepted"],
    ],
    [
      "a state is added",
      ({ states }) => (states["Parked"] = {}),
      ["Invited in Parked", "Accepted in Parked", "Left in Parked"],
    ],
    [
      "a state inside another forbids what the outer one handles",
      ({ states }) => (states["Ended"]!.states!["Gone"] = { on: { OperationExpired: {} } }),
      ["OperationExpired in Ended.Gone"],
    ],
  ];

  test.each(mutants)("when %s", (_, mutate, found) => {
    const config = structuredClone(chatMachine.config) as unknown as Mutable;
    mutate(config);
    expect(forgotten(createMachine(config), interactionFacts)).toEqual(found);
  });

  test("when a new fact is added", () => {
    const more = { ...connectionFacts, Paused: { type: "Paused" } };
    expect(forgotten(connectionMachine, more)).toHaveLength(statesOf(connectionMachine).length);
  });
});

interface Mutable {
  on: Record<string, object>;
  states: Record<string, { on?: Record<string, object>; states?: Record<string, object> }>;
}
