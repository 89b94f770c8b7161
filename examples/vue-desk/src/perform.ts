import { ref } from "vue";
import type { OperationOutcome } from "deskstate";

/** Awaits operations. `problem` shows the failure of the last one. */
export function usePerform() {
  const problem = ref("");
  async function perform(operation: Promise<OperationOutcome> | undefined) {
    const outcome = await operation;
    const went = outcome === undefined || outcome.outcome === "Done";
    problem.value = went ? "" : `${outcome.operation}: ${outcome.message ?? outcome.outcome}`;
    return outcome;
  }
  return { problem, perform };
}
