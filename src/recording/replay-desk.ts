import { createDesk, type Desk, type JournalEntry, type Reading, type StandardKinds } from "../index.ts";
import type { Dialect } from "../links/gws/index.ts";
import { readBodies, ReplayLink } from "../links/recorded/replay-link.ts";
import { CountedAnomalies } from "./counted-anomalies.ts";
import type { EntryShapes, Header, Subject } from "./format.ts";
import { ReplayedOperations, type RecordedOperation } from "./replayed-operations.ts";

/** More turns than any answer takes to get from the link to the desk. */
const maxTurns = 100;

/** The desk of a replay, with everything that an agent, a link and a server can do to it. */
export class ReplayDesk {
  readonly desk: Desk;
  /** The desk for observers: it belongs to the recording, so starting, stopping and retaining it does nothing. */
  readonly shown: Desk;
  readonly link: ReplayLink;
  readonly dialect: Dialect;
  readonly startedAt: number;
  readonly operations = new ReplayedOperations();
  readonly anomalies: CountedAnomalies;
  /** Whether it was restored from a checkpoint. */
  isRestored = false;
  /** The channels that the desk was last started with. */
  started: readonly string[] = [];
  /** Receives the operation that is about to be performed. */
  #onPerformed: ((operation: RecordedOperation) => void) | undefined;
  /** Whether the desk has received the answer or the list that the link gave it. */
  #hasReceived = false;

  constructor({ startedAt, keepEnded }: Header, dialect: Dialect, kinds?: StandardKinds) {
    this.startedAt = startedAt;
    this.dialect = dialect;
    this.link = new ReplayLink(dialect, startedAt);
    const { link, clock } = this.link;
    const options = { link, clock, random: () => 0.5, keepEnded, keepAnomalies: 100_000 };
    this.desk = createDesk(kinds === undefined ? options : { ...options, kinds });
    this.anomalies = new CountedAnomalies(this.desk.anomalies);
    this.shown = Object.freeze({
      ...this.desk,
      anomalies: this.anomalies.readable,
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      retain: () => () => {},
    });
    this.desk.journal.subscribe((event) => this.#follow(event));
  }

  start(channels: readonly string[]): void {
    this.started = channels;
    // The connection shows why it fails.
    this.desk.start({ channels }).catch(() => {});
  }

  /**
   * Performs an operation.
   *
   * @param of - the entry that names it; `undefined` for one that only helps to restore a checkpoint.
   * @returns the operation, when it was allowed.
   */
  perform(on: Subject, operation: string, parameters: object, of?: number): RecordedOperation | undefined {
    const subject = "id" in on ? this.desk.interaction(on.id) : this.desk.channel(on.channel);
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

  /** Answers an operation. Resolves when the desk has received it: to false when the desk waits for no answer. */
  async answer({ parameters }: RecordedOperation, answer: EntryShapes["answer"]["answer"]): Promise<boolean> {
    this.#hasReceived = false;
    const isAwaited = this.link.answer(parameters, answer);
    if (isAwaited) await this.#turn(() => this.#hasReceived);
    return isAwaited;
  }

  /** Returns the server's list as it was recorded, read by the dialect where its bodies are there. */
  readingOf(entry: EntryShapes["list"]): Reading {
    if ("failed" in entry) return { kind: "failed" };
    if ("bodies" in entry) return readBodies(this.dialect, entry.bodies);
    return { kind: "read", ...entry, ids: new Set(entry.ids) };
  }

  /** Passes a list. Resolves when the desk has received it: to false when the desk waits for no list. */
  async read(reading: Reading): Promise<boolean> {
    const { link, desk } = this;
    // A look-up that was pending at the checkpoint: only a new connection makes the desk read its list.
    if (!link.isReading && this.isRestored && desk.connection.state === "Live") {
      link.listener?.onDisconnected("network");
      link.listener?.onConnected({ isAcknowledging: desk.connection.isAcknowledging ?? false });
    }
    if (!link.isReading) return false;
    this.#hasReceived = false;
    link.read(reading);
    await this.#turn(() => this.#hasReceived);
    return true;
  }

  /** Lets a timer run. @returns false when none with this name is set. */
  timer(name: string, operation?: RecordedOperation): boolean {
    return this.link.timer(operation === undefined ? name : `${name} ${operation.key}`);
  }

  /** Throws in an observer, once. An inspector is called synchronously, at any time. */
  throwInObserver(): void {
    let hasFailed = false;
    this.desk.inspect(() => {
      if (hasFailed) return;
      hasFailed = true;
      throw new Error("A listener of the recorded desk threw.");
    })();
  }

  /** Waits for the desk to connect: one that was started while its link disconnected does so after that. */
  connected(): Promise<void> {
    return this.#turn(() => this.link.listener !== undefined);
  }

  /** Lets promises settle until the condition holds. */
  async #turn(condition: () => boolean): Promise<void> {
    for (let turn = 0; turn < maxTurns && !condition(); turn++) await Promise.resolve();
  }

  #follow({ type, payload }: JournalEntry): void {
    if (type === "answer" || type === "list") this.#hasReceived = true;
    else if (type === "settled") this.operations.settle(...payload);
    else if (type === "perform") {
      const [{ parameters }, key] = payload;
      const onPerformed = this.#onPerformed;
      if (typeof key !== "number") return;
      this.#onPerformed = undefined;
      onPerformed?.({ key, parameters });
    }
  }
}
