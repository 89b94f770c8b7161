import { describe, type Report } from "./anomaly.ts";

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
export const mostEvents = 200_000;

const longList = 256;

/**
 * The events of a chat, keyed and sorted by event id: any order, repeats and overlaps of deliveries give the same
 * transcript. Immutable; an older transcript keeps showing what it showed.
 */
export class Transcript {
  /** The highest event id that the server named or that is held; 0 when there is none. */
  readonly latestEventId: number;
  /** How many events are held. */
  readonly length: number;
  /**
   * Appending must not cost more on a long chat, so transcripts of one chat share this list; each looks at its
   * first `length` entries only, and only the newest may append.
   */
  readonly #shared: TranscriptEvent[];
  // Kept here, so that taking in what comes next does not look at the events that came before.
  /** The id of the first event; 1 when there is none. */
  readonly #first: number;
  /** Ids from the first event up to this one are held without a hole; 0 when there is none. */
  readonly #runEnd: number;
  /** The id of the last event; -1 when there is none. */
  readonly #last: number;
  #events: readonly TranscriptEvent[] | undefined;
  #gaps: readonly Gap[] | undefined;
  #parties: readonly Party[] | undefined;

  private constructor(latestEventId: number, { shared, length, first, runEnd, last }: Held) {
    this.latestEventId = latestEventId;
    this.#shared = shared;
    this.length = length;
    this.#first = first;
    this.#runEnd = runEnd;
    this.#last = last;
  }

  /** A transcript without events. */
  // `new this`: for the class's own name TypeScript 7.0 emits one that is not set yet at this point.
  static readonly empty = new this(0, { shared: [], length: 0, first: 1, runEnd: 0, last: -1 });

  /** The events, sorted by id. The same list on each call. */
  get events(): readonly TranscriptEvent[] {
    return (this.#events ??= Object.freeze(this.#shared.slice(0, this.length)));
  }

  /** The holes below `latestEventId`; empty when the transcript is whole. */
  get gaps(): readonly Gap[] {
    return (this.#gaps ??= Object.freeze(this.#findGaps()));
  }

  /** Is every event up to `latestEventId` held? */
  get isWhole(): boolean {
    return this.#runEnd === this.latestEventId && this.#first <= 1;
  }

  /** Who took part, in the order of joining, with who is still here and who is typing. */
  get parties(): readonly Party[] {
    return (this.#parties ??= Object.freeze(findParties(this.events)));
  }

  /** The events with an id above this one. */
  after(id: number): readonly TranscriptEvent[] {
    return this.#shared.slice(this.#position(id + 1), this.length);
  }

  /**
   * This transcript with the events of a delivery. Gives the same transcript when the delivery brings nothing new.
   * A full list that is sent again costs one look at each id.
   *
   * @param incoming - what the server sent as events, unchecked.
   * @param latestEventId - the server's count, where it sent one.
   */
  with(incoming: readonly unknown[], latestEventId: number | undefined, report: Report): Transcript {
    if (this.#isRepeat(incoming, latestEventId)) return this;
    let fresh: TranscriptEvent[] | undefined;
    for (const candidate of incoming) {
      const id = (candidate as { id?: unknown } | null)?.id;
      if (typeof id === "number" && id <= this.#runEnd && id >= this.#first && Number.isInteger(id)) continue;
      const event = adoptEvent(candidate, report);
      if (event === undefined || this.#holds(event.id)) continue;
      (fresh ??= []).push(event);
    }
    const latest = Math.max(latestEventId ?? 0, this.latestEventId);
    return fresh === undefined ? this.#counted(latest) : this.#withFresh(fresh, latest, report);
  }

  /**
   * A long list that holds as many events as the server counts, all of which are held, is taken for the same list without
   * a look at each event: a chat that grows is sent whole again with each of its events.
   */
  #isRepeat(incoming: readonly unknown[], latestEventId: number | undefined): boolean {
    return (
      incoming.length >= longList &&
      incoming.length === latestEventId &&
      latestEventId <= this.#runEnd &&
      this.#first <= 1
    );
  }

  /** What `JSON.stringify` writes. */
  toJSON(): object {
    return { latestEventId: this.latestEventId, events: this.events, gaps: this.gaps };
  }

  #counted(latest: number): Transcript {
    if (latest === this.latestEventId) return this;
    return new Transcript(latest, {
      shared: this.#shared,
      length: this.length,
      first: this.#first,
      runEnd: this.#runEnd,
      last: this.#last,
    });
  }

  #withFresh(fresh: TranscriptEvent[], latest: number, report: Report): Transcript {
    if (fresh.length > 1) fresh.sort((a, b) => a.id - b.id);
    // Events that are cut were counted all the same, so that they show as a gap.
    const highest = Math.max(latest, fresh.at(-1)!.id);
    const taken: TranscriptEvent[] = [];
    for (const event of fresh) {
      if (taken.at(-1)?.id === event.id) continue;
      if (this.length + taken.length >= mostEvents) {
        report({
          code: "too-large",
          message: `A transcript has more than ${mostEvents} events; the rest was cut.`,
        });
        break;
      }
      taken.push(event);
    }
    if (taken.length === 0) return this.#counted(highest);
    const isNewest = this.#shared.length === this.length;
    const isAfter = taken[0]!.id > this.#last && isNewest && this.length > 0;
    return new Transcript(highest, isAfter ? this.#append(taken) : this.#merge(taken));
  }

  #append(taken: readonly TranscriptEvent[]): Held {
    const shared = this.#shared;
    for (const event of taken) shared.push(event);
    return {
      shared,
      length: shared.length,
      first: this.#first,
      runEnd: this.#runEnd === this.#last ? endOfRun(taken, 0, this.#runEnd) : this.#runEnd,
      last: taken.at(-1)!.id,
    };
  }

  #merge(taken: readonly TranscriptEvent[]): Held {
    const shared = mergeSorted(this.#shared, this.length, taken);
    const first = shared[0]!.id;
    // The run goes on from where it ended, unless the transcript now begins earlier.
    const known = this.length > 0 && first === this.#first ? this.#runEnd : first;
    return {
      shared,
      length: shared.length,
      first,
      runEnd: endOfRun(shared, positionOf(shared, shared.length, known) + 1, known),
      last: shared.at(-1)!.id,
    };
  }

  #holds(id: number): boolean {
    if (id > this.#last) return false;
    const position = this.#position(id);
    return position < this.length && this.#shared[position]!.id === id;
  }

  /** Where the first event with at least this id stands. */
  #position(id: number): number {
    return positionOf(this.#shared, this.length, id);
  }

  #findGaps(): Gap[] {
    if (this.isWhole) return [];
    const gaps: Gap[] = [];
    let expected = 1;
    for (let index = 0; index < this.length; index++) {
      const id = this.#shared[index]!.id;
      if (id > expected) gaps.push({ from: expected, to: id - 1 });
      expected = Math.max(expected, id + 1);
    }
    if (expected <= this.latestEventId) gaps.push({ from: expected, to: this.latestEventId });
    return gaps;
  }
}

/** The events of a transcript, and what is known of their ids. */
interface Held {
  readonly shared: TranscriptEvent[];
  readonly length: number;
  readonly first: number;
  readonly runEnd: number;
  readonly last: number;
}

function positionOf(events: readonly TranscriptEvent[], length: number, id: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]!.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How far the ids go on without a hole after `end`, looking from this place on. */
function endOfRun(events: readonly TranscriptEvent[], from: number, end: number): number {
  let last = end;
  for (let index = from; events[index]?.id === last + 1; index++) last++;
  return last;
}

function mergeSorted(held: readonly TranscriptEvent[], length: number, fresh: readonly TranscriptEvent[]) {
  const merged: TranscriptEvent[] = [];
  let next = 0;
  for (let index = 0; index < length; index++) {
    const event = held[index]!;
    while (next < fresh.length && fresh[next]!.id < event.id) merged.push(fresh[next++]!);
    merged.push(event);
  }
  while (next < fresh.length) merged.push(fresh[next++]!);
  return merged;
}

/** Checks one event; an event without a usable id cannot be placed and is left out, with a report. */
function adoptEvent(candidate: unknown, report: Report): TranscriptEvent | undefined {
  if (typeof candidate !== "object" || candidate === null) {
    report({ code: "bad-field", message: `A transcript event is ${describe(candidate)}; it was left out.` });
    return undefined;
  }
  const { id, messageType, userId, userType, nickName, visibility, noticeType, text } = candidate as {
    [Field in keyof TranscriptEvent]?: unknown;
  };
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 0) {
    report({
      code: "bad-field",
      message: `The id of a transcript event is ${describe(id)}; the event was left out.`,
    });
    return undefined;
  }
  const event: { -readonly [Field in keyof TranscriptEvent]: TranscriptEvent[Field] } = {
    id,
    messageType: typeof messageType === "string" ? messageType : "",
  };
  if (event.messageType === "") {
    report({ code: "bad-field", message: "A transcript event has no messageType; it was kept without one." });
  }
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
  if (typeof value === "string") return true;
  if (value !== undefined && value !== null) {
    report({
      code: "bad-field",
      message: `"${field}" of a transcript event is ${describe(value)}; it was left out.`,
    });
  }
  return false;
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
