import type { Availability, OperationOutcome, Operations } from "../index.ts";
import { BotError } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import { notAllowed, outcomeText, perform, type Subject } from "./perform.ts";
import type { ScriptContext } from "./script-context.ts";

/** Every operation that there is; each waits until the server grants it. */
export type BotActions<Known extends Operations> = {
  readonly [Operation in keyof Known]: (...parameters: Known[Operation]) => Promise<OperationOutcome>;
};

/** Operations that fail with a BotError when they are not done. */
export function throwingActions<Known extends Operations>(
  context: ScriptContext,
  subject: Subject,
): BotActions<Known> {
  return actions(context, (operation, parameters) => done(context, subject, operation, parameters));
}

/** Operations that give their outcome, whatever it is. Only wrong arguments make them fail. */
export function safeActions<Known extends Operations>(
  context: ScriptContext,
  subject: Subject,
): BotActions<Known> {
  return actions(context, async (operation, parameters) => {
    try {
      return await perform(context, subject, operation, parameters);
    } catch (error) {
      if (!(error instanceof BotError)) throw error;
      if (error.code === "stopped") return Object.freeze({ operation, outcome: "Stopped" as const });
      const availability = (subject.can as (operation: string) => Availability)(operation);
      return notAllowed(operation, availability.allowed ? "not-granted" : availability.reason);
    }
  });
}

/** Performs an operation. @throws BotError `not-done` with any outcome but `Done`, and what {@link perform} throws */
export async function done(
  context: ScriptContext,
  subject: Subject,
  operation: string,
  parameters: readonly unknown[] = [],
): Promise<OperationOutcome> {
  const outcome = await perform(context, subject, operation, parameters);
  if (outcome.outcome === "Done" || outcome.reason === "already") return outcome;
  const { about, id } = context.scope.run;
  const message =
    outcome.reason === "not-known"
      ? errorText.noOperation(about, operation)
      : errorText.notDone(about, operation, outcomeText(outcome));
  throw new BotError("not-done", message, { id, outcome });
}

function actions<Known extends Operations>(
  { scope }: ScriptContext,
  run: (operation: string, parameters: readonly unknown[]) => Promise<OperationOutcome>,
): BotActions<Known> {
  const made = new Map<string, unknown>();
  // Which operations there are is known to the server's dialect, not here.
  return new Proxy(Object.freeze(Object.create(null)), {
    get(_, operation) {
      // Asked for when somebody awaits the actions themselves, or prints them.
      if (typeof operation !== "string" || operation === "then") return undefined;
      if (!made.has(operation)) {
        made.set(operation, (...parameters: unknown[]) =>
          scope.run.call(operation, () => run(operation, parameters)),
        );
      }
      return made.get(operation);
    },
  }) as BotActions<Known>;
}
