import { createDesk, type Desk, type Link } from "deskstate";
import { recorded } from "deskstate/recording";
import type { Candidate } from "./candidate.ts";

/** Options of {@link store}. */
export interface StoreOptions {
  readonly inspect?: () => void;
}

/** A candidate that is a desk, Live without a server. */
export interface StoreCandidate extends Candidate {
  readonly desk: Desk;
}

/** Creates deskstate itself, fed by its link for recorded messages. */
export async function store({ inspect }: StoreOptions = {}): Promise<StoreCandidate> {
  const recording = recorded();
  let hasRead = false;
  const link: Link = {
    ...recording,
    connect: (listener, channels) => {
      recording.connect(listener, channels);
      listener.onConnected({ isAcknowledging: true });
    },
    // The first list is empty. Later reads fail, because an empty list would end every interaction.
    readList: () => {
      if (hasRead) return Promise.resolve({ kind: "failed" });
      hasRead = true;
      return Promise.resolve({ kind: "read", facts: [], anomalies: [], ids: new Set() });
    },
  };
  const desk = createDesk({ link, ...(inspect === undefined ? {} : { inspect }) });
  await desk.start();
  const element: [unknown] = [undefined];
  return {
    desk,
    apply: (message) => {
      element[0] = message;
      recording.deliver(element);
    },
    picture: (id) => {
      const interaction = desk.interaction(id);
      if (interaction?.kind !== "chat") return undefined;
      const snapshot = interaction.getSnapshot();
      return snapshot.kind === "chat" ? { ...snapshot, events: snapshot.transcript.events } : undefined;
    },
  };
}
