import type { OperationOutcome } from "../../domain/outcome.ts";
import { arraysEqual } from "../../domain/arrays.ts";
import type { OperationRule } from "../../domain/operation.ts";
import type { Availability } from "../entities/interaction.ts";
import type { OperationTarget } from "./operation-target.ts";

/** Functions by operation. */
export type Actions = Readonly<Record<string, (parameters?: unknown) => Promise<OperationOutcome>>>;

/** Performs an operation. @throws DeskError `invalid-arguments` */
export type Perform = (
  target: OperationTarget,
  rule: OperationRule,
  parameters: unknown,
) => Promise<OperationOutcome>;

/** The operations that can be performed on a target, computed on demand. */
export interface ActionSet {
  /** Returns the same object as before when nothing has changed, and the same function for an operation each time. */
  readonly current: () => Actions;
  readonly can: (operation: string) => Availability;
}

/** Creates the actions of a target. */
export function createActionSet(target: OperationTarget, perform: Perform): ActionSet {
  const functions = new Map<string, Actions[string]>();
  let held: Actions | undefined;
  return {
    current: () => {
      const actions = Object.create(null) as Record<string, Actions[string]>;
      for (const [operation, rule] of target.rules) {
        if (target.unavailability(rule) !== undefined) continue;
        const action = functions.get(operation) ?? ((parameters) => perform(target, rule, parameters));
        functions.set(operation, action);
        actions[operation] = action;
      }
      const isSame = held !== undefined && arraysEqual(Object.keys(held), Object.keys(actions));
      return isSame ? held! : (held = Object.freeze(actions));
    },
    can: (operation) => {
      const rule = target.rules.get(operation);
      const reason = rule === undefined ? "not-known" : target.unavailability(rule);
      return reason === undefined ? { allowed: true } : { allowed: false, reason };
    },
  };
}
