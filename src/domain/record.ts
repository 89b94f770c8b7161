import type { Report } from "./anomaly.ts";
import { SharedObject } from "./shared-object.ts";
import { Transcript } from "./transcript.ts";
import { flatUserData, type UserData } from "./user-data.ts";

/** Queues by name, as the server lists them; `__STOP__` means that processing may be stopped. */
export type Queues = Readonly<Record<string, string>>;

/** The content of an email. Plain text from strangers: escape it. */
export interface EmailContent {
  readonly interactionId?: string;
  readonly text?: string;
  readonly fromAddress?: string;
  readonly toAddress?: string;
  readonly subject?: string;
}

/** Fields by name, as the server sent them. */
export type Raw = Readonly<Record<string, unknown>>;

/** What is known of one interaction. Immutable; a part that did not change keeps its reference. */
export interface InteractionRecord {
  /** The last state in the server's own spelling. */
  readonly serverState: string | undefined;
  /** `Inbound` in the recorded messages. */
  readonly direction: string | undefined;
  /** `InboundNew` in the recorded messages. */
  readonly subType: string | undefined;
  readonly userData: SharedObject<UserData>;
  readonly currentQueue: string | undefined;
  readonly inQueues: SharedObject<Queues> | undefined;
  readonly outQueues: SharedObject<Queues> | undefined;
  /** When handling started; milliseconds since the epoch. */
  readonly startDate: number | undefined;
  readonly threadId: string | undefined;
  /** The interaction that this one answers. */
  readonly parentId: string | undefined;
  readonly email: SharedObject<EmailContent> | undefined;
  readonly transcript: Transcript | undefined;
  /** Fields that no type describes, as the server sent them. */
  readonly raw: SharedObject<Raw>;
}

/** What one message tells. A field that is absent (`undefined`) is unchanged. */
export interface RecordPatch {
  readonly serverState?: string | undefined;
  readonly direction?: string | undefined;
  readonly subType?: string | undefined;
  readonly userData?: object | undefined;
  readonly currentQueue?: string | undefined;
  readonly inQueues?: Queues | undefined;
  readonly outQueues?: Queues | undefined;
  readonly startDate?: number | undefined;
  readonly threadId?: string | undefined;
  readonly parentId?: string | undefined;
  readonly email?: EmailContent | undefined;
  /** The server's count of events. */
  readonly latestEventId?: number | undefined;
  /** Transcript events as the server sent them, unchecked, in any order. */
  readonly events?: readonly unknown[] | undefined;
  readonly raw?: Raw | undefined;
}

const nothing = new SharedObject<Record<string, never>>({});

/** A record of which nothing is known. */
export const emptyRecord: InteractionRecord = Object.freeze({
  transcript: undefined,
  userData: nothing,
  serverState: undefined,
  direction: undefined,
  subType: undefined,
  currentQueue: undefined,
  inQueues: undefined,
  outQueues: undefined,
  startDate: undefined,
  threadId: undefined,
  parentId: undefined,
  email: undefined,
  raw: nothing,
});

/**
 * Merges what a message tells into what is known. Pure; gives the same record when nothing changed.
 *
 * @param isBehind - the message is older than what is known, so that it only fills what is missing. A chat message
 *   is also recognised as older by its `latestEventId`.
 */
export function mergeRecord(
  record: InteractionRecord,
  known: RecordPatch,
  isBehind: boolean,
  report: Report,
): InteractionRecord {
  const fillsOnly = isBehind || isOlderTranscript(record, known);
  const now: InteractionRecord = {
    // First what changes with most messages: the comparison ends with the first part that has changed.
    transcript: mergeTranscript(record.transcript, known, report),
    userData: mergeUserData(record.userData, known.userData, fillsOnly, report),
    // States have an order of their own: an acceptance is news also when it comes after later events.
    serverState: mergeField(record.serverState, known.serverState, isBehind),
    direction: mergeField(record.direction, known.direction, fillsOnly),
    subType: mergeField(record.subType, known.subType, fillsOnly),
    currentQueue: mergeField(record.currentQueue, known.currentQueue, fillsOnly),
    inQueues: replaceQueues(record.inQueues, known.inQueues, fillsOnly),
    outQueues: replaceQueues(record.outQueues, known.outQueues, fillsOnly),
    startDate: mergeField(record.startDate, known.startDate, fillsOnly),
    threadId: mergeField(record.threadId, known.threadId, fillsOnly),
    parentId: mergeField(record.parentId, known.parentId, fillsOnly),
    email: mergeEntries(record.email, known.email, fillsOnly),
    raw: mergeEntries(record.raw, known.raw, fillsOnly)!,
  };
  for (const part in now) {
    if (now[part as keyof InteractionRecord] !== record[part as keyof InteractionRecord])
      return Object.freeze(now);
  }
  return record;
}

function mergeField<Part>(held: Part, told: Part | undefined, fillsOnly: boolean): Part {
  return told === undefined || (fillsOnly && held !== undefined) ? held : told;
}

/** Was this chat message made before the newest that is known? E-mail has no counter to tell by. */
export function isOlderTranscript(record: InteractionRecord, known: RecordPatch): boolean {
  return (
    known.latestEventId !== undefined &&
    record.transcript !== undefined &&
    known.latestEventId < record.transcript.latestEventId
  );
}

function mergeTranscript(
  held: Transcript | undefined,
  { events, latestEventId }: RecordPatch,
  report: Report,
): Transcript | undefined {
  if (events === undefined && latestEventId === undefined) return held;
  return (held ?? Transcript.empty).with(events ?? [], latestEventId, report);
}

function mergeUserData(
  held: SharedObject<UserData>,
  told: object | undefined,
  fillsOnly: boolean,
  report: Report,
): SharedObject<UserData> {
  if (told === undefined || (fillsOnly && held !== nothing) || held.equals(told)) return held;
  return held.replace(flatUserData(told, report));
}

/** Field by field: what is told replaces, what is not told stays. */
function mergeEntries<Shape extends object>(
  held: SharedObject<Shape> | undefined,
  told: Shape | undefined,
  fillsOnly: boolean,
): SharedObject<Shape> | undefined {
  if (told === undefined) return held;
  return held === undefined ? new SharedObject(told) : held.merge(told, fillsOnly);
}

/** As a whole: what is told replaces what was held. */
function replaceQueues(
  held: SharedObject<Queues> | undefined,
  told: Queues | undefined,
  fillsOnly: boolean,
): SharedObject<Queues> | undefined {
  if (told === undefined || (fillsOnly && held !== undefined)) return held;
  if (held !== undefined) return held.replace(told);
  // Most interactions come from the same queues: what many share is at hand when the next message is compared with it.
  if (!lastQueues.equals(told)) lastQueues = new SharedObject(told);
  return lastQueues;
}

let lastQueues = new SharedObject<Queues>({});
