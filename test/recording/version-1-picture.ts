import type { Replay } from "deskstate/recording";

/** Returns the visible state of a replayed desk, in the form of the files beside the recordings of version 1. */
export function pictureOf({ desk, outcomes, anomalies }: Replay): object {
  const { state, lossReason, failures, isAcknowledging, stopReason } = desk.connection;
  const interactions = [...desk.interactions.getSnapshot(), ...desk.ended.getSnapshot()];
  const counts = new Map<string, number>();
  for (const { code } of anomalies) counts.set(code, (counts.get(code) ?? 0) + 1);
  return {
    connection: { state, lossReason, failures, isAcknowledging, stopReason },
    channels: desk.channels.getSnapshot().map((channel) => {
      const { name, state, serverState, reason, doNotDisturb, pending, actions } = channel;
      return { name, state, serverState, reason, doNotDisturb, pending, actions: Object.keys(actions) };
    }),
    invitations: desk.invitations.getSnapshot().map(({ id }) => id),
    interactions: interactions.map((interaction) => {
      const snapshot = interaction.getSnapshot();
      return {
        id: snapshot.id,
        // The names of version 1.
        channel: snapshot.kind,
        serverChannel: snapshot.channel,
        state: snapshot.state,
        serverState: snapshot.serverState,
        isEnded: snapshot.isEnded,
        outcome: snapshot.outcome,
        capabilities: snapshot.capabilities.join(" "),
        pending: snapshot.pending,
        actions: Object.keys(snapshot.actions).join(" "),
        direction: snapshot.direction,
        subType: snapshot.subType,
        currentQueue: snapshot.currentQueue,
        inQueues: snapshot.inQueues,
        outQueues: snapshot.outQueues,
        startDate: snapshot.startDate,
        threadId: snapshot.threadId,
        parentId: snapshot.parentId,
        userData: snapshot.userData,
        raw: snapshot.raw,
        ...(snapshot.kind === "email" && { email: snapshot.email }),
        ...(snapshot.kind === "chat" && { transcript: transcriptOf(snapshot.transcript) }),
      };
    }),
    outcomes: outcomes.toSorted((one, other) => one.of - other.of),
    anomalies: Object.fromEntries([...counts].toSorted(([one], [other]) => one.localeCompare(other))),
  };
}

function transcriptOf({ latestEventId, gaps, parties, events }: Transcript): object {
  return { latestEventId, gaps, parties, events };
}

type Transcript = Extract<
  ReturnType<Replay["desk"]["interactions"]["getSnapshot"]>[number],
  { readonly kind: "chat" }
>["transcript"];
