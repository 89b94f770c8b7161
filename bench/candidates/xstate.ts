import { assign, createActor, setup, type Actor } from "xstate";
import type { Candidate, Picture } from "./candidate.ts";
import { emptyPicture, merge } from "./immutable.ts";
import { toldBy, type Told } from "./told.ts";

type State = "Invited" | "Accepted" | "PropertiesChanged" | "Completed";

const machine = setup({
  types: {
    context: {} as Picture,
    events: {} as { type: State; told: Told },
  },
  actions: {
    merge: assign(({ context, event }) => merge(context, event.told)),
  },
}).createMachine({
  context: emptyPicture,
  initial: "Unknown",
  on: {
    PropertiesChanged: { actions: "merge" },
    Completed: { target: ".Completed" },
  },
  states: {
    Unknown: { on: { Invited: { target: "Invited", actions: "merge" } } },
    Invited: { on: { Accepted: { target: "Accepted", actions: "merge" } } },
    Accepted: {},
    Completed: { type: "final" },
  },
});

/** XState alone: a root actor per interaction in a Map, with the data in its context. */
export function xstate(): Candidate {
  const held = new Map<string, Actor<typeof machine>>();
  return {
    picture: (id) => held.get(id)?.getSnapshot().context,
    apply: (message) => {
      const told = toldBy(message);
      let actor = held.get(told.id);
      if (actor === undefined) held.set(told.id, (actor = createActor(machine).start()));
      actor.send({ type: told.state as State, told });
      if (told.state === "Completed") held.delete(told.id);
    },
  };
}
