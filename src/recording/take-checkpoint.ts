import type { AnySnapshot, ChannelFact, Desk, InteractionFact } from "../index.ts";
import type { Checkpoint } from "./format.ts";
import { subjectOf } from "./journaled-entry.ts";

/** The facts of a checkpoint that the desk itself does not have. */
export interface CheckpointOptions {
  /** The channels that the desk was started with. */
  readonly started: readonly string[];
  /** When the recording began. */
  readonly startedAt: number;
  /** Returns the entry that began an operation, by its key; below 0 when the recording has none. */
  readonly seqOf: (key: number) => number;
}

const longAgo = 3_600_000;

/**
 * Describes the state of the desk, so that another desk can be brought there. Nothing is redacted, and it may have more
 * fields than the format.
 */
export function takeCheckpoint(desk: Desk, { started, startedAt, seqOf }: CheckpointOptions): Checkpoint {
  const ended = desk.ended.getSnapshot();
  const interactions = [...desk.interactions.getSnapshot(), ...ended];
  return {
    started,
    isQuiet: desk.journal.isQuiet(),
    // A desk that never read the list may do so immediately, like one that did so long ago.
    lastRead: Math.max(desk.journal.lastRead(), startedAt - longAgo) - startedAt,
    connection: desk.connection.getSnapshot(),
    facts: [
      ...desk.channels.getSnapshot().map(channelFact),
      ...interactions.map((interaction) => interactionFact(desk, interaction.getSnapshot())),
    ],
    endings: ended.map(({ id, outcome }) => ({ id, outcome })),
    invited: desk.invitations.getSnapshot().map(({ id }) => id),
    dismissed: [...desk.journal.dismissedIds()],
    pending: desk.journal
      .running()
      // An operation that is about to be sent has an entry of its own.
      .filter(({ sends }) => sends > 0)
      .map(({ request, key, isToRepeat = false, isOverdue = false, ...running }) => ({
        ...request,
        ...running,
        of: seqOf(key),
        on: subjectOf(request.target),
        isToRepeat,
        isOverdue,
      })),
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

function interactionFact(desk: Desk, snapshot: AnySnapshot): InteractionFact {
  const { id, channel, state, serverState, capabilities } = snapshot;
  const shown = new Map<string, unknown>(Object.entries(snapshot));
  const known = Object.entries(desk.journal.recordFields).map(([name, field]) => {
    const view = shown.get(name);
    const toIncoming = field.toIncoming as ((view: unknown) => unknown) | undefined;
    return [name, view === undefined || toIncoming === undefined ? view : toIncoming(view)];
  });
  return {
    about: "interaction",
    id,
    channel,
    change: state === "Gone" ? "Missing" : state === "Unknown" ? "StateUnknown" : state,
    state: serverState,
    capabilities,
    known: Object.fromEntries(known) as InteractionFact["known"],
  };
}
