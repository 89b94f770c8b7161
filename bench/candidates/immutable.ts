import type { Candidate, Picture } from "./candidate.ts";
import { eventsAfter, toldBy, type Told } from "./told.ts";

/** A record of which nothing is known. */
export const emptyPicture: Picture = {
  state: "Unknown",
  capabilities: [],
  userData: {},
  currentQueue: undefined,
  inQueues: undefined,
  startDate: undefined,
  threadId: undefined,
  events: [],
};

/** The next record; the one before stays as it is. */
export function merge(known: Picture, told: Told): Picture {
  return {
    state: told.state === "PropertiesChanged" ? known.state : told.state,
    capabilities: told.capabilities ?? known.capabilities,
    userData: told.userData ?? known.userData,
    currentQueue: told.currentQueue ?? known.currentQueue,
    inQueues: told.inQueues ?? known.inQueues,
    startDate: told.startDate ?? known.startDate,
    threadId: told.threadId ?? known.threadId,
    events: mergeEvents(known.events, told),
  };
}

function mergeEvents(known: Picture["events"], { content }: Told): Picture["events"] {
  if (content === undefined) return known;
  const fresh = eventsAfter(known.at(-1)?.id ?? 0, content.events);
  return fresh.length === 0 ? known : known.concat(fresh);
}

/** An immutable record per interaction in a Map: no chart, no check, nobody is told. */
export function immutable(): Candidate {
  const held = new Map<string, Picture>();
  return {
    picture: (id) => held.get(id),
    apply: (message) => {
      const told = toldBy(message);
      if (told.state === "Completed") held.delete(told.id);
      else held.set(told.id, merge(held.get(told.id) ?? emptyPicture, told));
    },
  };
}
