import type { Clock } from "../domain/clock.ts";
import type { OperationOutcome, Unavailability } from "../domain/outcome.ts";
import type { PendingOperation } from "../domain/pending-operations.ts";
import type { ServerAnswer, OperationRequest } from "../domain/request.ts";
import type { LinkListener, Reading } from "./link.ts";
import { ListenerSet, type Observer, type Subscription } from "./readable-store.ts";

/**
 * What happens to a desk that it cannot know by itself, by name and with what is told: given the same of it in the same
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
  /** The server's list came in, or that it could not be read. */
  readonly list: readonly [reading: Reading];
  readonly answer: readonly [key: number, answer: ServerAnswer];

  /** The time of a timer was up; the name is unique while it is set. */
  readonly timer: readonly [name: string];
  /** An observer threw. */
  readonly listenerFailed: readonly [];
  /** Observers are about to be told of something; what they ask of the desk at once has this `depth` too. */
  readonly notifying: readonly [];
  /** An operation was settled: not a cause but a consequence. */
  readonly settled: readonly [key: number, outcome: OperationOutcome];
}

/** One thing that happens, at the moment when it takes effect. */
export type JournalEntry = {
  readonly [Type in keyof JournalEvents]: JournalMark & {
    readonly type: Type;
    readonly payload: JournalEvents[Type];
  };
}[keyof JournalEvents];

/** When and where something happens. */
export interface JournalMark {
  /** Milliseconds since the epoch, from the desk's clock; the same for all that one thing brings about. */
  readonly at: number;
  /** How many things are taking effect and being told of; above 0 when an observer, or the link at once, caused it. */
  readonly nesting: number;
  /** How often observers have been told since the outermost of them began. */
  readonly notificationIndex: number;
}

/** An operation that is under way. */
export interface JournaledOperation {
  readonly request: OperationRequest;
  /** Its own in the desk. */
  readonly key: number;
  /** What the server has answered; `sent` means nothing yet. */
  readonly phase: PendingOperation["phase"];
  /** How often it was sent; 0 while it is only about to be. */
  readonly sends: number;
  /** Does it wait to be sent again? */
  readonly isToRepeat: boolean | undefined;
  /** Is its time up, but the connection was not there to ask what became of it? */
  readonly isOverdue: boolean | undefined;
}

/** Everything that happens to a desk, for those who record it. */
export interface Journal {
  /** Calls the observer before each thing takes effect. What it throws is dropped: it is no part of what happens. */
  subscribe(observer: Observer<JournalEntry>): Subscription;
  /** The name of the dialect that the link speaks, where it says so. */
  readonly dialect: string | undefined;
  /** How many ended interactions the desk keeps. */
  readonly keepEnded: number;
  /** The present time by the desk's clock. */
  readonly now: () => number;
  /** Is nothing taking effect, and is no reading of the server's list under way or wanted? */
  readonly isQuiet: () => boolean;
  /** When the server's list was last asked for; `-Infinity` when it never was. */
  readonly lastRead: () => number;
  /** The operations that are under way. */
  readonly running: () => readonly JournaledOperation[];
  /** The interactions that were dismissed and are not to come back by a late notification. */
  readonly dismissedIds: () => Iterable<string>;
}

/** Has things take effect, one after the other or one within the other, and tells whoever keeps a journal. */
export interface Effects {
  /** Time stands still while something takes effect, so that it can be repeated. */
  readonly clock: Clock;
  readonly observers: ListenerSet<JournalEntry>;
  /** Is nothing taking effect? */
  readonly isIdle: () => boolean;
  /** Lets something take effect. */
  readonly take: <Type extends keyof JournalEvents, Result>(
    type: Type,
    told: JournalEvents[Type],
    effect: () => Result,
  ) => Result;
  /** Lets observers be told. */
  readonly telling: (notify: () => void) => void;
  /** Tells without an effect. */
  readonly tell: <Type extends keyof JournalEvents>(type: Type, told: JournalEvents[Type]) => void;
}

/** The effects of a desk. */
export function createEffects(clock: Clock): Effects {
  const observers = new ListenerSet<JournalEntry>(() => {});
  let depth = 0;
  let point = 0;
  let at: number | undefined;
  const now = (): number => (depth === 0 ? clock.now() : (at ??= clock.now()));

  const tell: Effects["tell"] = (type, told) => {
    if (observers.isEmpty) return;
    at = now();
    observers.notify({ type, payload: told, at, nesting: depth, notificationIndex: point } as JournalEntry);
  };

  const take: Effects["take"] = (type, told, effect) => {
    if (depth === 0) {
      point = 0;
      at = undefined;
    }
    tell(type, told);
    depth++;
    try {
      return effect();
    } finally {
      depth--;
    }
  };

  return {
    clock: {
      now,
      setTimeout: (run, ms, name = "") => clock.setTimeout(() => take("timer", [name], run), ms, name),
      clearTimeout: (timer) => clock.clearTimeout(timer),
    },
    observers,
    isIdle: () => depth === 0,
    take,
    telling: (notify) => {
      point++;
      depth++;
      tell("notifying", []);
      notify();
      depth--;
    },
    tell,
  };
}
