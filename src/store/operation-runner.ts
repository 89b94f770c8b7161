import type { Clock } from "../domain/clock.ts";
import { checkParameters, type Parameters } from "../domain/parameters.ts";
import type { OperationRule } from "../domain/operation.ts";
import type { OperationOutcome, OperationOutcomeName, Unavailability } from "../domain/outcome.ts";
import type { OperationFact } from "../domain/pending.ts";
import type { Random } from "../domain/random.ts";
import type { Answer, OperationRequest } from "../domain/request.ts";
import { isSeenInData } from "./confirmation.ts";
import type { Link } from "./link-port.ts";

/** What an operation is performed on: a channel or an interaction. */
export interface Subject {
  readonly target: () => OperationRequest["target"];
  /** Why this operation cannot be performed now; `undefined` when it can. */
  readonly unavailability: (rule: OperationRule) => Unavailability | undefined;
  /** Tells the chart; the chart decides what is settled by it. */
  readonly note: (fact: OperationFact) => void;
  /** The latest transcript event. */
  readonly latestEventId: () => number;
  /** Looks whether the data already shows what this operation waits for. */
  readonly reconsider: (running: RunningOperation) => void;
}

/** An operation under way. */
export interface RunningOperation {
  readonly key: number;
  readonly rule: OperationRule;
  readonly subject: Subject;
  readonly parameters: Parameters;
  readonly since: number;
}

interface Entry extends RunningOperation {
  readonly resolve: (outcome: OperationOutcome) => void;
  timer: unknown;
  repeatTimer: unknown;
  /** Its time is up, but the connection was not there to ask. */
  isOverdue: boolean;
  /** It may be sent again, and waits for the connection to do so. */
  isToRepeat: boolean;
  sends: number;
  details: Pick<OperationOutcome, "code" | "message" | "interactionId">;
}

/** What the runner needs of its desk. */
export interface RunnerOptions {
  readonly link: Pick<Link, "perform">;
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds within which an operation should be confirmed. */
  readonly operationTimeout: number;
  /** Milliseconds that an operation whose time is up waits for a lost connection. */
  readonly recoveryTimeout: number;
  readonly isLive: () => boolean;
  /** Reads the server's list, so that it can confirm what no notification did. */
  readonly verify: () => Promise<void>;
}

const mostSends = 3;

/**
 * Performs operations and keeps their promises: each settles exactly once, with the outcome that the chart of its
 * subject decided on, however answers, notifications, time and connection come in.
 */
export class OperationRunner {
  readonly #options: RunnerOptions;
  readonly #entries = new Map<number, Entry>();
  #keys = 0;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** @throws DeskError `invalid-arguments` when the parameters are wrong; nothing was sent then. */
  perform(subject: Subject, rule: OperationRule, given: unknown): Promise<OperationOutcome> {
    const parameters = checkParameters(rule.operation, rule.parameters, given);
    const reason = subject.unavailability(rule);
    if (reason !== undefined) {
      return Promise.resolve(Object.freeze({ operation: rule.operation, outcome: "NotAllowed", reason }));
    }
    return new Promise((resolve) => {
      const key = ++this.#keys;
      const entry: Entry = {
        key,
        rule,
        subject,
        parameters,
        since: subject.latestEventId(),
        resolve,
        timer: this.#options.clock.setTimeout(() => void this.#expire(entry), this.#options.operationTimeout),
        repeatTimer: undefined,
        isOverdue: false,
        isToRepeat: false,
        sends: 0,
        details: {},
      };
      this.#entries.set(key, entry);
      subject.note({
        type: "OperationSent",
        key,
        operation: rule.operation,
        confirmedBy: isSeenInData(rule.confirmedBy) ? "record" : rule.confirmedBy,
        endsAs: rule.endsAs,
        supersedes: rule.supersedes,
      });
      this.#send(entry);
    });
  }

  /** The operation with this key, while it is under way. */
  get(key: number): RunningOperation | undefined {
    return this.#entries.get(key);
  }

  /** The operations under way that wait for an interaction to answer theirs. */
  awaitingReply(): readonly RunningOperation[] {
    if (this.#entries.size === 0) return [];
    return [...this.#entries.values()].filter((entry) => entry.rule.confirmedBy === "reply");
  }

  /** An interaction appeared that answers the subject of this operation. */
  confirmReply(running: RunningOperation, interactionId: string): void {
    const entry = this.#entries.get(running.key);
    if (entry === undefined) return;
    entry.details = { interactionId };
    entry.subject.note({ type: "OperationConfirmed", key: entry.key });
  }

  /** The chart decided. */
  settle(key: number, outcome: OperationOutcomeName): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#options.clock.clearTimeout(entry.timer);
    this.#options.clock.clearTimeout(entry.repeatTimer);
    const details = outcome === "Refused" || outcome === "Done" ? entry.details : {};
    entry.resolve(Object.freeze({ operation: entry.rule.operation, outcome, ...details }));
  }

  /** The store has caught up with the server after the connection was lost. */
  caughtUp(): void {
    for (const entry of this.#entries.values()) {
      if (entry.isOverdue)
        entry.subject.note({ type: "OperationExpired", key: entry.key, outcome: "TimedOut" });
      else if (entry.isToRepeat) this.#send(entry);
    }
  }

  /** Nothing more will be heard. */
  stop(): void {
    for (const { subject, key } of this.#entries.values()) {
      subject.note({ type: "OperationExpired", key, outcome: "Stopped" });
      this.settle(key, "Stopped");
    }
  }

  #send(entry: Entry): void {
    // A listener may have stopped the desk when it was told that the operation is under way.
    if (!this.#entries.has(entry.key)) return;
    entry.sends++;
    entry.isToRepeat = false;
    const { rule, parameters, subject } = entry;
    const unanswered = (): Answer => ({ kind: "unanswered" });
    void this.#options.link
      .perform({ operation: rule.operation, parameters, target: subject.target() })
      .catch(unanswered)
      .then((answer) => this.#answered(entry, answer));
  }

  #answered(entry: Entry, answer: Answer): void {
    const { key, subject } = entry;
    if (!this.#entries.has(key)) return;
    switch (answer.kind) {
      case "acknowledged":
        subject.note({ type: "OperationAcknowledged", key });
        if (this.#entries.has(key)) subject.reconsider(entry);
        return;
      case "refused":
        entry.details = {
          ...(answer.code === undefined ? {} : { code: answer.code }),
          ...(answer.message === undefined ? {} : { message: answer.message }),
        };
        subject.note({ type: "OperationRefused", key });
        return;
      case "unauthenticated":
        entry.details = { code: 20 };
        subject.note({ type: "OperationRefused", key });
        return;
      case "unanswered":
        subject.note({ type: "OperationUnanswered", key });
        if (this.#entries.has(key) && entry.rule.isRepeatable && entry.sends < mostSends) this.#repeat(entry);
    }
  }

  #repeat(entry: Entry): void {
    entry.isToRepeat = true;
    const delay = (0.5 + this.#options.random()) * 500 * entry.sends;
    entry.repeatTimer = this.#options.clock.setTimeout(() => {
      if (entry.isToRepeat && this.#options.isLive()) this.#send(entry);
    }, delay);
  }

  async #expire(entry: Entry): Promise<void> {
    const { key, subject } = entry;
    if (this.#options.isLive()) await this.#options.verify();
    if (!this.#entries.has(key)) return;
    if (this.#options.isLive()) {
      subject.note({ type: "OperationExpired", key, outcome: "TimedOut" });
      return;
    }
    entry.isOverdue = true;
    entry.timer = this.#options.clock.setTimeout(() => {
      subject.note({ type: "OperationExpired", key, outcome: "LinkLost" });
    }, this.#options.recoveryTimeout);
  }
}
