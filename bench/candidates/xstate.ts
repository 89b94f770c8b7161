import { assign, createActor, setup, type Actor } from "xstate";
import type { Candidate, Picture } from "./candidate.ts";
import { emptyPicture, merge } from "./immutable.ts";
import { contentOf, type MessageContent } from "./message.ts";

type State = "Invited" | "Accepted" | "PropertiesChanged" | "Completed";

const machine = setup({
  types: {
    context: {} as Picture,
    events: {} as { type: State; update: MessageContent },
  },
  actions: {
    merge: assign(({ context, event }) => merge(context, event.update)),
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

/** Creates XState alone: a root actor per interaction in a Map, with the data in its context. */
export function xstate(): Candidate {
  const held = new Map<string, Actor<typeof machine>>();
  return {
    picture: (id) => held.get(id)?.getSnapshot().context,
    apply: (message) => {
      const update = contentOf(message);
      let actor = held.get(update.id);
      if (actor === undefined) held.set(update.id, (actor = createActor(machine).start()));
      actor.send({ type: update.state as State, update });
      if (update.state === "Completed") held.delete(update.id);
    },
  };
}
