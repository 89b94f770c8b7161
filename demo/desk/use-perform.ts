import type { AnySnapshot, OperationOutcome } from "deskstate";
import { interactionTitle } from "deskstate/text";
import { useDemoContext } from "../demo-context.tsx";

/** An action of any kind of interaction, found by the name of its operation. */
type Action = ((parameters?: object) => Promise<OperationOutcome>) | undefined;

/** Returns a function that performs an operation, logs its outcome, and selects the interaction to continue with. */
export function usePerform(): (
  interaction: AnySnapshot,
  operation: string,
  parameters?: object,
) => Promise<OperationOutcome | undefined> {
  const { logs, nickname } = useDemoContext();
  const { activity, selection } = logs;
  return async (interaction, operation, parameters) => {
    const action = (interaction.actions as Readonly<Record<string, Action>>)[operation];
    const running = action?.(operation === "Accept" ? { nickname } : parameters);
    const outcome = await activity.perform(interactionTitle(interaction), operation, running);
    if (outcome?.outcome === "Done") {
      if (operation === "Accept") selection.visit(interaction.id);
      // A reply is written next; after it, the email that it answers is finished.
      if (outcome.interactionId !== undefined) selection.visit(outcome.interactionId);
      const isOverWithReply = operation === "Send" || operation === "Cancel";
      if (isOverWithReply && interaction.parentId !== undefined) selection.visit(interaction.parentId);
    }
    return outcome;
  };
}
