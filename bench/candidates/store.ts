import { createDesk, type Desk, type Link } from "deskstate";
import { recorded } from "deskstate/recording";
import type { Candidate } from "./candidate.ts";

/** How the store is watched. */
export interface Watching {
  readonly inspect?: () => void;
}

/** A desk that is Live, and has no server. */
export interface StoreCandidate extends Candidate {
  readonly desk: Desk;
}

/** deskstate itself, fed by its link for recorded messages. */
export async function store({ inspect }: Watching = {}): Promise<StoreCandidate> {
  const recording = recorded();
  let hasRead = false;
  const link: Link = {
    ...recording,
    connect: (sink, channels) => {
      recording.connect(sink, channels);
      sink.onConnected({ isAcknowledging: true });
    },
    // Nothing is there yet when the desk catches up; later lists would say that everything is gone.
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
