import { isObject, reportInvalidField, type Report } from "../../domain/anomaly.ts";
import { lowerBound } from "../../domain/arrays.ts";
import { redact, type Redactable } from "../../domain/record-field.ts";

/**
 * One event of a chat, in the server's spelling (recorded: chat-accepted, chat-properties-changed).
 * `messageType` is `PARTY_JOINED`, `PARTY_LEFT` or `NOTICE` in the recorded messages; text messages were not
 * recorded for 8.5.1 and are assumed to be `MESSAGE` with `text`. Text is plain text from strangers: escape it.
 */
export interface TranscriptEvent {
  /** Unique in the session, counted by the server from 1. */
  readonly id: number;
  readonly messageType: string;
  readonly userId?: string;
  /** `Client` or `Agent` in the recorded messages; only with `PARTY_JOINED`. */
  readonly userType?: string;
  readonly nickName?: string;
  /** `All` in the recorded messages. */
  readonly visibility?: string;
  /** `TypingStarted` or `TypingStopped` in the recorded messages; only with `NOTICE`. */
  readonly noticeType?: string;
  readonly text?: string;
}

/** Events that the server counted and the transcript does not hold, both ends included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A person who takes or took part in a chat. */
export interface Party {
  readonly userId: string;
  readonly nickName: string | undefined;
  readonly userType: string | undefined;
  /** Whether they have not left. */
  readonly isPresent: boolean;
  readonly isTyping: boolean;
}

/** The maximum number of events in one transcript; further events are cut, with a `too-large` anomaly. */
export const maxEvents = 200_000;

const longList = 256;

/**
 * The events of a chat, keyed and sorted by event id: any order, repeats and overlaps of deliveries give the same
 * transcript. Immutable; an older transcript keeps showing what it showed.
 */
export class Transcript implements Redactable {
  /** The highest event id that the server named or that is held; 0 when there is none. */
  readonly latestEventId: number;
  readonly #held: Held;
  #events: readonly TranscriptEvent[] | undefined;
  #gaps: readonly Gap[] | undefined;
  #parties: readonly Party[] | undefined;

  private constructor(latestEventId: number, held: Held) {
    this.latestEventId = latestEventId;
    this.#held = held;
  }

  /** A transcript without events. */
  // `new this`: for the class's own name TypeScript 7.0 emits one that is not set yet at this point.
  static readonly empty = new this(0, { shared: [], length: 0, first: 1, runEnd: 0, last: -1 });

  /** The number of events that are held. */
  get length(): number {
    return this.#held.length;
  }

  /** The events, sorted by id. The same list on each call. */
  get events(): readonly TranscriptEvent[] {
    return (this.#events ??= Object.freeze(this.after(-1)));
  }

  /** The holes below `latestEventId`; empty when the transcript is whole. */
  get gaps(): readonly Gap[] {
    return (this.#gaps ??= Object.freeze(this.isWhole ? [] : findGaps(this)));
  }

  /** Whether every event up to `latestEventId` is held. */
  get isWhole(): boolean {
    const { first, runEnd } = this.#held;
    return runEnd === this.latestEventId && first <= 1;
  }

  /** The parties in the order of joining, with who is still present and who is typing. */
  get parties(): readonly Party[] {
    return (this.#parties ??= Object.freeze(findParties(this.events)));
  }

  /** Returns the events with an id above this one. */
  after(id: number): readonly TranscriptEvent[] {
    const { shared, length } = this.#held;
    return shared.slice(positionOf(shared, length, id + 1), length);
  }

  /**
   * Returns this transcript with the events of a delivery; the same transcript when the delivery brings nothing new.
   * A full list that is sent again costs one look at each id.
   *
   * @param incoming - what the server sent as events, unchecked.
   * @param latestEventId - the server's count, where it sent one.
   */
  with(incoming: readonly unknown[], latestEventId: number | undefined, report: Report): Transcript {
    const { first, runEnd } = this.#held;
    // A long list that holds as many events as the server counts, all of which are held, is taken for the same list
    // without a look at each event: a chat that grows is sent whole again with each of its events.
    const isLong = incoming.length >= longList && incoming.length === latestEventId;
    if (isLong && latestEventId <= runEnd && first <= 1) return this;
    const fresh: TranscriptEvent[] = [];
    for (const candidate of incoming) {
      const id = (candidate as { id?: unknown } | null)?.id;
      if (typeof id === "number" && id <= runEnd && id >= first && Number.isInteger(id)) continue;
      const event = adoptEvent(candidate, report);
      if (event !== undefined && !holds(this.#held, event.id)) fresh.push(event);
    }
    const latest = Math.max(latestEventId ?? 0, this.latestEventId);
    const unique = fresh.length > 1 ? sortedOnce(fresh) : fresh;
    if (unique.length === 0) return this.#counted(latest);
    // The server counts the events that are cut, too, so that they show as a gap.
    const highest = Math.max(latest, unique.at(-1)!.id);
    const room = maxEvents - this.length;
    if (unique.length > room) {
      report({
        code: "too-large",
        message: `A transcript has more than ${maxEvents} events; the rest was cut.`,
      });
      unique.length = room;
    }
    return room === 0 ? this.#counted(highest) : new Transcript(highest, merge(this.#held, unique));
  }

  /**
   * This transcript, after `events` and `gaps` became fields of its own, which `structuredClone` copies. Snapshots need
   * them and defining them takes as long as merging an event, so a transcript that no snapshot shows has none.
   */
  get shown(): this {
    if (Object.hasOwn(this, "events")) return this;
    // Two calls take half as long as one of `defineProperties`.
    Object.defineProperty(this, "events", ownEvents);
    return Object.defineProperty(this, "gaps", ownGaps);
  }

  /** Shows the ids of events and the gaps, and masks what people wrote. */
  [redact](mask: (value: unknown) => unknown): object {
    const { latestEventId, gaps, events } = this;
    const masked = events.map(({ id, ...written }) => ({ id, ...(mask(written) as object) }));
    return { latestEventId, gaps, events: masked };
  }

  /** Returns what `JSON.stringify` writes. */
  toJSON(): object {
    const { latestEventId, events, gaps } = this;
    return { latestEventId, events, gaps };
  }

  #counted(latest: number): Transcript {
    return latest === this.latestEventId ? this : new Transcript(latest, this.#held);
  }
}

const { events, gaps } = Object.getOwnPropertyDescriptors(Transcript.prototype);
const ownEvents = { ...events, enumerable: true };
const ownGaps = { ...gaps, enumerable: true };

// Vue wraps objects in proxies, which fail on private fields, unless the objects have this mark. Transcripts that cannot
// be extended would do as well, but would make merging a fifth slower.
Object.defineProperty(Transcript.prototype, "__v_skip", { value: true });

/** The events of a transcript, and what is known of their ids, so that merging does not have to look at all of them. */
interface Held {
  /**
   * Appending must not cost more on a long chat, so transcripts of one chat share this list; each looks at its
   * first `length` entries only, and only the newest may append.
   */
  readonly shared: TranscriptEvent[];
  readonly length: number;
  /** The id of the first event; 1 when there is none. */
  readonly first: number;
  /** Ids from the first event up to this one are held without a hole; 0 when there is none. */
  readonly runEnd: number;
  /** The id of the last event; -1 when there is none. */
  readonly last: number;
}

function merge(held: Held, taken: readonly TranscriptEvent[]): Held {
  let { shared, first, runEnd } = held;
  let next = held.length;
  if (next > 0 && next === shared.length && taken[0]!.id > held.last) {
    for (const event of taken) shared.push(event);
    if (runEnd < held.last) next = shared.length;
  } else {
    shared = shared.slice(0, next).concat(taken).sort(byId);
    // The run goes on from where it ended, unless the transcript now begins earlier.
    if (next === 0 || shared[0]!.id < first) runEnd = first = shared[0]!.id;
    next = positionOf(shared, shared.length, runEnd + 1);
  }
  while (shared[next++]?.id === runEnd + 1) runEnd++;
  return { shared, length: shared.length, first, runEnd, last: shared.at(-1)!.id };
}

function holds({ shared, length, last }: Held, id: number): boolean {
  return id <= last && shared[positionOf(shared, length, id)]?.id === id;
}

/** Returns the index of the first event with at least this id. */
function positionOf(events: readonly TranscriptEvent[], length: number, id: number): number {
  return lowerBound(length, (index) => events[index]!.id >= id);
}

function byId(one: TranscriptEvent, other: TranscriptEvent): number {
  return one.id - other.id;
}

/** Returns the events by id, without repeats. */
function sortedOnce(events: TranscriptEvent[]): TranscriptEvent[] {
  return events.sort(byId).filter(({ id }, index, all) => id !== all[index - 1]?.id);
}

/** Checks one event; an event without a usable id cannot be placed and is left out, with a report. */
function adoptEvent(candidate: unknown, report: Report): TranscriptEvent | undefined {
  if (!isObject(candidate)) return reportInvalidField("A transcript event", candidate, report);
  const { id, messageType, userId, userType, nickName, visibility, noticeType, text } = candidate as {
    [Field in keyof TranscriptEvent]?: unknown;
  };
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 0) {
    return reportInvalidField("A transcript event, whose id", id, report);
  }
  const event: { -readonly [Field in keyof TranscriptEvent]: TranscriptEvent[Field] } = {
    id,
    messageType: typeof messageType === "string" ? messageType : "",
  };
  if (event.messageType === "")
    reportInvalidField("The messageType of a transcript event", messageType, report);
  // Field by field, because a loop over names takes twice as long.
  if (isText(userId, "userId", report)) event.userId = userId;
  if (isText(userType, "userType", report)) event.userType = userType;
  if (isText(nickName, "nickName", report)) event.nickName = nickName;
  if (isText(visibility, "visibility", report)) event.visibility = visibility;
  if (isText(noticeType, "noticeType", report)) event.noticeType = noticeType;
  if (isText(text, "text", report)) event.text = text;
  return Object.freeze(event);
}

function isText(value: unknown, field: keyof TranscriptEvent, report: Report): value is string {
  const isString = typeof value === "string";
  if (!isString && value !== undefined && value !== null)
    reportInvalidField(`"${field}" of a transcript event`, value, report);
  return isString;
}

function findGaps({ events, latestEventId }: Transcript): Gap[] {
  const gaps: Gap[] = [];
  let from = 1;
  for (const { id } of [...events, { id: latestEventId + 1 }]) {
    if (id > from) gaps.push({ from, to: id - 1 });
    from = Math.max(from, id + 1);
  }
  return gaps;
}

function findParties(events: readonly TranscriptEvent[]): Party[] {
  const parties = new Map<string, Party>();
  for (const { messageType, noticeType, userId, nickName, userType } of events) {
    if (userId === undefined) continue;
    const party = parties.get(userId);
    const hasLeft = messageType === "PARTY_LEFT";
    const hasTyped =
      noticeType === "TypingStarted" || noticeType === "TypingStopped" || messageType === "MESSAGE";
    if (messageType === "PARTY_JOINED") {
      parties.set(userId, { userId, nickName, userType, isPresent: true, isTyping: false });
    } else if (party !== undefined && (hasLeft || hasTyped)) {
      const isTyping = noticeType === "TypingStarted" && !hasLeft;
      parties.set(userId, { ...party, isPresent: party.isPresent && !hasLeft, isTyping });
    }
  }
  return [...parties.values()];
}
