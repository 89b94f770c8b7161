import type { Anomaly, JournalEntry, StandardKinds } from "../index.ts";
import type { Dialect } from "../links/gws/index.ts";
import type { Checkpoint, Entry, Header } from "./format.ts";
import type { Milestone } from "./milestones.ts";
import { ReplayDesk } from "./replay-desk.ts";
import { takeCheckpoint } from "./take-checkpoint.ts";

/** Replays the entries of a recording, one after the other. */
export class Player {
  readonly replayed: ReplayDesk;
  readonly #entries: readonly Entry[];
  /** The index of the next entry. */
  #next = 0;

  constructor(header: Header, entries: readonly Entry[], dialect: Dialect, kinds?: StandardKinds) {
    this.#entries = entries;
    this.replayed = new ReplayDesk(header, dialect, kinds);
    this.replayed.desk.journal.subscribe((event) => this.#follow(event));
  }

  /** The number of entries that have been played. */
  get place(): number {
    return this.#next;
  }

  /** The entry that comes next; `undefined` when all have been played. */
  get next(): Entry | undefined {
    return this.#entries[this.#next];
  }

  /** The entry that was played last. */
  get last(): Entry | undefined {
    return this.#entries[this.#next - 1];
  }

  /** Begins at a place where another player has been. */
  async beginAt({ place, t, checkpoint, outcomes, differences, anomalies }: Milestone): Promise<void> {
    const { operations } = this.replayed;
    this.#next = place;
    await this.#restore(checkpoint, t, anomalies);
    operations.outcomes.push(...outcomes);
    operations.differences.push(...differences);
  }

  /** Returns what it takes to be here again; `undefined` while the desk reads the server's list. */
  milestone(): Milestone | undefined {
    const { last } = this;
    const { shown, operations, started, startedAt } = this.replayed;
    if (last === undefined || !shown.journal.isQuiet()) return undefined;
    const options = { started, startedAt, seqOf: operations.seqOf };
    return {
      place: this.#next,
      t: last.t,
      checkpoint: last.type === "checkpoint" ? last : takeCheckpoint(shown, options),
      outcomes: [...operations.outcomes],
      differences: [...operations.differences],
      anomalies: shown.anomalies.getSnapshot(),
    };
  }

  /** Plays one entry that no other entry caused, and all that happened within it. */
  async play(): Promise<void> {
    const { link, operations, startedAt } = this.replayed;
    const entry = this.#entries[this.#next++]!;
    link.now = startedAt + entry.t;
    if (this.next?.in !== undefined && "point" in this.next.in) await this.#playVersionOne(entry);
    else await this.#cause(entry);
    // What happened where no observer is notified, as within a link, comes last.
    for (let inner = this.next; inner?.in !== undefined; inner = this.next) {
      this.#next++;
      this.#apply(inner);
    }
    operations.compare();
  }

  /** Plays an entry of version 1 with what listeners did in the midst of it. */
  async #playVersionOne(entry: Entry): Promise<void> {
    const inner: Entry[] = [];
    for (; this.next?.in !== undefined; this.#next++) inner.push(this.next);
    const { VersionOnePlacement } = await import("./version-1-placement.ts");
    const placement = new VersionOnePlacement(inner, this.replayed, (one) => this.#apply(one));
    if (!(await placement.play(entry))) await this.#cause(entry);
    placement.finish();
  }

  /** Where listeners of the recorded desk did something, it is done again. */
  #follow({ type, notificationIndex, nesting }: JournalEntry): void {
    if (type !== "notifying") return;
    for (let { next } = this; next?.in !== undefined; next = this.next) {
      const isHere = !("point" in next.in) && next.in[0] === notificationIndex && next.in[1] === nesting;
      if (!isHere && next.type !== "outcome") return;
      this.#next++;
      this.#apply(next);
    }
  }

  /** Lets an entry happen that no other entry caused, and waits until the desk has received it. */
  async #cause(entry: Entry): Promise<void> {
    const { replayed } = this;
    switch (entry.type) {
      case "checkpoint":
        // Later ones describe a state that the desk has already.
        return this.#next === 1 ? this.#restore(entry, entry.t, []) : undefined;
      case "answer": {
        const operation = replayed.operations.get(entry.of);
        if (operation !== undefined && (await replayed.answer(operation, entry.answer))) return;
        return this.#differ(entry, "No operation was waiting for this answer.");
      }
      case "list":
        if (!(await replayed.read(replayed.readingOf(entry))))
          this.#differ(entry, "The desk was not waiting for the server's list.");
        return;
      case "connected":
      case "disconnected":
      case "stopped":
      case "anomaly":
      case "frame":
      case "facts":
        await replayed.connected();
        break;
      default:
    }
    this.#apply(entry);
  }

  /** Lets an entry happen, within another one or by itself. */
  #apply(entry: Entry): void {
    const { desk, dialect, link, operations } = this.replayed;
    const { listener } = link;
    switch (entry.type) {
      case "start":
        return this.replayed.start(entry.channels);
      case "stop":
        return void desk.stop();
      case "perform":
        return this.#perform(entry);
      case "dismiss":
        return this.#dismiss(entry);
      case "channel":
        return void desk.channel(entry.name);
      case "connected":
        return listener?.onConnected(entry);
      case "disconnected":
        return listener?.onDisconnected(entry.lossReason);
      case "stopped":
        return listener?.onStopped(entry.reason);
      case "anomaly":
        return listener?.onAnomaly(entry.anomaly);
      case "frame":
        return link.deliver(dialect.decode(entry.frame), entry.frame);
      case "facts":
        return link.deliver(entry);
      case "timer":
        return this.#timer(entry);
      case "listenerFailed":
        return this.replayed.throwInObserver();
      case "outcome":
        return operations.expect(entry);
      case "answer":
      case "list":
      case "checkpoint":
        // They take effect by themselves, never within another.
        return this.#differ(entry, "This cannot happen within another entry.");
    }
  }

  #perform({ seq, on, operation, parameters, notAllowed }: Extract<Entry, { type: "perform" }>): void {
    if (notAllowed !== undefined) {
      this.replayed.operations.outcomes.push({
        of: seq,
        operation,
        outcome: "NotAllowed",
        reason: notAllowed,
      });
    } else if (this.replayed.perform(on, operation, parameters, seq) === undefined) {
      this.#differ({ seq }, `${operation} could not be performed.`);
    }
  }

  #dismiss({ seq, id }: Extract<Entry, { type: "dismiss" }>): void {
    const { desk } = this.replayed;
    if (desk.interaction(id)?.dismiss() === true) return;
    // In a replay of version 1 the desk may have dropped it a moment earlier, to keep no more than `keepEnded`.
    const isGone = [...desk.journal.dismissedIds()].includes(id);
    if (!isGone) this.#differ({ seq }, "There was no such interaction.");
  }

  #timer({ seq, name, of }: Extract<Entry, { type: "timer" }>): void {
    const operation = of === undefined ? undefined : this.replayed.operations.get(of);
    const isFound = (of === undefined || operation !== undefined) && this.replayed.timer(name, operation);
    // A timer for reading the list may be from before a checkpoint, or superfluous; the reading itself is recorded.
    if (!isFound && name !== "retry" && name !== "pause") this.#differ({ seq }, "No such timer was set.");
  }

  async #restore(checkpoint: Checkpoint, t: number, anomalies: readonly Anomaly[]): Promise<void> {
    const { link, startedAt } = this.replayed;
    const { restore } = await import("./restore.ts");
    await restore(checkpoint, this.replayed);
    link.now = startedAt + t;
    this.replayed.operations.outcomes.length = 0;
    this.replayed.anomalies.restored(anomalies);
  }

  #differ(entry: { readonly seq: number }, message: string): void {
    this.replayed.operations.differ(entry, message);
  }
}
