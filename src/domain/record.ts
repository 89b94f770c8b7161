import type { Report } from "./anomaly.ts";
import { Transcript } from "./transcript.ts";
import { adoptUserData, isSameUserData, noUserData, type UserData } from "./user-data.ts";

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

/** What is known of one interaction. Immutable; a part that did not change keeps its reference. */
export interface InteractionRecord {
  /** The last state in the server's own spelling. */
  readonly serverState: string | undefined;
  /** `Inbound` in the recorded messages. */
  readonly direction: string | undefined;
  /** `InboundNew` in the recorded messages. */
  readonly subType: string | undefined;
  readonly userData: UserData;
  readonly currentQueue: string | undefined;
  readonly inQueues: Queues | undefined;
  readonly outQueues: Queues | undefined;
  /** When handling started; milliseconds since the epoch. */
  readonly startDate: number | undefined;
  readonly threadId: string | undefined;
  /** The interaction that this one answers. */
  readonly parentId: string | undefined;
  readonly email: EmailContent | undefined;
  readonly transcript: Transcript | undefined;
  /** Fields that no type describes, as the server sent them. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What one message tells. A field that is absent (`undefined`) is unchanged. */
export interface Known {
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
  readonly raw?: Readonly<Record<string, unknown>> | undefined;
}

const nothing = Object.freeze(Object.create(null) as Record<string, never>);

/** A record of which nothing is known. */
export const emptyRecord: InteractionRecord = Object.freeze({
  serverState: undefined,
  direction: undefined,
  subType: undefined,
  userData: noUserData,
  currentQueue: undefined,
  inQueues: undefined,
  outQueues: undefined,
  startDate: undefined,
  threadId: undefined,
  parentId: undefined,
  email: undefined,
  transcript: undefined,
  raw: nothing,
});

/**
 * Merges what a message tells into what is known. Pure; gives the same record when nothing changed.
 *
 * @param isBehind - the message is older than what is known, so that it only fills what is missing. A chat message
 *   is also recognised as older by its `latestEventId`.
 */
export function remember(
  record: InteractionRecord,
  known: Known,
  isBehind: boolean,
  report: Report,
): InteractionRecord {
  const transcript =
    known.events === undefined && known.latestEventId === undefined
      ? record.transcript
      : (record.transcript ?? Transcript.empty).with(known.events ?? [], known.latestEventId, report);
  const fillsOnly = isBehind || isOlderTranscript(record, known);
  const pick = <Value>(held: Value, told: Value | undefined): Value =>
    told === undefined || (fillsOnly && held !== undefined) ? held : told;

  const userData = mergeUserData(record.userData, known.userData, fillsOnly, report);
  const email = mergeEntries(record.email, known.email, fillsOnly);
  const inQueues = replaceEntries(record.inQueues, known.inQueues, fillsOnly);
  const outQueues = replaceEntries(record.outQueues, known.outQueues, fillsOnly);
  const raw = mergeEntries(record.raw, known.raw, fillsOnly) ?? nothing;
  const serverState = pick(record.serverState, known.serverState);
  const direction = pick(record.direction, known.direction);
  const subType = pick(record.subType, known.subType);
  const currentQueue = pick(record.currentQueue, known.currentQueue);
  const startDate = pick(record.startDate, known.startDate);
  const threadId = pick(record.threadId, known.threadId);
  const parentId = pick(record.parentId, known.parentId);
  if (
    transcript === record.transcript &&
    userData === record.userData &&
    email === record.email &&
    inQueues === record.inQueues &&
    outQueues === record.outQueues &&
    raw === record.raw &&
    serverState === record.serverState &&
    direction === record.direction &&
    subType === record.subType &&
    currentQueue === record.currentQueue &&
    startDate === record.startDate &&
    threadId === record.threadId &&
    parentId === record.parentId
  ) {
    return record;
  }
  return Object.freeze({
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
    transcript,
    raw,
  });
}

/** Was this chat message made before the newest that is known? E-mail has no counter to tell by. */
export function isOlderTranscript(record: InteractionRecord, known: Known): boolean {
  return (
    known.latestEventId !== undefined &&
    record.transcript !== undefined &&
    known.latestEventId < record.transcript.latestEventId
  );
}

function mergeUserData(
  held: UserData,
  told: object | undefined,
  fillsOnly: boolean,
  report: Report,
): UserData {
  if (told === undefined || (fillsOnly && held !== noUserData) || isSameUserData(held, told)) return held;
  const adopted = adoptUserData(told, report);
  // Left-out values make what was told differ from what is held although nothing changed.
  return isSameUserData(held, adopted) ? held : adopted;
}

/** Field by field: what is told replaces, what is not told stays. */
function mergeEntries<Entries extends object>(
  held: Entries | undefined,
  told: Entries | undefined,
  fillsOnly: boolean,
): Entries | undefined {
  if (told === undefined) return held;
  if (held === undefined) return freeze(told);
  for (const key in told) {
    if (told[key] === held[key] || (fillsOnly && held[key] !== undefined)) continue;
    return freeze(fillsOnly ? { ...told, ...held } : { ...held, ...told });
  }
  return held;
}

/** As a whole: what is told replaces what was held. */
function replaceEntries(
  held: Queues | undefined,
  told: Queues | undefined,
  fillsOnly: boolean,
): Queues | undefined {
  if (told === undefined || (fillsOnly && held !== undefined)) return held;
  if (held !== undefined && isSameEntries(held, told)) return held;
  return freeze(told);
}

function isSameEntries(held: Queues, told: Queues): boolean {
  let count = 0;
  for (const key in held) {
    if (held[key] !== told[key]) return false;
    count++;
  }
  return count === Object.keys(told).length;
}

/** A frozen copy without a prototype; see `adoptUserData` for why it is made in this way. */
function freeze<Entries extends object>(entries: Entries): Entries {
  const copy = { ...entries };
  Object.setPrototypeOf(copy, null);
  return Object.freeze(copy);
}
