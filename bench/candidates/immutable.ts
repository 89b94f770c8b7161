import type { Candidate, Picture } from "./candidate.ts";
import { contentOf, eventsAfter, type MessageContent } from "./message.ts";

/** The record before any message. */
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

/** Returns the next record. The previous one does not change. */
export function merge(known: Picture, update: MessageContent): Picture {
  return {
    state: update.state === "PropertiesChanged" ? known.state : update.state,
    capabilities: update.capabilities ?? known.capabilities,
    userData: update.userData ?? known.userData,
    currentQueue: update.currentQueue ?? known.currentQueue,
    inQueues: update.inQueues ?? known.inQueues,
    startDate: update.startDate ?? known.startDate,
    threadId: update.threadId ?? known.threadId,
    events: mergeEvents(known.events, update),
  };
}

function mergeEvents(known: Picture["events"], { content }: MessageContent): Picture["events"] {
  if (content === undefined) return known;
  const fresh = eventsAfter(known.at(-1)?.id ?? 0, content.events);
  return fresh.length === 0 ? known : known.concat(fresh);
}

/** Creates a Map with one immutable record per interaction: no chart, no validation, no listeners. */
export function immutable(): Candidate {
  const held = new Map<string, Picture>();
  return {
    picture: (id) => held.get(id),
    apply: (message) => {
      const update = contentOf(message);
      if (update.state === "Completed") held.delete(update.id);
      else held.set(update.id, merge(held.get(update.id) ?? emptyPicture, update));
    },
  };
}
