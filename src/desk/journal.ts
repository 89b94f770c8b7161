import type { Clock } from "../domain/clock.ts";
import type { OperationOutcome, Unavailability } from "../domain/outcome.ts";
import type { RecordFields } from "../domain/record-field.ts";
import type { PendingOperation } from "../domain/pending-operations.ts";
import type { OperationRequest, ServerAnswer } from "../domain/request.ts";
import type { LinkListener, Reading } from "./link.ts";
import { ListenerSet, type Observer, type Subscription } from "./readable-store.ts";

/**
 * Events that a desk cannot derive by itself, by name and with their payload: given the same events in the same
 * order, a desk does the same. The first group is the agent's, the second the link's, the third the desk's own.
 */
export interface JournalEvents {
  readonly start: readonly [channels: readonly string[]];
  readonly stop: readonly [];
  /** An operation was performed; its key is its own. Or it was not allowed, and why. */
  readonly perform: readonly [request: OperationRequest, allowed: number | Unavailability];
  readonly dismiss: readonly [id: string];
  /** A channel was asked for of which nothing was known. */
  readonly channel: readonly [name: string];

  readonly connected: Readonly<Parameters<LinkListener["onConnected"]>>;
  readonly disconnected: Readonly<Parameters<LinkListener["onDisconnected"]>>;
  readonly stopped: Readonly<Parameters<LinkListener["onStopped"]>>;
  readonly anomaly: Readonly<Parameters<LinkListener["onAnomaly"]>>;
  readonly facts: Readonly<Parameters<LinkListener["onFacts"]>>;
  /** The server's list was read, or could not be. */
  readonly list: readonly [reading: Reading];
  readonly answer: readonly [key: number, answer: ServerAnswer];

  /** A timer ran; the name is unique while it is set. */
  readonly timer: readonly [name: string];
  /** A listener threw. */
  readonly listenerFailed: readonly [];
  /** Listeners are about to be notified; what they ask of the desk synchronously has this `notificationIndex` too. */
  readonly notifying: readonly [];
  /** An operation was settled: not a cause but a consequence. */
  readonly settled: readonly [key: number, outcome: OperationOutcome];
}

/** One event, at the moment when it takes effect. */
export type JournalEntry = {
  readonly [Type in keyof JournalEvents]: JournalMark & {
    readonly type: Type;
    readonly payload: JournalEvents[Type];
  };
}[keyof JournalEvents];

/** When and where something happens. */
export interface JournalMark {
  /** Milliseconds since the epoch, from the desk's clock; the same for all that one event brings about. */
  readonly at: number;
  /** Number of events and notifications in progress; above 0 when a listener, or the link synchronously, caused it. */
  readonly nesting: number;
  /** Number of rounds of notifications that have begun since the outermost event. */
  readonly notificationIndex: number;
}

/** A pending operation. */
export interface JournaledOperation {
  readonly request: OperationRequest;
  /** Its own in the desk. */
  readonly key: number;
  /** The answer of the server; `sent` means none yet. */
  readonly phase: PendingOperation["phase"];
  /** Number of times it was sent; 0 while it is only about to be. */
  readonly sends: number;
  /** Whether it waits to be sent again. */
  readonly isToRepeat: boolean | undefined;
  /** Whether its time is up, but there was no connection to ask what became of it. */
  readonly isOverdue: boolean | undefined;
}

/** Everything that happens to a desk, for recorders. */
export interface Journal {
  /** Calls the observer before each event takes effect. What it throws is dropped: it is no part of what happens. */
  subscribe(observer: Observer<JournalEntry>): Subscription;
  /** The name of the dialect that the link speaks, where the link names it. */
  readonly dialect: string | undefined;
  /** Number of ended interactions that the desk keeps. */
  readonly keepEnded: number;
  /** The fields of the desk's records, those of its kinds included: checkpoints and redaction follow from them. */
  readonly recordFields: RecordFields;
  /** Returns the present time by the desk's clock. */
  readonly now: () => number;
  /** Whether nothing is taking effect, and no reading of the server's list is pending or wanted. */
  readonly isQuiet: () => boolean;
  /** Returns when the server's list was last asked for; `-Infinity` when it never was. */
  readonly lastRead: () => number;
  /** Returns the pending operations. */
  readonly running: () => readonly JournaledOperation[];
  /** Returns the ids of interactions that were dismissed and must not come back by a late notification. */
  readonly dismissedIds: () => Iterable<string>;
}

/** A clock whose timers have names, so that a replay can run the same one again. */
export interface JournaledClock extends Clock {
  setTimeout(run: () => void, ms: number, name?: string): unknown;
}

/** Writes what happens, and keeps time still while it happens, so that it can be repeated. */
export class JournalWriter {
  readonly observers = new ListenerSet<JournalEntry>(() => {});
  readonly #clock: Clock;
  #nesting = 0;
  #notificationIndex = 0;
  #at: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether nothing is taking effect. */
  get isIdle(): boolean {
    return this.#nesting === 0;
  }

  /** Returns the present time; the same for all that one event brings about. */
  now(): number {
    return this.#nesting === 0 ? this.#clock.now() : (this.#at ??= this.#clock.now());
  }

  /** Writes an event without an effect. */
  append<Type extends keyof JournalEvents>(type: Type, payload: JournalEvents[Type]): void {
    if (this.observers.isEmpty) return;
    const at = (this.#at = this.now());
    const mark = { at, nesting: this.#nesting, notificationIndex: this.#notificationIndex };
    this.observers.notify({ type, payload, ...mark } as JournalEntry);
  }

  /** Writes an event whose effect begins now, and lasts until {@link leave}. */
  enter<Type extends keyof JournalEvents>(type: Type, payload: JournalEvents[Type]): void {
    if (this.#nesting === 0) {
      this.#notificationIndex = 0;
      this.#at = undefined;
    }
    this.append(type, payload);
    this.#nesting++;
  }

  /** Writes that listeners are notified from now on, until {@link leave}. */
  enterNotification(): void {
    this.#notificationIndex++;
    this.#nesting++;
    this.append("notifying", []);
  }

  leave(): void {
    this.#nesting--;
  }
}
