import {
  createDesk,
  type Anomalies,
  type Anomaly,
  type Desk,
  type StandardKinds,
  type JournalEntry,
  type Reading,
} from "../index.ts";
import type { Dialect } from "../links/gws/index.ts";
import { ReplayLink } from "../links/recorded/replay-link.ts";
import type { Checkpoint, Entry, EntryShapes, Header, Subject } from "./format.ts";
import type { Milestone } from "./milestones.ts";
import type { Difference, ReplayedOutcome } from "./replayed.ts";
import { throwInObserver } from "./throw-in-observer.ts";
import { restore } from "./restore.ts";
import { takeCheckpoint } from "./take-checkpoint.ts";
import { VersionOnePlacement } from "./version-1-placement.ts";

/** More turns than any answer takes to get from the link to the desk. */
const maxTurns = 100;

/** Has a desk do again what a recorded one did, one entry after the other. */
export class Player {
  /** The desk for those who watch: it belongs to the recording, so starting, stopping and retaining it does nothing. */
  readonly desk: Desk;
  readonly outcomes: ReplayedOutcome[] = [];
  readonly differences: Difference[] = [];
  /** The anomalies up to the checkpoint that the desk was brought to. */
  #anomaliesBefore: readonly Anomaly[] = [];
  /** How many anomalies it took to bring the desk there. */
  #anomaliesOfRestore = 0;
  readonly #desk: Desk;
  readonly #entries: readonly Entry[];
  readonly #startedAt: number;
  readonly #dialect: Dialect;
  readonly #link: ReplayLink;
  /** The index of the next entry. */
  #next = 0;
  #hasCheckpoint = false;
  /** The channels that the desk was last started with. */
  #started: readonly string[] = [];
  /** How often observers have been told since the present entry began. */
  #point = 0;
  /** The operation that is about to be performed. */
  #performing: Performing | undefined;
  readonly #operations = new Map<number, Operation>();
  readonly #seqs = new Map<number, number>();
  /** What the recording says of operations, until it was compared. */
  #expected: Extract<Entry, { type: "outcome" }>[] = [];
  /** Has the desk taken in the answer or the list that it was given? */
  #hasTaken = false;

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
    const desk = createDesk({
      link,
      clock,
      random: () => 0.5,
      keepEnded,
      keepAnomalies: 100_000,
      ...(kinds !== undefined && { kinds }),
    });
    this.#desk = desk;
    this.desk = Object.freeze({
      ...desk,
      anomalies: this.#countFromBeginning(desk.anomalies),
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      retain: () => () => {},
    });
    this.desk.journal.subscribe((entry) => this.#follow(entry));
  }

  /** How many entries have been played. */
  get place(): number {
    return this.#next;
  }

  /** The entry that comes next; nothing when all have been played. */
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
    await this.#restore(checkpoint, t);
    this.outcomes.push(...outcomes);
    this.differences.push(...differences);
    this.#anomaliesBefore = anomalies;
  }

  /** Returns what it takes to be here again; nothing while the desk reads the server's list. */
  milestone(): Milestone | undefined {
    const { last, desk } = this;
    if (last === undefined || !desk.journal.isQuiet()) return undefined;
    const seqOf = (key: number): number => this.#seqs.get(key) ?? -key;
    const options = { started: this.#started, startedAt: this.#startedAt, seqOf };
    return {
      place: this.#next,
      t: last.t,
      checkpoint: last.type === "checkpoint" ? last : takeCheckpoint(desk, options),
      outcomes: [...this.outcomes],
      differences: [...this.differences],
      anomalies: desk.anomalies.getSnapshot(),
    };
  }

  /** Plays one entry that nothing else in the recording brought about, and all that happened within it. */
  async play(): Promise<void> {
    const entry = this.#entries[this.#next++]!;
    this.#link.now = this.#startedAt + entry.t;
    if (this.next?.in !== undefined && "point" in this.next.in) return this.#playVersionOne(entry);
    // Later ones say what is so already.
    if (entry.type !== "checkpoint") await this.#cause(entry);
    else if (this.#next === 1) await this.#restore(entry, entry.t);
    // What happened where no observer is told, as within a link, comes last.
    for (let inner = this.#inner(); inner !== undefined; inner = this.#inner()) this.#apply(inner);
    this.#compare();
  }

  /** The next entry, if it happened within the present one. Outcomes are set aside: they cause nothing. */
  #inner(): Entry | undefined {
    for (;;) {
      const next = this.#entries[this.#next];
      if (next?.in === undefined) return undefined;
      this.#next++;
      if (next.type !== "outcome") return next;
      this.#expected.push(next);
    }
  }

  /** Plays an entry of version 1 with what listeners did in the midst of it. */
  async #playVersionOne(entry: Entry): Promise<void> {
    const inner: Entry[] = [];
    for (; this.next?.in !== undefined; this.#next++) inner.push(this.next);
    const placement = new VersionOnePlacement(inner, {
      desk: this.#desk,
      deliver: (facts, anomalies) => this.#link.deliver(facts, anomalies),
      apply: (one) => this.#apply(one),
      isSettled: (of) => this.outcomes.some((outcome) => outcome.of === of),
      deliveredIds: () => this.#link.deliveredIds,
    });
    if (entry.type === "frame" || entry.type === "facts") {
      await this.#turn(() => this.#link.listener !== undefined);
      const { facts, anomalies } = entry.type === "facts" ? entry : this.#dialect.decode(entry.frame);
      placement.deliver(facts, anomalies);
    } else if (entry.type === "list" && this.#link.isReading && this.#desk.connection.state === "Live") {
      const reading = readingOf(entry, this.#dialect);
      await this.#read(reading.kind === "read" ? placement.read(reading) : reading, entry);
    } else await this.#cause(entry);
    placement.finish();
    this.#compare();
  }

  /** What the desk does while it is replayed. Where the recorded one's observers asked something of it, it is asked again. */
  #follow({ type, payload: told, nesting: depth, notificationIndex: point }: JournalEntry): void {
    switch (type) {
      case "notifying":
        this.#point = point;
        for (;;) {
          const next = this.#entries[this.#next];
          if (next?.in === undefined) return;
          if (next.type === "outcome") this.#expected.push(next);
          else if ("point" in next.in || next.in[0] !== this.#point || next.in[1] !== depth) return;
          this.#next++;
          if (next.type !== "outcome") this.#apply(next);
        }
      case "perform":
        if (this.#performing !== undefined && typeof told[1] === "number")
          this.#performed(this.#performing, { key: told[1], parameters: told[0].parameters });
        return;
      case "settled": {
        const of = this.#seqs.get(told[0]);
        if (of !== undefined) this.outcomes.push({ of, ...told[1] });
        return;
      }
      case "answer":
      case "list":
        this.#hasTaken = true;
        return;
      default:
    }
  }

  /** Applies an entry of which the desk may hear only after some turns. */
  async #cause(entry: Entry): Promise<void> {
    switch (entry.type) {
      case "answer": {
        const operation = this.#operations.get(entry.of);
        if (operation === undefined) return this.#differ(entry, "There is no such operation to be answered.");
        this.#hasTaken = false;
        if (!this.#link.answer(operation.parameters, entry.answer))
          return this.#differ(entry, "The operation was not waiting for an answer.");
        return this.#turn(() => this.#hasTaken);
      }
      case "list":
        return this.#read(readingOf(entry, this.#dialect), entry);
      case "connected":
      case "disconnected":
      case "stopped":
      case "anomaly":
      case "frame":
      case "facts":
        // A desk that was started while it took leave connects when it has.
        await this.#turn(() => this.#link.listener !== undefined);
        return this.#apply(entry);
      default:
        return this.#apply(entry);
    }
  }

  async #read(reading: Reading, entry?: Entry): Promise<void> {
    const { listener, isReading } = this.#link;
    // A look-up that was under way at the checkpoint: only a new connection has the desk read its list.
    if (!isReading && this.#hasCheckpoint && this.#desk.connection.state === "Live") {
      listener?.onDisconnected("network");
      listener?.onConnected({ isAcknowledging: this.#desk.connection.isAcknowledging ?? false });
    }
    if (!this.#link.isReading) {
      if (entry !== undefined) this.#differ(entry, "The desk was not waiting for the server's list.");
      return;
    }
    this.#hasTaken = false;
    this.#link.read(reading);
    await this.#turn(() => this.#hasTaken);
  }

  /** Lets promises settle until this is so. */
  async #turn(isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < maxTurns && !isSo(); turn++) await Promise.resolve();
  }

  #apply(entry: Entry): void {
    const { listener } = this.#link;
    switch (entry.type) {
      case "start":
        this.#started = entry.channels;
        // Why it fails is told by the connection as well.
        this.#desk.start({ channels: entry.channels }).catch(() => {});
        return;
      case "stop":
        return void this.#desk.stop();
      case "perform":
        return this.#perform(entry);
      case "dismiss":
        if (this.#desk.interaction(entry.id)?.dismiss() !== true)
          this.#differ(entry, "There was no such interaction to be dismissed.");
        return;
      case "channel":
        return void this.#desk.channel(entry.name);
      case "connected":
        return listener?.onConnected({ isAcknowledging: entry.isAcknowledging });
      case "disconnected":
        return listener?.onDisconnected(entry.lossReason);
      case "stopped":
        return listener?.onStopped(entry.reason);
      case "anomaly":
        return listener?.onAnomaly(entry.anomaly);
      case "frame": {
        const { facts, anomalies } = this.#dialect.decode(entry.frame);
        return this.#link.deliver(facts, anomalies, entry.frame);
      }
      case "facts":
        return this.#link.deliver(entry.facts, entry.anomalies);
      case "timer":
        return this.#timer(entry);
      case "listenerFailed":
        return throwInObserver(this.#desk);
      case "outcome":
        this.#expected.push(entry);
        return;
      case "answer":
      case "list":
      case "checkpoint":
        // They take effect by themselves, never within another.
        return this.#differ(entry, "An entry stands where it cannot have happened.");
    }
  }

  #perform(entry: Extract<Entry, { type: "perform" }>): void {
    const { seq, on, operation, parameters, notAllowed } = entry;
    if (notAllowed !== undefined) {
      this.outcomes.push({ of: seq, operation, outcome: "NotAllowed", reason: notAllowed });
    } else if (this.#act(on, operation, parameters, seq) === undefined) {
      this.#differ(entry, `${operation} could not be performed.`);
    }
  }

  /**
   * Performs an operation.
   *
   * @param of - the entry that names it; `undefined` for one that only helps to restore a checkpoint.
   * @returns the operation, when it was allowed.
   */
  #act(on: Subject, operation: string, parameters: object, of: number | undefined): Operation | undefined {
    const subject = "id" in on ? this.#desk.interaction(on.id) : this.#desk.channel(on.channel);
    const actions = subject?.actions as Readonly<Record<string, (parameters: object) => unknown>> | undefined;
    const action = actions !== undefined && operation in actions ? actions[operation] : undefined;
    const performing: Performing = { of, operation: undefined };
    this.#performing = performing;
    try {
      action?.(parameters);
    } catch {
      // The dialect asks for other parameters than the recorded one.
    }
    this.#performing = undefined;
    return performing.operation;
  }

  #performed(performing: Performing, operation: Operation): void {
    performing.operation = operation;
    this.#performing = undefined;
    if (performing.of === undefined) return;
    this.#operations.set(performing.of, operation);
    this.#seqs.set(operation.key, performing.of);
  }

  #timer(entry: Extract<Entry, { type: "timer" }>): void {
    const { name, of } = entry;
    const key = of === undefined ? undefined : this.#operations.get(of)?.key;
    const isFound = this.#link.timer(of === undefined ? name : `${name} ${key}`);
    // Those of the resync may have been set before the checkpoint; the reading that follows is recorded.
    if (!isFound && !(this.#hasCheckpoint && of === undefined)) this.#differ(entry, "No such timer was set.");
  }

  async #restore(checkpoint: Checkpoint, t: number): Promise<void> {
    this.#hasCheckpoint = true;
    this.#started = checkpoint.started;
    // Lists are not read more often than they may be.
    this.#link.now = this.#startedAt + checkpoint.lastRead;
    await restore(checkpoint, {
      desk: this.#desk,
      rules: this.#dialect.rules,
      listener: () => this.#link.listener ?? nullListener,
      read: (reading) => this.#read(reading),
      readNow: () => this.#link.timer("pause") || this.#link.isReading,
      perform: (on, operation, parameters, of) => {
        const performed = this.#act(on, operation, parameters, of);
        if (performed === undefined) return undefined;
        return {
          answer: async (kind) => {
            this.#hasTaken = false;
            if (this.#link.answer(performed.parameters, { kind })) await this.#turn(() => this.#hasTaken);
          },
          timer: (name) => void this.#link.timer(`${name} ${performed.key}`),
        };
      },
    });
    this.#link.now = this.#startedAt + t;
    this.outcomes.length = 0;
    this.#anomaliesOfRestore += this.#desk.anomalies.total();
  }

  /** The anomalies as if the desk had been there from the beginning of the recording. */
  #countFromBeginning({ getSnapshot, subscribe, total }: Anomalies): Anomalies {
    let latest: readonly Anomaly[] = [];
    let snapshot: readonly Anomaly[] | undefined;
    const since = (): number => total() - this.#anomaliesOfRestore;
    const all = (): readonly Anomaly[] => {
      if (this.#anomaliesOfRestore === 0 && this.#anomaliesBefore.length === 0) return getSnapshot();
      if (snapshot !== undefined && latest === getSnapshot()) return snapshot;
      latest = getSnapshot();
      const before = this.#anomaliesBefore;
      const added = since() === 0 ? [] : latest.slice(-since());
      const shift = (before.at(-1)?.sequence ?? 0) - this.#anomaliesOfRestore;
      const counted = added.map((one) => ({ ...one, sequence: one.sequence + shift }));
      return (snapshot = Object.freeze([...before, ...counted]));
    };
    return {
      getSnapshot: all,
      subscribe: (observer) =>
        subscribe(() => (typeof observer === "function" ? observer(all()) : observer.next?.(all()))),
      total: () => this.#anomaliesBefore.length + since(),
    };
  }

  /** Compares what became of operations with what the recording says, as far as both are known. */
  #compare(): void {
    for (const { of, seq, outcome } of this.#expected) {
      const replayed = this.outcomes.findLast((one) => one.of === of);
      if (replayed === undefined) this.#differ({ seq }, `${outcome.operation} was not settled.`);
      else if (replayed.outcome !== outcome.outcome || replayed.code !== outcome.code)
        this.#differ({ seq }, `${outcome.operation} was ${outcome.outcome}, and is ${replayed.outcome}.`);
    }
    this.#expected = [];
  }

  #differ({ seq }: { readonly seq: number }, message: string): void {
    this.differences.push({ seq, message });
  }
}

interface Performing {
  readonly of: number | undefined;
  operation: Operation | undefined;
}

/** An operation in the desk that is replayed. */
interface Operation {
  readonly key: number;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const nothing = () => {};
const nullListener = {
  onFacts: nothing,
  onAnomaly: nothing,
  onConnected: nothing,
  onDisconnected: nothing,
  onStopped: nothing,
};

/** Returns the server's list as it was recorded, read by the dialect where its bodies are there. */
function readingOf(entry: EntryShapes["list"], { lists }: Dialect): Reading {
  if ("failed" in entry) return { kind: "failed" };
  if ("facts" in entry) {
    const { facts, anomalies, ids } = entry;
    return { kind: "read", facts, anomalies, ids: new Set(ids) };
  }
  const { bodies } = entry;
  const contents = lists.flatMap((list, index) => list.read(bodies[index]) ?? []);
  return {
    kind: "read",
    facts: contents.flatMap(({ facts }) => facts),
    anomalies: contents.flatMap(({ anomalies }) => anomalies),
    ids: new Set(contents.flatMap(({ ids }) => [...ids])),
    bodies,
  };
}
