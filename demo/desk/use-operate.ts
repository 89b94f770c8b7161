import type { AnySnapshot, OperationOutcome } from "deskstate";
import { interactionTitle as titleOf } from "deskstate/text";
import { useWorkplace } from "../workplace.tsx";
import { inWords } from "./words.ts";

/** An action of any channel, found by its operation's name. */
type Action = ((parameters?: object) => Promise<OperationOutcome>) | undefined;

/** Performs an operation, notes what became of it, and goes where the work goes on. */
export function useOperate(): (
  interaction: AnySnapshot,
  operation: string,
  parameters?: object,
) => Promise<OperationOutcome | undefined> {
  const { activity, nickname, selection } = useWorkplace();
  return async (interaction, operation, parameters) => {
    const action = (interaction.actions as Readonly<Record<string, Action>>)[operation];
    const given = operation === "Accept" ? { nickname } : parameters;
    const running = action?.(given);
    const outcome = await activity.perform(titleOf(interaction), inWords(operation), running);
    if (outcome?.outcome === "Done") {
      if (operation === "Accept") selection.visit(interaction.id);
      // Whoever begins a reply wants to write it; after it comes finishing what was replied to.
      if (outcome.interactionId !== undefined) selection.visit(outcome.interactionId);
      const isOverWithReply = operation === "Send" || operation === "Cancel";
      if (interaction.kind === "email" && isOverWithReply && interaction.parentId !== undefined) {
        selection.visit(interaction.parentId);
      }
    }
    return outcome;
  };
}
