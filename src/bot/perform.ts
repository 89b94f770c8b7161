import type { Availability, Channel, OperationOutcome, Unavailability } from "../index.ts";
import { BotError } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import { kindOf, type AnyInteraction, type ScriptContext } from "./script-context.ts";

/** The channel or interaction that an operation is performed on. */
export type Operable = Channel | AnyInteraction;

/** The obstacles to an operation that do not go away by waiting. */
const hopeless: readonly Unavailability[] = ["not-known", "unsafe-id", "already"];

type Action = (parameters?: unknown) => Promise<OperationOutcome>;

/** Whether an operation can be performed now; which operations exist is known to the server's dialect only. */
export function availability(target: Operable, operation: string): Availability {
  return (target.can as (operation: string) => Availability)(operation);
}

/**
 * Waits until an operation is granted, also through losses of the connection, and performs it. Resolves with its outcome.
 *
 * @throws BotError `deadline`, `ended`, `stopped` while it waits; DeskError `invalid-arguments`
 */
export async function perform(
  context: ScriptContext,
  target: Operable,
  operation: string,
  parameters: readonly unknown[] = [],
): Promise<OperationOutcome> {
  for (;;) {
    const { reason } = await granted(context, target, operation);
    if (reason !== undefined) return notAllowed(operation, reason);
    // Read only now: what was granted when the wait ended may no longer be.
    const action = (target.actions as Readonly<Record<string, Action | undefined>>)[operation];
    if (action !== undefined) return report(context, target, operation, action(...parameters));
  }
}

/** Performs an operation. @throws BotError `not-done` with any outcome but `Done`, and what {@link perform} throws */
export async function performOrThrow(
  context: ScriptContext,
  target: Operable,
  operation: string,
  parameters: readonly unknown[] = [],
): Promise<OperationOutcome> {
  const outcome = await perform(context, target, operation, parameters);
  if (outcome.outcome === "Done" || outcome.reason === "already") return outcome;
  const { about, id } = context.scope.call;
  const message =
    outcome.reason === "not-known"
      ? errorText.noOperation(about, operation)
      : errorText.notDone(about, operation, outcomeText(outcome));
  throw new BotError("not-done", message, { id, outcome });
}

/** Returns the outcome of an operation that was not sent. */
export function notAllowed(operation: string, reason: Unavailability): OperationOutcome {
  return Object.freeze({ operation, outcome: "NotAllowed", reason });
}

function granted(
  { scope, desk, within }: ScriptContext,
  target: Operable,
  operation: string,
): Promise<{ readonly reason?: Unavailability }> {
  // With a reply, the operation is one of another interaction than the script is about.
  const owner = "id" in target && target.id !== scope.call.id ? ` of ${target.id}` : "";
  const obstacle = () => {
    const now = availability(target, operation);
    return now.allowed ? undefined : now.reason;
  };
  return scope.wait({
    awaited: `${operation}${owner} to be possible`,
    on: [target, desk.connection],
    check: () => {
      const reason = obstacle();
      if (reason === undefined) return {};
      return hopeless.includes(reason) ? { reason } : undefined;
    },
    hopeless: () => (obstacle() === "ended" ? "ended" : undefined),
    within,
  });
}

async function report(
  { clock, emit, scope, kinds }: ScriptContext,
  target: Operable,
  operation: string,
  running: Promise<OperationOutcome>,
): Promise<OperationOutcome> {
  const about =
    "id" in target
      ? { operation, id: target.id, channel: target.channel }
      : { operation, channel: target.name };
  const since = clock.now();
  emit({ type: "sent", ...about });
  const result = await running;
  const duration = clock.now() - since;
  const { outcome, code, reason } = result;
  if (outcome !== "NotAllowed") scope.call.resetCalls();
  scope.recent.add(`${operation} ${outcomeText(result)}`);
  emit({
    type: "settled",
    ...about,
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(reason === undefined ? {} : { reason }),
    result,
    duration,
  });
  const isEchoed = "id" in target && kindOf(kinds, target)?.echoedOperations?.includes(operation) === true;
  if (isEchoed && outcome === "Done") {
    emit({ type: "echoed", id: target.id, channel: target.channel, duration });
  }
  return result;
}

/** Returns an outcome in its names and codes. */
function outcomeText({ outcome, code, reason }: OperationOutcome): string {
  const detail = reason ?? code;
  return detail === undefined ? outcome : `${outcome} (${detail})`;
}
