import type { ConnectionSnapshot } from "../index.ts";
import { channelJson, interactionJson } from "./interaction-json.ts";
import { isInteraction, type Reporter } from "./reporter.ts";

/** Reports each change as one line of JSON, for programs. */
export function jsonLines(write: (line: string) => void, now: () => number): Reporter {
  const line = (about: string, content: object) =>
    write(`${JSON.stringify({ about, at: now(), ...content })}\n`);
  return {
    changed: (change) => {
      switch (change.about) {
        case "connection":
          return line("connection", connectionJson(change.connection.getSnapshot()));
        case "channel": {
          const snapshot = change.channel.getSnapshot();
          return line("channel", {
            ...channelJson(snapshot),
            pending: snapshot.pending,
            actions: Object.keys(snapshot.actions),
          });
        }
        case "interaction": {
          const snapshot = change.interaction.getSnapshot();
          return line("interaction", {
            ...interactionJson(snapshot),
            pending: snapshot.pending,
            actions: Object.keys(snapshot.actions),
          });
        }
      }
    },
    anomaly: (anomaly) => line("anomaly", anomaly),
    failed: ({ part, id, step, code, message }) => line("failure", { part, id, step, code, message }),
    settled: (subject, outcome) =>
      line("operation", {
        ...(isInteraction(subject)
          ? { id: subject.id, channel: subject.channel }
          : { channel: subject.name }),
        ...outcome,
      }),
  };
}

function connectionJson({ state, lossReason, failures, isAcknowledging, stopReason }: ConnectionSnapshot) {
  return { state, lossReason, failures, isAcknowledging, stopReason };
}
