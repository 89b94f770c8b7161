import type { AnySnapshot, ChannelFact, Desk, Fact, InteractionFact } from "../index.ts";
import type { Checkpoint, PendingEntry } from "./format.ts";
import type { Redactor } from "./redaction.ts";
import { subjectOf } from "./written-entry.ts";

/** What a checkpoint needs besides the desk. */
export interface CheckpointOptions {
  /** The channels that it was started with. */
  readonly started: readonly string[];
  /** When the recording began. */
  readonly startedAt: number;
  /** What an operation is named by in the recording. */
  readonly seqOf: (key: number) => number;
  readonly redactor: Redactor;
}

const longAgo = 3_600_000;

/** Describes the desk as it stands, by what would bring another desk there. */
export function takeCheckpoint(
  desk: Desk,
  { started, startedAt, seqOf, redactor }: CheckpointOptions,
): Checkpoint {
  const { state, lossReason, failures, isAcknowledging, stopReason } = desk.connection;
  const live = desk.interactions.getSnapshot();
  const ended = desk.ended.getSnapshot();
  const channels = desk.channels.getSnapshot();
  const facts: Fact[] = [
    ...channels.map(channelFact),
    ...[...live, ...ended].map((interaction) => interactionFact(interaction.getSnapshot())),
  ];
  return {
    started,
    isQuiet: desk.journal.isQuiet(),
    // A desk that never asked may do so at once, like one that did so long ago.
    lastRead: Math.max(desk.journal.lastRead(), startedAt - longAgo) - startedAt,
    connection: { state, lossReason, failures, isAcknowledging, stopReason },
    facts: redactor.part(facts),
    endings: ended.map(({ id, outcome }) => ({ ...redactor.part({ id }), outcome })),
    invited: redactor.part({ ids: desk.invitations.getSnapshot().map(({ id }) => id) }).ids,
    dismissed: redactor.part({ ids: [...desk.journal.dismissedIds()] }).ids,
    pending: desk.journal.running().flatMap((running): PendingEntry[] => {
      const { request, key, phase, sends, isToRepeat = false, isOverdue = false } = running;
      // What is about to be sent has an entry of its own.
      if (sends === 0) return [];
      const { operation, parameters, target } = request;
      const performed = { operation, parameters: redactor.parameters(parameters) };
      const of = seqOf(key);
      return [{ of, on: subjectOf(target, redactor), ...performed, phase, sends, isToRepeat, isOverdue }];
    }),
  };
}

function channelFact({
  name,
  state,
  serverState,
  reason,
  doNotDisturb,
}: ReturnType<Desk["channels"]["getSnapshot"]>[number]): ChannelFact {
  const change =
    state !== "Unknown" ? state : serverState === undefined ? "PropertiesChanged" : "StateUnknown";
  return {
    about: "channel",
    channel: name,
    change,
    state: serverState,
    reason,
    doNotDisturb: doNotDisturb ?? undefined,
  };
}

function interactionFact(snapshot: AnySnapshot): InteractionFact {
  const { id, channel, state, serverState, capabilities } = snapshot;
  const { direction, subType, userData, currentQueue, inQueues, outQueues, startDate, threadId, parentId } =
    snapshot;
  const email = snapshot.kind === "email" ? snapshot.email : undefined;
  const transcript = snapshot.kind === "chat" ? snapshot.transcript : undefined;
  const hasTranscript = transcript !== undefined && transcript.latestEventId > 0;
  return {
    about: "interaction",
    id,
    channel: channel,
    change: state === "Gone" ? "Missing" : state === "Unknown" ? "StateUnknown" : state,
    state: serverState,
    capabilities,
    known: {
      serverState,
      direction,
      subType,
      userData,
      currentQueue,
      inQueues,
      outQueues,
      startDate,
      threadId,
      parentId,
      email,
      latestEventId: hasTranscript ? transcript.latestEventId : undefined,
      events: hasTranscript ? transcript.events : undefined,
      raw: snapshot.raw,
    },
  };
}
