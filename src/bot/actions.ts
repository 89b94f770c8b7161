import type { OperationOutcome } from "../index.ts";
import { BotError } from "./bot-error.ts";
import { availability, notAllowed, perform, performOrThrow } from "./perform.ts";
import type { AnyInteraction, ScriptContext } from "./script-context.ts";

/** All operations of an interaction; unlike its own actions they are always there, and wait until the server grants them. */
export type BotActions<Live extends { readonly actions: object }> = Required<Live["actions"]>;

/** Returns operations that reject with a BotError when they are not done. */
export function throwingActions<Live extends AnyInteraction>(
  context: ScriptContext,
  interaction: Live,
): BotActions<Live> {
  return actions(context, (operation, parameters) =>
    performOrThrow(context, interaction, operation, parameters),
  );
}

/** Returns operations that resolve with their outcome, whatever it is. Only invalid arguments make them reject. */
export function safeActions<Live extends AnyInteraction>(
  context: ScriptContext,
  interaction: Live,
): BotActions<Live> {
  return actions(context, async (operation, parameters) => {
    try {
      return await perform(context, interaction, operation, parameters);
    } catch (error) {
      if (!(error instanceof BotError)) throw error;
      if (error.code === "stopped") return Object.freeze({ operation, outcome: "Stopped" });
      const now = availability(interaction, operation);
      return notAllowed(operation, now.allowed ? "not-granted" : now.reason);
    }
  });
}

// The server's dialect knows which operations there are, so any name may be one. All begin with a capital letter; `then`
// and `toJSON`, which are read when the object is awaited or printed, do not.
const operationName = /^[A-Z]/;

function actions<Actions extends object>(
  { scope }: ScriptContext,
  run: (operation: string, parameters: readonly unknown[]) => Promise<OperationOutcome>,
): Actions {
  const made = new Map<string, unknown>();
  return new Proxy<Actions>(Object.freeze(Object.create(null)), {
    get(_, operation) {
      if (typeof operation !== "string" || !operationName.test(operation)) return undefined;
      if (!made.has(operation)) {
        made.set(operation, (...parameters: unknown[]) =>
          scope.call.track(operation, () => run(operation, parameters)),
        );
      }
      return made.get(operation);
    },
  });
}
