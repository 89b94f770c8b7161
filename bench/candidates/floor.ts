import type { Candidate, ChatEvent, Picture } from "./candidate.ts";
import { contentOf, eventsAfter } from "./message.ts";

type Mutable = { -readonly [Key in keyof Picture]: Picture[Key] } & { events: ChatEvent[] };

/** Creates the floor: objects in a Map that are overwritten. No listener could learn what changed. */
export function floor(): Candidate {
  const held = new Map<string, Mutable>();
  return {
    picture: (id) => held.get(id),
    apply: (message) => {
      const update = contentOf(message);
      if (update.state === "Completed") {
        held.delete(update.id);
        return;
      }
      let known = held.get(update.id);
      if (known === undefined) held.set(update.id, (known = begin()));
      if (update.state !== "PropertiesChanged") known.state = update.state;
      if (update.capabilities !== undefined) known.capabilities = update.capabilities;
      if (update.userData !== undefined) known.userData = update.userData;
      if (update.currentQueue !== undefined) known.currentQueue = update.currentQueue;
      if (update.inQueues !== undefined) known.inQueues = update.inQueues;
      if (update.startDate !== undefined) known.startDate = update.startDate;
      if (update.threadId !== undefined) known.threadId = update.threadId;
      if (update.content === undefined) return;
      const { events } = known;
      for (const event of eventsAfter(events.at(-1)?.id ?? 0, update.content.events)) events.push(event);
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
