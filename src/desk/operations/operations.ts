import type { OperationRule } from "../../domain/operation.ts";
import type { OperationOutcome, OperationOutcomeName } from "../../domain/outcome.ts";
import type { Parameters } from "../../domain/parameters.ts";
import type { OperationFact } from "../../domain/pending-operations.ts";
import type { Random } from "../../domain/random.ts";
import type { OperationRequest, ServerAnswer } from "../../domain/request.ts";
import type { JournaledClock, JournaledOperation } from "../journal.ts";
import type { OperationTarget, PendingRequest } from "./operation-target.ts";

/** A pending operation. */
export interface Operation extends PendingRequest {
  readonly target: OperationTarget;
  readonly promise: Promise<OperationOutcome>;
  readonly resolve: (outcome: OperationOutcome) => void;
  phase: JournaledOperation["phase"];
  sends: number;
  /** What its outcome says besides, when it is refused or done. */
  details: Pick<OperationOutcome, "code" | "message" | "interactionId">;
  timer: unknown;
  repeatTimer: unknown;
  /** Whether its time is up, but there was no connection to ask what became of it. */
  isOverdue: boolean;
  /** Whether it may be sent again, and waits for the connection to do so. */
  isToRepeat: boolean;
}

const maxSends = 3;
const notAuthenticated = 20;

/**
 * The pending operations of a desk, and their promises. Each promise settles exactly once, with the outcome that the
 * chart of its target decided on, however answers, notifications, time and connection come in.
 */
export class Operations {
  readonly #clock: JournaledClock;
  readonly #random: Random;
  readonly #pending = new Map<number, Operation>();
  #keys = 0;

  /** @param clock - runs its timers as events of the desk. */
  constructor(clock: JournaledClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  create(target: OperationTarget, rule: OperationRule, parameters: Parameters): Operation {
    const key = ++this.#keys;
    const { promise, resolve } = promiseOf<OperationOutcome>();
    const operation: Operation = {
      key,
      rule,
      target,
      parameters,
      promise,
      resolve,
      phase: "sent",
      sends: 0,
      details: {},
      timer: undefined,
      repeatTimer: undefined,
      isOverdue: false,
      isToRepeat: false,
    };
    this.#pending.set(key, operation);
    return operation;
  }

  /** Returns the operation with this key, while it is pending. */
  get(key: number): Operation | undefined {
    return this.#pending.get(key);
  }

  all(): Iterable<Operation> {
    return this.#pending.values();
  }

  /** Sets the timer that limits how long an operation may take. */
  limit(operation: Operation, timeIsUp: () => void, ms: number, name: "timeout" | "overdue"): void {
    operation.timer = this.#clock.setTimeout(timeIsUp, ms, `${name} ${operation.key}`);
  }

  /** Notes that it is being sent. */
  sending(operation: Operation): void {
    operation.sends++;
    operation.isToRepeat = false;
    // It may be sent before its time, because the connection came back.
    this.#clock.clearTimeout(operation.repeatTimer);
  }

  /** Takes the server's answer. Returns the fact that follows from it. */
  answered(operation: Operation, answer: ServerAnswer): OperationFact {
    const { key } = operation;
    switch (answer.kind) {
      case "acknowledged":
        operation.phase = answer.kind;
        return { type: "OperationAcknowledged", key };
      case "unanswered":
        operation.phase = answer.kind;
        return { type: "OperationUnanswered", key };
      case "unauthenticated":
        operation.details = { code: notAuthenticated };
        return { type: "OperationRefused", key };
      case "refused":
        operation.details = {
          ...(answer.code !== undefined && { code: answer.code }),
          ...(answer.message !== undefined && { message: answer.message }),
        };
        return { type: "OperationRefused", key };
    }
  }

  /** Whether an operation whose answer was lost may be sent again. */
  mayRepeat({ rule, sends }: Operation): boolean {
    return rule.isRepeatable && sends < maxSends;
  }

  /** Lets an operation wait before it is sent again. */
  delayRepeat(operation: Operation, isDue: () => void): void {
    operation.isToRepeat = true;
    const delay = (0.5 + this.#random()) * 500 * operation.sends;
    operation.repeatTimer = this.#clock.setTimeout(isDue, delay, `repeat ${operation.key}`);
  }

  /** Settles the promise. Returns its outcome; `undefined` when it was settled already. */
  settle(key: number, outcome: OperationOutcomeName): OperationOutcome | undefined {
    const operation = this.#pending.get(key);
    if (operation === undefined) return undefined;
    this.#pending.delete(key);
    this.#clock.clearTimeout(operation.timer);
    this.#clock.clearTimeout(operation.repeatTimer);
    const details = outcome === "Refused" || outcome === "Done" ? operation.details : {};
    const settled = Object.freeze({ operation: operation.rule.operation, outcome, ...details });
    operation.resolve(settled);
    return settled;
  }

  /** Returns the pending operations as a journal shows them. */
  journaled(): JournaledOperation[] {
    return Array.from(this.#pending.values(), (operation) => {
      const { key, phase, sends, isToRepeat, isOverdue } = operation;
      return { request: requestOf(operation), key, phase, sends, isToRepeat, isOverdue };
    });
  }
}

/** Returns what is asked of the server. */
export function requestOf({
  rule,
  parameters,
  target,
}: Pick<Operation, "rule" | "parameters" | "target">): OperationRequest {
  const { operation, operationName } = rule;
  return { operation, operationName, parameters, target: target.target() };
}

function promiseOf<Value>() {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
