import { checkParameters } from "../../domain/parameters.ts";
import type { Random } from "../../domain/random.ts";
import type { ServerAnswer } from "../../domain/request.ts";
import type { JournaledClock, JournalWriter } from "../journal.ts";
import type { Link } from "../link.ts";
import type { Resync } from "../resync.ts";
import type { Round } from "../round.ts";
import type { DeskState } from "../state.ts";
import type { Perform } from "./action-set.ts";
import { requestOf, type RequestedOperation, type RequestedOperations } from "./operations.ts";

/** Parts of a desk that performing operations needs. */
interface RunnerParts {
  readonly link: Pick<Link, "perform">;
  /** Runs its timers as events of the desk. */
  readonly clock: JournaledClock;
  readonly random: Random;
  readonly journal: JournalWriter;
  readonly round: Round;
  readonly operations: RequestedOperations;
  readonly resync: Resync;
  readonly state: DeskState;
  readonly connection: { readonly isLive: boolean };
  readonly operationTimeout: number;
  readonly recoveryTimeout: number;
}

/** Performs operations: sends them, repeats what may be repeated, and limits how long they take. */
export interface OperationRunner {
  readonly perform: Perform;
  /** Decides on operations whose time is up and which the list, where it could be read, did not show. */
  readonly decide: (keys: readonly number[]) => void;
  /** Continues with what waited for the connection, because the desk has caught up with the server. */
  readonly resume: () => void;
  /** Ends every pending operation. */
  readonly stop: () => void;
}

const maxSends = 3;
const notAuthenticated = 20;

/** Creates what performs the operations of a desk. */
export function createOperationRunner(parts: RunnerParts): OperationRunner {
  const { link, clock, random, journal, round, operations, resync, state, connection } = parts;
  const { pending } = operations;

  function send(operation: RequestedOperation): void {
    const { key } = operation;
    // It may have been settled in the same round.
    if (!pending.has(key)) return;
    if (operation.sends++ === 0) limit(operation, () => timeIsUp(key), parts.operationTimeout, "timeout");
    operation.isToRepeat = false;
    // It may be sent before its time, because the connection came back.
    clock.clearTimeout(operation.repeatTimer);
    void link
      .perform(requestOf(operation))
      .catch((): ServerAnswer => ({ kind: "unanswered" }))
      .then((answer) => {
        if (pending.has(key)) round.run("answer", [key, answer], () => applyAnswer(operation, answer));
      });
  }

  function applyAnswer(operation: RequestedOperation, answer: ServerAnswer): void {
    const { key, rule, sends } = operation;
    if (answer.kind === "acknowledged") {
      operation.phase = answer.kind;
      state.applyToOperation(operation, { type: "OperationAcknowledged", key });
    } else if (answer.kind === "unanswered") {
      operation.phase = answer.kind;
      state.applyToOperation(operation, { type: "OperationUnanswered", key });
      if (pending.has(key) && rule.isRepeatable && sends < maxSends) repeatLater(operation);
    } else {
      const { code, message } = answer.kind === "refused" ? answer : { code: notAuthenticated };
      operation.details = { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
      state.applyToOperation(operation, { type: "OperationRefused", key });
    }
  }

  function repeatLater(operation: RequestedOperation): void {
    operation.isToRepeat = true;
    const delay = (0.5 + random()) * 500 * operation.sends;
    const repeat = () => {
      if (operation.isToRepeat && connection.isLive) round.act(() => send(operation));
    };
    operation.repeatTimer = clock.setTimeout(repeat, delay, `repeat ${operation.key}`);
  }

  function limit(
    operation: RequestedOperation,
    run: () => void,
    ms: number,
    name: "timeout" | "overdue",
  ): void {
    operation.timer = clock.setTimeout(run, ms, `${name} ${operation.key}`);
  }

  function timeIsUp(key: number): void {
    if (connection.isLive) resync.lookUp(key);
    else decide([key]);
  }

  /** No fact confirmed the operation in its time, and the server's list did not show it either; or there is no link. */
  function expire(operation: RequestedOperation, outcome: "TimedOut" | "LinkLost" | "Stopped"): void {
    state.applyToOperation(operation, { type: "OperationExpired", key: operation.key, outcome });
  }

  function decide(keys: readonly number[]): void {
    for (const key of keys) {
      const operation = pending.get(key);
      if (operation === undefined) continue;
      if (connection.isLive) expire(operation, "TimedOut");
      else {
        operation.isOverdue = true;
        limit(operation, () => expire(operation, "LinkLost"), parts.recoveryTimeout, "overdue");
      }
    }
  }

  return {
    perform: (target, rule, given) => {
      const { operation: name } = rule;
      const parameters = checkParameters(name, rule.parameters, given);
      const reason = target.unavailability(rule);
      const request = requestOf({ rule, parameters, target });
      if (reason !== undefined) {
        journal.append("perform", [request, reason]);
        return Promise.resolve(Object.freeze({ operation: name, outcome: "NotAllowed", reason }));
      }
      const operation = operations.create(target, rule, parameters);
      round.run("perform", [request, operation.key], () => {
        state.begin(operation);
        round.act(() => send(operation));
      });
      return operation.promise;
    },
    decide,
    resume: () => {
      for (const operation of pending.values()) {
        if (operation.isOverdue) expire(operation, "TimedOut");
        else if (operation.isToRepeat) round.act(() => send(operation));
      }
    },
    stop: () => {
      for (const operation of pending.values()) {
        expire(operation, "Stopped");
        state.settle(operation.key, "Stopped");
      }
    },
  };
}
