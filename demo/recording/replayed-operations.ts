import type { Desk, OperationOutcome, OperationRequest } from "deskstate";
import { interactionTitle as titleOf } from "deskstate/text";
import { inWords } from "../desk/words.ts";
import type { Followers } from "../followers.ts";

/** That the agent types is nothing that a log is read for. */
const unnoted = "SendNotification";

/** Notes what a replayed desk performs, and goes where the work goes on, as a live page does. @returns ends it */
export function noteOperations(
  desk: Pick<Desk, "journal" | "interaction">,
  { activity, selection }: Pick<Followers, "activity" | "selection">,
): () => void {
  const underWay = new Map<number, (outcome: OperationOutcome) => void>();
  return desk.journal.subscribe(({ type, payload: told }) => {
    if (type === "perform") {
      const [request, key] = told;
      if (typeof key !== "number" || request.operation === unnoted) return;
      const settle = activity.begin(subjectOf(request, desk), inWords(request.operation));
      underWay.set(key, (outcome) => {
        settle(outcome);
        const id = nextOf(request, outcome);
        if (id !== undefined) selection.lead(id);
      });
    } else if (type === "settled") {
      const [key, outcome] = told;
      underWay.get(key)?.(outcome);
      underWay.delete(key);
    }
  });
}

function subjectOf({ target }: OperationRequest, desk: Pick<Desk, "interaction">): string {
  if (target.about === "channel") return inWords(target.channel);
  const interaction = desk.interaction(target.id);
  return interaction === undefined ? target.id : titleOf(interaction.getSnapshot());
}

/** The interaction that is worked on after an operation, where that is another one than before. */
function nextOf(
  { operation, target }: OperationRequest,
  { outcome, interactionId }: OperationOutcome,
): string | undefined {
  if (outcome !== "Done") return undefined;
  return operation === "Accept" && target.about === "interaction" ? target.id : interactionId;
}
