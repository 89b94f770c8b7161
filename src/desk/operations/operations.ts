import type { Clock } from "../../domain/clock.ts";
import type { OperationRule } from "../../domain/operation.ts";
import type { OperationOutcome, OperationOutcomeName } from "../../domain/outcome.ts";
import type { Parameters } from "../../domain/parameters.ts";
import type { OperationRequest } from "../../domain/request.ts";
import type { JournaledOperation } from "../journal.ts";
import type { OperationTarget, PendingRequest } from "./operation-target.ts";

/** A pending operation. */
export interface RequestedOperation extends PendingRequest {
  readonly target: OperationTarget;
  readonly promise: Promise<OperationOutcome>;
  readonly resolve: (outcome: OperationOutcome) => void;
  phase: JournaledOperation["phase"];
  sends: number;
  /** Further details of its outcome, when it is refused or done. */
  details: Pick<OperationOutcome, "code" | "message" | "interactionId">;
  timer: unknown;
  repeatTimer: unknown;
  /** Whether its time is up, but there was no connection to ask what became of it. */
  isOverdue: boolean;
  /** Whether it may be sent again, and waits for the connection to do so. */
  isToRepeat: boolean;
}

/**
 * The pending operations of a desk. The promise of each settles exactly once, with the outcome that the chart of its
 * target decided on, however answers, notifications, time and connection come in.
 */
export class RequestedOperations {
  readonly pending = new Map<number, RequestedOperation>();
  readonly #clock: Clock;
  #keys = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  create(target: OperationTarget, rule: OperationRule, parameters: Parameters): RequestedOperation {
    const key = ++this.#keys;
    let resolve!: RequestedOperation["resolve"];
    const promise = new Promise<OperationOutcome>((settle) => (resolve = settle));
    const operation: RequestedOperation = {
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
    this.pending.set(key, operation);
    return operation;
  }

  /** Ends an operation. Returns what settles its promise; `undefined` when it was settled already. */
  settle(key: number, outcome: OperationOutcomeName): (() => OperationOutcome) | undefined {
    const operation = this.pending.get(key);
    if (operation === undefined) return undefined;
    this.pending.delete(key);
    this.#clock.clearTimeout(operation.timer);
    this.#clock.clearTimeout(operation.repeatTimer);
    const { rule, resolve, details } = operation;
    const hasDetails = outcome === "Refused" || outcome === "Done";
    const settled = Object.freeze({ operation: rule.operation, outcome, ...(hasDetails && details) });
    return () => {
      resolve(settled);
      return settled;
    };
  }

  /** Returns the pending operations as a journal shows them. */
  journaled(): JournaledOperation[] {
    return Array.from(this.pending.values(), (operation) => {
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
}: Pick<RequestedOperation, "rule" | "parameters" | "target">): OperationRequest {
  const { operation, operationName } = rule;
  return { operation, operationName, parameters, target: target.target() };
}
