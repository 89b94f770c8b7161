import {
  createDesk,
  type Anomaly,
  type Desk,
  type JournalEntry,
  type Reading,
  type StandardKinds,
} from "../index.ts";
import type { Dialect } from "../links/gws/index.ts";
import { ReplayLink } from "../links/recorded/replay-link.ts";
import { CountedAnomalies } from "./counted-anomalies.ts";
import type { Checkpoint, Entry, EntryShapes, Header, Subject } from "./format.ts";
import type { Milestone } from "./milestones.ts";
import { readingOf } from "./recorded-list.ts";
import { ReplayedOperations, type RecordedOperation } from "./replayed-operations.ts";
import { takeCheckpoint } from "./take-checkpoint.ts";

/** More turns than any answer takes to get from the link to the desk. */
const maxTurns = 100;

/** Replays the entries of a recording in a desk, one after the other. */
export class Player {
  /** The desk for observers: it belongs to the recording, so starting, stopping and retaining it does nothing. */
  readonly desk: Desk;
  readonly operations = new ReplayedOperations();
  readonly #desk: Desk;
  readonly #anomalies: CountedAnomalies;
  readonly #entries: readonly Entry[];
  readonly #startedAt: number;
  readonly #dialect: Dialect;
  readonly #link: ReplayLink;
  /** The index of the next entry. */
  #next = 0;
  #hasCheckpoint = false;
  /** The channels that the desk was last started with. */
  #started: readonly string[] = [];
  /** Receives the operation that is about to be performed. */
  #onPerformed: ((operation: RecordedOperation) => void) | undefined;
  /** Whether the desk has received the answer or the list that the link gave it. */
  #hasReceived = false;

  constructor(
    { startedAt, keepEnded }: Header,
    entries: readonly Entry[],
    dialect: Dialect,
    kinds?: StandardKinds,
  ) {
    this.#entries = entries;
    this.#startedAt = startedAt;
    this.#dialect = dialect;
    this.#link = new ReplayLink(dialect, startedAt);
    const { link, clock } = this.#link;
    const options = { link, clock, random: () => 0.5, keepEnded, keepAnomalies: 100_000 };
    this.#desk = createDesk(kinds === undefined ? options : { ...options, kinds });
    this.#anomalies = new CountedAnomalies(this.#desk.anomalies);
    this.desk = Object.freeze({
      ...this.#desk,
      anomalies: this.#anomalies.readable,
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      retain: () => () => {},
    });
    this.desk.journal.subscribe((entry) => this.#follow(entry));
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
    this.#next = place;
    await this.#restore(checkpoint, t, anomalies);
    this.operations.outcomes.push(...outcomes);
    this.operations.differences.push(...differences);
  }

  /** Returns what it takes to be here again; `undefined` while the desk reads the server's list. */
  milestone(): Milestone | undefined {
    const { last, desk, operations } = this;
    if (last === undefined || !desk.journal.isQuiet()) return undefined;
    const options = { started: this.#started, startedAt: this.#startedAt, seqOf: operations.seqOf };
    return {
      place: this.#next,
      t: last.t,
      checkpoint: last.type === "checkpoint" ? last : takeCheckpoint(desk, options),
      outcomes: [...operations.outcomes],
      differences: [...operations.differences],
      anomalies: desk.anomalies.getSnapshot(),
    };
  }

  /** Plays one entry that no other entry caused, and all that happened within it. */
  async play(): Promise<void> {
    const entry = this.#entries[this.#next++]!;
    this.#link.now = this.#startedAt + entry.t;
    if (this.next?.in !== undefined && "point" in this.next.in) await this.#playVersionOne(entry);
    else await this.#cause(entry);
    // What happened where no observer is notified, as within a link, comes last.
    for (let inner = this.next; inner?.in !== undefined; inner = this.next) {
      this.#next++;
      this.#apply(inner);
    }
    this.operations.compare();
  }

  /** Plays an entry of version 1 with what listeners did in the midst of it. */
  async #playVersionOne(entry: Entry): Promise<void> {
    const inner: Entry[] = [];
    for (; this.next?.in !== undefined; this.#next++) inner.push(this.next);
    const { playVersionOne } = await import("./version-1-placement.ts");
    await playVersionOne(entry, inner, {
      desk: this.#desk,
      link: this.#link,
      dialect: this.#dialect,
      apply: (one) => this.#apply(one),
      cause: (one) => this.#cause(one),
      read: (reading) => this.#read(reading, entry),
      connected: () => this.#connected(),
      isSettled: this.operations.isSettled,
    });
  }

  /** Follows the replayed desk. Where listeners of the recorded one did something, it is done again. */
  #follow(event: JournalEntry): void {
    switch (event.type) {
      case "notifying":
        for (let { next } = this; next?.in !== undefined; next = this.next) {
          const isHere =
            !("point" in next.in) && next.in[0] === event.notificationIndex && next.in[1] === event.nesting;
          if (!isHere && next.type !== "outcome") return;
          this.#next++;
          this.#apply(next);
        }
        return;
      case "perform": {
        const [{ parameters }, key] = event.payload;
        const onPerformed = this.#onPerformed;
        if (typeof key !== "number") return;
        this.#onPerformed = undefined;
        return onPerformed?.({ key, parameters });
      }
      case "settled":
        return this.operations.settle(...event.payload);
      case "answer":
      case "list":
        this.#hasReceived = true;
        return;
      default:
    }
  }

  /** Lets an entry happen that no other entry caused, and waits until the desk has received it. */
  async #cause(entry: Entry): Promise<void> {
    switch (entry.type) {
      case "checkpoint":
        // Later ones describe a state that the desk has already.
        return this.#next === 1 ? this.#restore(entry, entry.t, []) : undefined;
      case "answer": {
        const operation = this.operations.get(entry.of);
        if (operation !== undefined && (await this.#answer(operation, entry.answer))) return;
        return this.#differ(entry, "No operation was waiting for this answer.");
      }
      case "list":
        return this.#read(readingOf(entry, this.#dialect), entry);
      case "connected":
      case "disconnected":
      case "stopped":
      case "anomaly":
      case "frame":
      case "facts":
        await this.#connected();
        break;
      default:
    }
    this.#apply(entry);
  }

  async #answer(
    { parameters }: RecordedOperation,
    answer: EntryShapes["answer"]["answer"],
  ): Promise<boolean> {
    this.#hasReceived = false;
    const wasWaiting = this.#link.answer(parameters, answer);
    if (wasWaiting) await this.#turn(() => this.#hasReceived);
    return wasWaiting;
  }

  async #read(reading: Reading, entry?: Entry): Promise<void> {
    const { listener, isReading } = this.#link;
    // A look-up that was pending at the checkpoint: only a new connection makes the desk read its list.
    if (!isReading && this.#hasCheckpoint && this.#desk.connection.state === "Live") {
      listener?.onDisconnected("network");
      listener?.onConnected({ isAcknowledging: this.#desk.connection.isAcknowledging ?? false });
    }
    if (!this.#link.isReading) {
      if (entry !== undefined) this.#differ(entry, "The desk was not waiting for the server's list.");
      return;
    }
    this.#hasReceived = false;
    this.#link.read(reading);
    await this.#turn(() => this.#hasReceived);
  }

  /** Waits for the desk to connect: one that was started while its link disconnected does so after that. */
  #connected(): Promise<void> {
    return this.#turn(() => this.#link.listener !== undefined);
  }

  /** Lets promises settle until the condition holds. */
  async #turn(condition: () => boolean): Promise<void> {
    for (let turn = 0; turn < maxTurns && !condition(); turn++) await Promise.resolve();
  }

  #apply(entry: Entry): void {
    const { listener } = this.#link;
    switch (entry.type) {
      case "start":
        this.#started = entry.channels;
        // The connection shows why it fails.
        this.#desk.start(entry).catch(() => {});
        return;
      case "stop":
        return void this.#desk.stop();
      case "perform":
        return this.#perform(entry);
      case "dismiss":
        if (this.#desk.interaction(entry.id)?.dismiss() !== true)
          this.#differ(entry, "There was no such interaction.");
        return;
      case "channel":
        return void this.#desk.channel(entry.name);
      case "connected":
        return listener?.onConnected(entry);
      case "disconnected":
        return listener?.onDisconnected(entry.lossReason);
      case "stopped":
        return listener?.onStopped(entry.reason);
      case "anomaly":
        return listener?.onAnomaly(entry.anomaly);
      case "frame":
        return this.#link.deliver(this.#dialect.decode(entry.frame), entry.frame);
      case "facts":
        return this.#link.deliver(entry);
      case "timer":
        return this.#timer(entry);
      case "listenerFailed":
        return this.#throwInObserver();
      case "outcome":
        return this.operations.expect(entry);
      case "answer":
      case "list":
      case "checkpoint":
        // They take effect by themselves, never within another.
        return this.#differ(entry, "This cannot happen within another entry.");
    }
  }

  #perform({ seq, on, operation, parameters, notAllowed }: Extract<Entry, { type: "perform" }>): void {
    if (notAllowed !== undefined) {
      this.operations.outcomes.push({ of: seq, operation, outcome: "NotAllowed", reason: notAllowed });
    } else if (this.#act(on, operation, parameters, seq) === undefined) {
      this.#differ({ seq }, `${operation} could not be performed.`);
    }
  }

  /**
   * Performs an operation.
   *
   * @param of - the entry that names it; `undefined` for one that only helps to restore a checkpoint.
   * @returns the operation, when it was allowed.
   */
  #act(
    on: Subject,
    operation: string,
    parameters: object,
    of: number | undefined,
  ): RecordedOperation | undefined {
    const subject = "id" in on ? this.#desk.interaction(on.id) : this.#desk.channel(on.channel);
    const actions = subject?.actions as Readonly<Record<string, (parameters: object) => unknown>> | undefined;
    let performed: RecordedOperation | undefined;
    this.#onPerformed = (begun) => {
      performed = begun;
      if (of !== undefined) this.operations.add(of, begun);
    };
    try {
      if (actions !== undefined && operation in actions) actions[operation]?.(parameters);
    } catch {
      // The dialect asks for other parameters than the recorded one.
    }
    this.#onPerformed = undefined;
    return performed;
  }

  #timer(entry: Extract<Entry, { type: "timer" }>): void {
    const { name, of } = entry;
    const key = of === undefined ? "" : ` ${this.operations.get(of)?.key}`;
    const isFound = this.#link.timer(name + key);
    // Those of the resync may have been set before the checkpoint; the reading that follows is recorded.
    if (!isFound && !(this.#hasCheckpoint && of === undefined)) this.#differ(entry, "No such timer was set.");
  }

  /** Throws in an observer of the desk, once. An inspector is called synchronously, at any time. */
  #throwInObserver(): void {
    let hasFailed = false;
    this.#desk.inspect(() => {
      if (hasFailed) return;
      hasFailed = true;
      throw new Error("A listener of the recorded desk threw.");
    })();
  }

  async #restore(checkpoint: Checkpoint, t: number, anomalies: readonly Anomaly[]): Promise<void> {
    const { restore } = await import("./restore.ts");
    this.#hasCheckpoint = true;
    this.#started = checkpoint.started;
    // Lists are not read more often than they may be.
    this.#link.now = this.#startedAt + checkpoint.lastRead;
    await restore(checkpoint, {
      desk: this.#desk,
      link: this.#link,
      rules: this.#dialect.rules,
      read: (reading) => this.#read(reading),
      perform: (on, operation, parameters, of) => {
        const performed = this.#act(on, operation, parameters, of);
        return (
          performed && {
            answer: (kind) => this.#answer(performed, { kind }),
            timer: (name) => this.#link.timer(`${name} ${performed.key}`),
          }
        );
      },
    });
    this.#link.now = this.#startedAt + t;
    this.operations.outcomes.length = 0;
    this.#anomalies.restored(anomalies);
  }

  #differ(entry: { readonly seq: number }, message: string): void {
    this.operations.differ(entry, message);
  }
}
