import type { DeskChange } from "./desk.ts";
import type { JournalEvents, JournalWriter } from "./journal.ts";
import { ListenerSet, type WatchedStore } from "./readable-store.ts";

/** The part of a store that a round needs. */
type Queued = Pick<WatchedStore<unknown>, "isEmpty" | "isQueued" | "update">;

/** Something of whose changes the listeners of the whole desk are notified. */
interface Changed {
  readonly change: DeskChange;
}

/** Parts of a desk that a round needs. */
interface RoundParts {
  readonly journal: JournalWriter;
  readonly changes: ListenerSet<DeskChange>;
  /** Begins to read the server's list, if that is wanted. Returns whether it did. */
  readonly readList: () => boolean;
  /** Continues with the notifications later, because listeners kept changing the desk. */
  readonly continueLater: () => void;
}

/** Rounds of notifications after one event before the rest waits for a timer; more means that listeners never rest. */
const maxRounds = 100;

/**
 * Lets one event after the other take effect: reduce, then act, then notify. Listeners are called last, so that they find
 * the desk in order. What they ask of the desk is reduced immediately; only what follows from it waits for the end of
 * the round.
 */
export class Round {
  readonly #parts: RoundParts;
  #actions: (() => void)[] = [];
  #deliveries: (() => void)[] = [];
  #interactions: Queued[] = [];
  #stores: Queued[] = [];
  /** One for each change, in their order. */
  #changes: Changed[] = [];

  constructor(parts: RoundParts) {
    this.#parts = parts;
  }

  /** Lets an event take effect. Returns what `reduce` returns. */
  run<Type extends keyof JournalEvents, Result>(
    type: Type,
    payload: JournalEvents[Type],
    reduce: () => Result,
  ): Result {
    const { journal } = this.#parts;
    const isOutermost = journal.isIdle;
    journal.enter(type, payload);
    try {
      const result = reduce();
      if (isOutermost) this.#finish();
      return result;
    } finally {
      journal.leave();
    }
  }

  /** Adds an action that follows from what was reduced, such as a request. */
  act(action: () => void): void {
    this.#actions.push(action);
  }

  /** Adds a call of an observer of charts. */
  deliver(call: () => void): void {
    this.#deliveries.push(call);
  }

  /** Adds the listeners of an interaction, which are notified before those of lists. */
  changedInteraction(store: Queued | undefined): void {
    enqueue(this.#interactions, store);
  }

  /** Adds the listeners of a list, a channel, the connection or the anomalies. */
  changed(store: Queued): void {
    enqueue(this.#stores, store);
  }

  /** Adds a change of which the listeners of the whole desk are notified. */
  change(entity: Changed): void {
    if (!this.#parts.changes.isEmpty) this.#changes.push(entity);
  }

  #finish(): void {
    const { journal, continueLater } = this.#parts;
    this.#act();
    for (let rounds = 0; this.#hasNews; rounds++) {
      if (rounds === maxRounds) return continueLater();
      journal.enterNotification();
      this.#notify();
      journal.leave();
      this.#act();
    }
  }

  #act(): void {
    do {
      const actions = this.#actions;
      if (actions.length > 0) this.#actions = [];
      for (const action of actions) action();
    } while (this.#actions.length > 0 || this.#parts.readList());
  }

  get #hasNews(): boolean {
    return (
      this.#interactions.length + this.#stores.length + this.#changes.length + this.#deliveries.length > 0
    );
  }

  /** Notifies the listeners of all that was added; what is added meanwhile waits for the next time. */
  #notify(): void {
    const [deliveries, interactions] = [this.#deliveries, this.#interactions];
    const [stores, changes] = [this.#stores, this.#changes];
    this.#deliveries = [];
    this.#interactions = [];
    this.#stores = [];
    this.#changes = [];
    for (const deliver of deliveries) deliver();
    for (const store of interactions.concat(stores)) {
      store.isQueued = false;
      store.update();
    }
    for (const { change } of changes) this.#parts.changes.emit(change);
  }
}

function enqueue(queue: Queued[], store: Queued | undefined): void {
  if (store === undefined || store.isQueued || store.isEmpty) return;
  store.isQueued = true;
  queue.push(store);
}
