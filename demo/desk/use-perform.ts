import type { AnySnapshot, OperationOutcome } from "deskstate";
import { interactionTitle, operationText } from "deskstate/text";
import { useDemoContext } from "../demo-context.tsx";

/** An action of any kind of interaction, found by the name of its operation. */
type Action = ((parameters?: object) => Promise<OperationOutcome>) | undefined;

/** Returns a function that performs an operation; the logs of the desk follow what becomes of it. */
export function usePerform(): (
  interaction: AnySnapshot,
  operation: string,
  parameters?: object,
) => Promise<OperationOutcome | undefined> {
  const { logs, nickname } = useDemoContext();
  return async (interaction, operation, parameters) => {
    const action = (interaction.actions as Readonly<Record<string, Action>>)[operation];
    if (action !== undefined) return action(operation === "Accept" ? { nickname } : parameters);
    const text = `${operationText(operation)} cannot be performed now.`;
    logs.activity.add(interactionTitle(interaction), text, "warning");
    return undefined;
  };
}
