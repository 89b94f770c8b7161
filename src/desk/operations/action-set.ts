import type { OperationOutcome } from "../../domain/outcome.ts";
import { arraysEqual } from "../../domain/arrays.ts";
import type { Availability } from "../entities/interaction.ts";
import type { OperationRunner, OperationTarget } from "./operation-runner.ts";

/** Functions by operation. */
export type Actions = Readonly<Record<string, (parameters?: unknown) => Promise<OperationOutcome>>>;

/** What can be performed on a subject, worked out anew when it is asked for. */
export interface ActionSet {
  /** The same object as before when nothing has changed, and the same function for an operation each time it is there. */
  readonly current: () => Actions;
  readonly can: (operation: string) => Availability;
}

/** Finds the actions of a subject. */
export function createActionSet(subject: OperationTarget, runner: OperationRunner): ActionSet {
  const made = new Map<string, Actions[string]>();
  let found: Actions | undefined;
  return {
    current: () => {
      const actions = Object.create(null) as Record<string, Actions[string]>;
      for (const [operation, rule] of subject.rules) {
        if (subject.unavailability(rule) !== undefined) continue;
        const action = made.get(operation) ?? ((parameters) => runner.perform(subject, rule, parameters));
        made.set(operation, action);
        actions[operation] = action;
      }
      const isSame = found !== undefined && arraysEqual(Object.keys(found), Object.keys(actions));
      return isSame ? found! : (found = Object.freeze(actions));
    },
    can: (operation) => {
      const rule = subject.rules.get(operation);
      const reason = rule === undefined ? "not-known" : subject.unavailability(rule);
      return reason === undefined ? { allowed: true } : { allowed: false, reason };
    },
  };
}
