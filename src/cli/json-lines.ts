import type { ConnectionSnapshot } from "../index.ts";
import { channelJson, interactionJson } from "./interaction-json.ts";
import { isInteraction, type DeskEvent, type Reporter } from "./reporter.ts";

/** Returns a reporter that writes each event as one line of JSON, for programs. */
export function jsonLines(write: (line: string) => void, now: () => number): Reporter {
  return (event) => {
    const content = contentOf(event);
    if (content !== undefined) write(`${JSON.stringify({ about: content[0], at: now(), ...content[1] })}\n`);
  };
}

function contentOf(event: DeskEvent): [about: string, content: object] | undefined {
  switch (event.type) {
    case "change":
      return changeContent(event.change);
    case "anomaly":
      return ["anomaly", event.anomaly];
    case "failed": {
      const { part, id, step, code, message } = event.failure;
      return ["failure", { part, id, step, code, message }];
    }
    case "settled": {
      const { target, outcome } = event;
      const named = isInteraction(target)
        ? { id: target.id, channel: target.channel }
        : { channel: target.name };
      return ["operation", { ...named, ...outcome }];
    }
    case "sent":
    case "scenario":
      return undefined;
  }
}

function changeContent(
  change: Extract<DeskEvent, { type: "change" }>["change"],
): [about: string, content: object] {
  if (change.about === "connection") {
    return ["connection", connectionJson(change.connection.getSnapshot())];
  }
  const snapshot =
    change.about === "channel" ? change.channel.getSnapshot() : change.interaction.getSnapshot();
  const content = "id" in snapshot ? interactionJson(snapshot) : channelJson(snapshot);
  return [change.about, { ...content, pending: snapshot.pending, actions: Object.keys(snapshot.actions) }];
}

function connectionJson({ state, lossReason, failures, isAcknowledging, stopReason }: ConnectionSnapshot) {
  return { state, lossReason, failures, isAcknowledging, stopReason };
}
