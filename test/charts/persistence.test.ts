import { describe, expect, test } from "vitest";
import {
  createActor,
  createMachine,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventObject,
} from "xstate";
import { channelMachine, chatMachine, connectionMachine, emailMachine } from "deskstate/machines";
import { factsOf, pairOf, pathOf, statesOf } from "../../scripts/charts/table.ts";
import { email, handDesk } from "../desk/hand-desk.ts";
import { channelModel, chatModel, connectionModel, emailModel } from "./models.ts";

/** A state that a chart can be in, and the facts that can come next. */
interface Reachable {
  readonly state: AnyMachineSnapshot;
  readonly next: readonly EventObject[];
}

const charts: readonly { name: string; machine: AnyStateMachine; reachable: readonly Reachable[] }[] = [
  { name: "connection", machine: connectionMachine, reachable: reachableIn(connectionModel) },
  { name: "channel", machine: channelMachine, reachable: reachableIn(channelModel) },
  { name: "email", machine: emailMachine, reachable: reachableIn(emailModel) },
  { name: "chat", machine: chatMachine, reachable: reachableIn(chatModel) },
];

function reachableIn(model: { readonly getAdjacencyMap: () => object }): Reachable[] {
  const adjacent = Object.values(model.getAdjacencyMap()) as {
    readonly state: AnyMachineSnapshot;
    readonly transitions: Readonly<Record<string, { readonly event: EventObject }>>;
  }[];
  return adjacent.map(({ state, transitions }) => ({
    state,
    next: Object.values(transitions).map(({ event }) => event),
  }));
}

/** Through text, as a file or another process would get it. */
function through<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function seen({ value, context, status, tags }: AnyMachineSnapshot): object {
  return { value, context, status, tags: [...tags] };
}

describe.each(charts)("the $name chart", ({ machine, reachable }) => {
  test("is the same after its configuration was saved as JSON and restored, in every state", () => {
    const restored = reachable.map(({ state }) => {
      const snapshot = through(machine.getPersistedSnapshot(state));
      return seen(createActor(machine, { snapshot }).start().getSnapshot());
    });
    expect(restored).toStrictEqual(reachable.map(({ state }) => seen(state)));
    expect(new Set(reachable.map(({ state }) => JSON.stringify(state.value))).size).toBe(leavesOf(machine));
  });

  test("goes on in the same way after it was restored, whatever comes next", () => {
    const [went, goes]: [object[], object[]] = [[], []];
    for (const { state, next } of reachable) {
      const snapshot = machine.getPersistedSnapshot(state);
      for (const event of next) {
        const [kept, restored] = [snapshot, through(snapshot)].map((from) =>
          createActor(machine, { snapshot: from }).start(),
        );
        kept!.send(event);
        restored!.send(event);
        went.push(seen(kept!.getSnapshot()));
        goes.push(seen(restored!.getSnapshot()));
      }
    }
    expect(goes).toStrictEqual(went);
    expect(goes.length).toBeGreaterThan(300);
  });

  test("can be written down as JSON and is the same chart when it is read again", () => {
    const copy = createMachine(through(machine.config));
    const table = (chart: AnyStateMachine) =>
      statesOf(chart).map((state) => [
        pathOf(state),
        state.description,
        factsOf(machine).map((fact) => pairOf(state, fact)),
      ]);
    expect(table(copy)).toEqual(table(machine));
    expect(through(machine.config)).toEqual(machine.config);
    expect(() => JSON.stringify(machine.definition)).not.toThrow();
  });
});

function leavesOf(machine: AnyStateMachine): number {
  return statesOf(machine).filter(({ states }) => Object.keys(states).length === 0).length;
}

test("a chart that was saved from a desk knows the pending operations, and nothing of the customer", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited", { userData: { Subject: "My secret" } }));
  void desk.interaction("e")!.actions.Accept!();
  const saved = through(desk.interaction("e")!.actor.getPersistedSnapshot());
  expect(JSON.stringify(saved)).not.toContain("secret");
  const restored = createActor(emailMachine, { snapshot: saved }).start();
  expect(restored.getSnapshot().value).toBe("Invited");
  expect(restored.getSnapshot().context.pending).toMatchObject([{ operation: "Accept", phase: "sent" }]);
  restored.send({ type: "Accepted" });
  expect(restored.getSnapshot().context).toMatchObject({ pending: [], settled: [{ outcome: "Done" }] });
});
