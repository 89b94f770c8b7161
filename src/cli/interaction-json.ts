import type { AnySnapshot, Anomaly, ChannelSnapshot } from "../index.ts";

/**
 * Returns an interaction as `--json` prints it: always with every field, `null` for an unknown value. User data, queues
 * and raw fields are objects without a prototype, so that a key such as `__proto__` prints like any other.
 */
export function interactionJson(snapshot: AnySnapshot) {
  return {
    id: snapshot.id,
    channel: snapshot.channel,
    state: snapshot.state,
    serverState: snapshot.serverState ?? null,
    outcome: snapshot.outcome,
    capabilities: snapshot.capabilities,
    userData: snapshot.userData,
    email: snapshot.kind === "email" ? (snapshot.email ?? null) : null,
    transcript: snapshot.kind === "chat" ? snapshot.transcript.events : null,
    gaps: snapshot.kind === "chat" ? snapshot.transcript.gaps : null,
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
