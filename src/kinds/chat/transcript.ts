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

/** Somebody who takes or took part in a chat. */
export interface Party {
  readonly userId: string;
  readonly nickName: string | undefined;
  readonly userType: string | undefined;
  /** Has not left. */
  readonly isPresent: boolean;
  readonly isTyping: boolean;
}

/** More events than this in one transcript are not taken, with a `too-large` anomaly. */
export const maxEvents = 200_000;

const longList = 256;

/**
 * The events of a chat, keyed and sorted by event id: any order, repeats and overlaps of deliveries give the same
 * transcript. Immutable; an older transcript keeps showing what it showed.
 */
export class Transcript implements Redactable {
  /** The highest event id that the server named or that is held; 0 when there is none. */
  readonly latestEventId: number;
  /** How many events are held. */
  readonly length: number;
  readonly #held: Held;
  #events: readonly TranscriptEvent[] | undefined;
  #gaps: readonly Gap[] | undefined;
  #parties: readonly Party[] | undefined;

  private constructor(latestEventId: number, held: Held) {
    this.latestEventId = latestEventId;
    this.length = held.length;
    this.#held = held;
  }

  /** A transcript without events. */
  // `new this`: for the class's own name TypeScript 7.0 emits one that is not set yet at this point.
  static readonly empty = new this(0, { shared: [], length: 0, first: 1, runEnd: 0, last: -1 });

  /** The events, sorted by id. The same list on each call. */
  get events(): readonly TranscriptEvent[] {
    return (this.#events ??= Object.freeze(this.after(-1)));
  }

  /** The holes below `latestEventId`; empty when the transcript is whole. */
  get gaps(): readonly Gap[] {
    return (this.#gaps ??= Object.freeze(this.#findGaps()));
  }

  /** Is every event up to `latestEventId` held? */
  get isWhole(): boolean {
    const { first, runEnd } = this.#held;
    return runEnd === this.latestEventId && first <= 1;
  }

  /** Who took part, in the order of joining, with who is still here and who is typing. */
  get parties(): readonly Party[] {
    return (this.#parties ??= Object.freeze(findParties(this.events)));
  }

  /** The events with an id above this one. */
  after(id: number): readonly TranscriptEvent[] {
    return this.#held.shared.slice(positionOf(this.#held.shared, this.length, id + 1), this.length);
  }

  /**
   * This transcript with the events of a delivery. Gives the same transcript when the delivery brings nothing new.
   * A full list that is sent again costs one look at each id.
   *
   * @param incoming - what the server sent as events, unchecked.
   * @param latestEventId - the server's count, where it sent one.
   */
  with(incoming: readonly unknown[], latestEventId: number | undefined, report: Report): Transcript {
    const { first, runEnd } = this.#held;
    // A long list that holds as many events as the server counts, all of which are held, is taken for the same list without
    // a look at each event: a chat that grows is sent whole again with each of its events.
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
    if (fresh.length === 0) return this.#counted(latest);
    if (fresh.length > 1) fresh.sort(byId);
    return this.#withFresh(fresh, latest, report);
  }

  /** Shows the ids of events and the gaps, and masks what was said. */
  [redact](mask: (value: unknown) => unknown): object {
    const { latestEventId, gaps, events } = this;
    return {
      latestEventId,
      gaps,
      events: events.map(({ id, ...said }) => ({ id, ...(mask(said) as object) })),
    };
  }

  /** Returns what `JSON.stringify` writes. */
  toJSON(): object {
    return { latestEventId: this.latestEventId, events: this.events, gaps: this.gaps };
  }

  #counted(latest: number): Transcript {
    return latest === this.latestEventId ? this : new Transcript(latest, this.#held);
  }

  #withFresh(fresh: readonly TranscriptEvent[], latest: number, report: Report): Transcript {
    // Events that are cut were counted all the same, so that they show as a gap.
    const highest = Math.max(latest, fresh.at(-1)!.id);
    const taken: TranscriptEvent[] = [];
    for (const event of fresh) {
      if (taken.at(-1)?.id === event.id) continue;
      if (this.length + taken.length >= maxEvents) {
        const message = `A transcript has more than ${maxEvents} events; the rest was cut.`;
        report({ code: "too-large", message });
        break;
      }
      taken.push(event);
    }
    if (taken.length === 0) return this.#counted(highest);
    return new Transcript(highest, merge(this.#held, taken));
  }

  #findGaps(): Gap[] {
    const gaps: Gap[] = [];
    let expected = 1;
    const expect = (id: number) => {
      if (id > expected) gaps.push({ from: expected, to: id - 1 });
      expected = Math.max(expected, id + 1);
    };
    if (this.isWhole) return gaps;
    for (const { id } of this.events) expect(id);
    expect(this.latestEventId + 1);
    return gaps;
  }
}

// Vue wraps objects in proxies, which private fields do not bear, unless they have this mark. To make each transcript one
// that cannot be extended would do as well, and slow the taking in of messages by a fifth.
Object.defineProperty(Transcript.prototype, "__v_skip", { value: true });

/** The events of a transcript, and what is known of their ids, so that taking in what comes next looks at none before. */
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

/** Where the first event with at least this id stands. */
function positionOf(events: readonly TranscriptEvent[], length: number, id: number): number {
  return lowerBound(length, (index) => events[index]!.id >= id);
}

function byId(one: TranscriptEvent, other: TranscriptEvent): number {
  return one.id - other.id;
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

function findParties(events: readonly TranscriptEvent[]): Party[] {
  const parties = new Map<string, Party>();
  for (const { messageType, noticeType, userId, nickName, userType } of events) {
    if (userId === undefined) continue;
    const party = parties.get(userId);
    if (messageType === "PARTY_JOINED") {
      parties.set(userId, { userId, nickName, userType, isPresent: true, isTyping: false });
    } else if (party === undefined) continue;
    else if (messageType === "PARTY_LEFT")
      parties.set(userId, { ...party, isPresent: false, isTyping: false });
    else if (noticeType === "TypingStarted") parties.set(userId, { ...party, isTyping: true });
    else if (noticeType === "TypingStopped" || messageType === "MESSAGE")
      parties.set(userId, { ...party, isTyping: false });
  }
  return [...parties.values()];
}
