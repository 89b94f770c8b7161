import type { JournalEvents, JournalWriter } from "./journal.ts";

/** What a desk does after it has reduced an event. */
export interface Phases {
  /** Carries out what follows: settles promises, sends requests, reads lists, connects. */
  readonly act: () => void;
  /** Whether there is anything to notify listeners of. */
  readonly hasNews: () => boolean;
  /** Notifies listeners of what there is, once each. */
  readonly notify: () => void;
  /** Goes on with the notifications later, because listeners kept changing the desk. */
  readonly goOnLater: () => void;
}

/** Rounds of notifications after one event before the rest waits for a timer; more means that listeners never rest. */
const maxRounds = 100;

/**
 * Lets one event after the other take effect: reduce, then act, then notify. Listeners are called last, so that they find
 * the desk in order. What they ask of the desk is reduced immediately; only what follows from it waits for the end of
 * the round.
 */
export class Round {
  readonly #journal: JournalWriter;
  readonly #phases: Phases;
  #isRunning = false;

  constructor(journal: JournalWriter, phases: Phases) {
    this.#journal = journal;
    this.#phases = phases;
  }

  /** Lets an event take effect. Returns what `reduce` returns. */
  run<Type extends keyof JournalEvents, Result>(
    type: Type,
    payload: JournalEvents[Type],
    reduce: () => Result,
  ): Result {
    const isOutermost = !this.#isRunning;
    this.#isRunning = true;
    this.#journal.enter(type, payload);
    try {
      const result = reduce();
      if (isOutermost) this.#finish();
      return result;
    } finally {
      this.#journal.leave();
      if (isOutermost) this.#isRunning = false;
    }
  }

  #finish(): void {
    const { act, hasNews, notify, goOnLater } = this.#phases;
    act();
    for (let rounds = 0; hasNews(); rounds++) {
      if (rounds === maxRounds) return goOnLater();
      this.#journal.enterNotification();
      notify();
      this.#journal.leave();
      act();
    }
  }
}
