import type { Candidate, ChatEvent, Picture } from "./candidate.ts";
import { eventsAfter, toldBy } from "./told.ts";

type Mutable = { -readonly [Key in keyof Picture]: Picture[Key] } & { events: ChatEvent[] };

/** The floor: objects in a Map, written over. Nobody could be told what changed. */
export function floor(): Candidate {
  const held = new Map<string, Mutable>();
  return {
    picture: (id) => held.get(id),
    apply: (message) => {
      const told = toldBy(message);
      if (told.state === "Completed") {
        held.delete(told.id);
        return;
      }
      let known = held.get(told.id);
      if (known === undefined) held.set(told.id, (known = begin()));
      if (told.state !== "PropertiesChanged") known.state = told.state;
      if (told.capabilities !== undefined) known.capabilities = told.capabilities;
      if (told.userData !== undefined) known.userData = told.userData;
      if (told.currentQueue !== undefined) known.currentQueue = told.currentQueue;
      if (told.inQueues !== undefined) known.inQueues = told.inQueues;
      if (told.startDate !== undefined) known.startDate = told.startDate;
      if (told.threadId !== undefined) known.threadId = told.threadId;
      if (told.content === undefined) return;
      const { events } = known;
      for (const event of eventsAfter(events.at(-1)?.id ?? 0, told.content.events)) events.push(event);
    },
  };
}

function begin(): Mutable {
  return {
    state: "Unknown",
    capabilities: [],
    userData: {},
    currentQueue: undefined,
    inQueues: undefined,
    startDate: undefined,
    threadId: undefined,
    events: [],
  };
}
