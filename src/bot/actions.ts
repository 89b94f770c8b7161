import type { Availability, OperationOutcome, Operations } from "../index.ts";
import { BotError } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import { notAllowed, outcomeText, perform, type Subject } from "./perform.ts";
import type { Stint } from "./stint.ts";

/** Every operation that there is; each waits until the server grants it. */
export type ActionsIn<Known extends Operations> = {
  readonly [Operation in keyof Known]: (...parameters: Known[Operation]) => Promise<OperationOutcome>;
};

/** Operations that fail with a BotError when they are not done. */
export function actionsThatThrow<Known extends Operations>(stint: Stint, subject: Subject): ActionsIn<Known> {
  return actions(stint, (operation, parameters) => done(stint, subject, operation, parameters));
}

/** Operations that give their outcome, whatever it is. Only wrong arguments make them fail. */
export function actionsThatTell<Known extends Operations>(stint: Stint, subject: Subject): ActionsIn<Known> {
  return actions(stint, async (operation, parameters) => {
    try {
      return await perform(stint, subject, operation, parameters);
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
  stint: Stint,
  subject: Subject,
  operation: string,
  parameters: readonly unknown[] = [],
): Promise<OperationOutcome> {
  const outcome = await perform(stint, subject, operation, parameters);
  if (outcome.outcome === "Done" || outcome.reason === "already") return outcome;
  const { about, id } = stint.scope.run;
  const message =
    outcome.reason === "not-known"
      ? errorText.noOperation(about, operation)
      : errorText.notDone(about, operation, outcomeText(outcome));
  throw new BotError("not-done", message, { id, outcome });
}

function actions<Known extends Operations>(
  { scope }: Stint,
  run: (operation: string, parameters: readonly unknown[]) => Promise<OperationOutcome>,
): ActionsIn<Known> {
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
  }) as ActionsIn<Known>;
}
