import type { EmailOperations, Interaction } from "../index.ts";
import { perform } from "./perform.ts";
import type { Stint } from "./stint.ts";

/** Where interactions go that a bot cannot finish. `LeaveOpen` leaves them as they are. */
export type HandBack =
  "LeaveOpen" | { readonly workbinId: string } | EmailOperations["SingleStepTransfer"][0];

type Step = readonly [operation: string, ...parameters: unknown[]];

/**
 * Gives an interaction out of the agent's hands, as far as the server grants something that does. An email that was not
 * answered is never completed; a chat is, when nobody can take it over.
 */
export async function handBack(
  stint: Stint,
  interaction: Interaction,
  where: HandBack | undefined,
): Promise<void> {
  if (where === "LeaveOpen") return;
  for (const [operation, ...parameters] of steps(interaction, where)) {
    if (interaction.isEnded) return;
    const availability = (interaction.can as (operation: string) => { readonly allowed: boolean })(operation);
    // What is not granted now will not be: nobody else works on it. But the connection may come back.
    if (!availability.allowed && stint.desk.connection.state === "Live" && !isPassing(interaction)) continue;
    const outcome = await perform(stint, interaction, operation, parameters).catch(() => undefined);
    if (outcome?.outcome !== "Done") continue;
    const { id, channel } = interaction;
    if (interaction.isEnded) stint.tell({ type: "handed-back", id, channel, operation });
  }
}

function isPassing({ pending }: Interaction): boolean {
  return pending.length > 0;
}

function steps(interaction: Interaction, where: Exclude<HandBack, "LeaveOpen"> | undefined): readonly Step[] {
  const { channel, state, currentQueue } = interaction;
  if (state === "Composing") return [["Cancel"]];
  if (state === "Left") return [["StopProcessing"]];
  if (state !== "Accepted") return [];
  const isTalkedTo =
    interaction.kind !== "chat" ||
    interaction.transcript.parties.some(({ userType, isPresent }) => userType === "Client" && isPresent);
  const place: Step[] = [];
  if (where !== undefined && "workbinId" in where) place.push(["PlaceInWorkbin", where]);
  else if (where !== undefined) place.push(["SingleStepTransfer", where]);
  else if (currentQueue !== undefined) place.push(["SingleStepTransfer", { queueName: currentQueue }]);
  if (channel !== "chat") return place;
  return [...(isTalkedTo ? place : []), ["LeaveChat"], ["StopProcessing"]];
}
