import type { AnySnapshot, Anomaly, ChannelSnapshot } from "../index.ts";
import { isInteraction, type DeskEvent, type InteractionContent, type Reporter } from "./reporter.ts";

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

function changeContent(change: Extract<DeskEvent, { type: "change" }>["change"]): [string, object] {
  if (change.about === "connection") {
    const { state, lossReason, failures, isAcknowledging, stopReason } = change.connection.getSnapshot();
    return ["connection", { state, lossReason, failures, isAcknowledging, stopReason }];
  }
  const snapshot =
    change.about === "channel" ? change.channel.getSnapshot() : change.interaction.getSnapshot();
  const content = "id" in snapshot ? interactionJson(snapshot) : channelJson(snapshot);
  return [change.about, { ...content, pending: snapshot.pending, actions: Object.keys(snapshot.actions) }];
}

/**
 * Returns an interaction as `--json` prints it: always with every field, `null` for an unknown value. User data, queues
 * and raw fields are objects without a prototype, so that a key such as `__proto__` prints like any other.
 */
export function interactionJson(snapshot: AnySnapshot) {
  const { email, transcript }: InteractionContent = snapshot;
  return {
    id: snapshot.id,
    channel: snapshot.channel,
    state: snapshot.state,
    serverState: snapshot.serverState ?? null,
    outcome: snapshot.outcome,
    capabilities: snapshot.capabilities,
    userData: snapshot.userData,
    email: email ?? null,
    transcript: transcript?.events ?? null,
    gaps: transcript?.gaps ?? null,
    direction: snapshot.direction ?? null,
    subType: snapshot.subType ?? null,
    queues: {
      current: snapshot.currentQueue ?? null,
      in: snapshot.inQueues ?? null,
      out: snapshot.outQueues ?? null,
    },
    startDate: snapshot.startDate ?? null,
    threadId: snapshot.threadId ?? null,
    parentId: snapshot.parentId ?? null,
    raw: snapshot.raw,
  };
}

/** Returns a channel as `--json` prints it. */
export function channelJson({ name, state, serverState, reason, doNotDisturb }: ChannelSnapshot) {
  return { name, state, serverState: serverState ?? null, reason, doNotDisturb };
}

/** Returns an anomaly as `--json` prints it. */
export function anomalyJson({ code, message, id, channel, sequence }: Anomaly) {
  return { code, message, id: id ?? null, channel: channel ?? null, sequence };
}
