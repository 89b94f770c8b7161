import { checkParameters, type Parameters } from "../../domain/parameters.ts";
import type { OperationRule, OperationTable } from "../../domain/operation.ts";
import type { OperationOutcome, OperationOutcomeName, Unavailability } from "../../domain/outcome.ts";
import type { OperationFact } from "../../domain/pending-operations.ts";
import type { Random } from "../../domain/random.ts";
import type { ServerAnswer, OperationRequest } from "../../domain/request.ts";
import type { Effects, JournaledOperation } from "../journal.ts";
import type { Link } from "../link.ts";

/** What an operation is performed on: a channel or an interaction. */
export interface OperationTarget {
  readonly rules: OperationTable;
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
  readonly subject: OperationTarget;
  readonly parameters: Parameters;
  readonly since: number;
  /** What its outcome tells besides, should it be refused or done. */
  details: Pick<OperationOutcome, "code" | "message" | "interactionId">;
}

interface Entry extends RunningOperation {
  phase: JournaledOperation["phase"];
  readonly resolve: (outcome: OperationOutcome) => void;
  timer: unknown;
  repeatTimer?: unknown;
  /** Its time is up, but the connection was not there to ask. */
  isOverdue?: boolean;
  /** It may be sent again, and waits for the connection to do so. */
  isToRepeat?: boolean;
  sends: number;
}

/** What the runner needs of its desk. */
export interface RunnerOptions {
  readonly link: Pick<Link, "perform">;
  readonly effects: Effects;
  readonly random: Random;
  /** Milliseconds within which an operation should be confirmed. */
  readonly operationTimeout: number;
  /** Milliseconds that an operation whose time is up waits for a lost connection. */
  readonly recoveryTimeout: number;
  readonly isLive: () => boolean;
  /** Has the server's list read, so that it can confirm what no notification did, and calls back. */
  readonly verify: (done: () => void) => void;
}

/** Performs operations and keeps their promises. */
export interface OperationRunner {
  /** @throws DeskError `invalid-arguments` when the parameters are wrong; nothing was sent then. */
  readonly perform: (
    subject: OperationTarget,
    rule: OperationRule,
    given: unknown,
  ) => Promise<OperationOutcome>;
  /** The operation with this key, while it is under way. */
  readonly get: (key: number) => RunningOperation | undefined;
  /** The operations under way that wait for an interaction to answer theirs. */
  readonly awaitingReply: () => readonly RunningOperation[];
  /** The operations under way, for whoever records them. */
  readonly running: () => JournaledOperation[];
  /** The chart decided. */
  readonly settle: (key: number, outcome: OperationOutcomeName) => void;
  /** The store has caught up with the server after the connection was lost. */
  readonly caughtUp: () => void;
  /** Nothing more will be heard. */
  readonly stop: () => void;
}

const maxSends = 3;
const notAuthenticated = 20;

/**
 * Makes the runner of a desk. Each promise settles exactly once, with the outcome that the chart of its subject decided
 * on, however answers, notifications, time and connection come in.
 */
export function createOperationRunner({
  link,
  effects,
  random,
  operationTimeout,
  recoveryTimeout,
  isLive,
  verify,
}: RunnerOptions): OperationRunner {
  const { clock } = effects;
  const entries = new Map<number, Entry>();
  let keys = 0;

  const requestOf = ({ rule, parameters, subject }: Pick<Entry, "rule" | "parameters" | "subject">) => ({
    operation: rule.operation,
    parameters,
    target: subject.target(),
  });

  const send = (entry: Entry): void => {
    const { key } = entry;
    // A listener may have stopped the desk when it was told that the operation is under way.
    if (!entries.has(key)) return;
    entry.sends++;
    entry.isToRepeat = false;
    // It may be sent before its time, because the connection came back.
    clock.clearTimeout(entry.repeatTimer);
    void link
      .perform(requestOf(entry))
      .catch((): ServerAnswer => ({ kind: "unanswered" }))
      .then((answer) => {
        if (entries.has(key)) effects.take("answer", [key, answer], () => answered(entry, answer));
      });
  };

  const answered = (entry: Entry, answer: ServerAnswer): void => {
    const { key, subject } = entry;
    switch (answer.kind) {
      case "acknowledged":
        entry.phase = answer.kind;
        subject.note({ type: "OperationAcknowledged", key });
        if (entries.has(key)) subject.reconsider(entry);
        return;
      case "unanswered":
        entry.phase = answer.kind;
        subject.note({ type: "OperationUnanswered", key });
        if (entries.has(key) && entry.rule.isRepeatable && entry.sends < maxSends) repeat(entry);
        return;
      case "unauthenticated":
        entry.details = { code: notAuthenticated };
        break;
      case "refused":
        entry.details = {
          ...(answer.code !== undefined && { code: answer.code }),
          ...(answer.message !== undefined && { message: answer.message }),
        };
    }
    subject.note({ type: "OperationRefused", key });
  };

  const repeat = (entry: Entry): void => {
    entry.isToRepeat = true;
    const delay = (0.5 + random()) * 500 * entry.sends;
    entry.repeatTimer = clock.setTimeout(
      () => {
        if (entry.isToRepeat && isLive()) send(entry);
      },
      delay,
      `repeat ${entry.key}`,
    );
  };

  const expire = ({ subject, key }: Entry, outcome: "TimedOut" | "LinkLost" | "Stopped"): void =>
    subject.note({ type: "OperationExpired", key, outcome });

  const timeIsUp = (entry: Entry): void => {
    const { key } = entry;
    const decide = (): void => {
      if (!entries.has(key)) return;
      if (isLive()) return expire(entry, "TimedOut");
      entry.isOverdue = true;
      entry.timer = clock.setTimeout(() => expire(entry, "LinkLost"), recoveryTimeout, `overdue ${key}`);
    };
    if (isLive()) verify(decide);
    else decide();
  };

  const settle = (key: number, outcome: OperationOutcomeName): void => {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    clock.clearTimeout(entry.timer);
    clock.clearTimeout(entry.repeatTimer);
    const details = outcome === "Refused" || outcome === "Done" ? entry.details : {};
    const settled = Object.freeze({ operation: entry.rule.operation, outcome, ...details });
    effects.tell("settled", [key, settled]);
    entry.resolve(settled);
  };

  return {
    // Not async: arguments that are wrong throw at the call.
    perform: (subject, rule, given) => {
      const { operation, confirmedBy, endsAs, supersedes } = rule;
      const parameters = checkParameters(operation, rule.parameters, given);
      const reason = subject.unavailability(rule);
      return new Promise((resolve) => {
        const request = requestOf({ rule, parameters, subject });
        if (reason !== undefined) {
          effects.tell("perform", [request, reason]);
          return resolve(Object.freeze({ operation, outcome: "NotAllowed", reason }));
        }
        const key = ++keys;
        const entry: Entry = {
          key,
          rule,
          subject,
          parameters,
          since: subject.latestEventId(),
          resolve,
          timer: clock.setTimeout(() => timeIsUp(entry), operationTimeout, `timeout ${key}`),
          phase: "sent",
          sends: 0,
          details: {},
        };
        entries.set(key, entry);
        effects.take("perform", [request, key], () => {
          subject.note({ type: "OperationSent", key, operation, confirmedBy, endsAs, supersedes });
          send(entry);
        });
      });
    },
    get: (key) => entries.get(key),
    awaitingReply: () => [...entries.values()].filter(({ rule }) => rule.confirmedBy === "reply"),
    running: () =>
      Array.from(entries.values(), (entry) => {
        const { key, phase, sends, isToRepeat, isOverdue } = entry;
        return { request: requestOf(entry), key, phase, sends, isToRepeat, isOverdue };
      }),
    settle,
    caughtUp: () => {
      for (const entry of entries.values()) {
        if (entry.isOverdue) expire(entry, "TimedOut");
        else if (entry.isToRepeat) send(entry);
      }
    },
    stop: () => {
      for (const entry of entries.values()) {
        expire(entry, "Stopped");
        settle(entry.key, "Stopped");
      }
    },
  };
}
