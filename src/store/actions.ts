import type { OperationTable } from "../domain/operation.ts";
import type { OperationOutcome } from "../domain/outcome.ts";
import type { OperationRunner, Subject } from "./operation-runner.ts";

/** Functions by operation. */
export type Actions = Readonly<Record<string, (parameters?: unknown) => Promise<OperationOutcome>>>;

const noActions: Actions = Object.freeze(Object.create(null) as Actions);
const made = new WeakMap<Subject, Map<string, Actions[string]>>();

/**
 * What can be performed on a subject now. The same object as `previous` when that is still so, and the same function
 * for an operation each time it is there.
 */
export function actionsFor(
  subject: Subject,
  rules: OperationTable,
  runner: OperationRunner,
  previous: Actions = noActions,
): Actions {
  let isSame = true;
  let count = 0;
  const actions = Object.create(null) as Record<string, Actions[string]>;
  for (const rule of rules.values()) {
    if (subject.unavailability(rule) !== undefined) continue;
    count++;
    actions[rule.operation] = actionFor(subject, rule.operation, (parameters) =>
      runner.perform(subject, rule, parameters),
    );
    isSame &&= rule.operation in previous;
  }
  return isSame && count === Object.keys(previous).length ? previous : Object.freeze(actions);
}

function actionFor(subject: Subject, operation: string, make: Actions[string]): Actions[string] {
  let own = made.get(subject);
  if (own === undefined) made.set(subject, (own = new Map()));
  const held = own.get(operation);
  if (held !== undefined) return held;
  own.set(operation, make);
  return make;
}
