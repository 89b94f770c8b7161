import type { Interaction, SharedOperations } from "../index.ts";
import { perform } from "./perform.ts";
import type { ScriptContext } from "./script-context.ts";

/** Where interactions go that a bot cannot finish. `LeaveOpen` leaves them as they are. */
export type HandBack =
  "LeaveOpen" | { readonly workbinId: string } | SharedOperations["SingleStepTransfer"][0];

type Step = readonly [operation: string, ...parameters: unknown[]];

/**
 * Gives an interaction out of the agent's hands, as far as the server grants something that does. An email that was not
 * answered is never completed; a chat is, when nobody can take it over.
 */
export async function handBack(
  context: ScriptContext,
  interaction: Interaction,
  where: HandBack | undefined,
): Promise<void> {
  if (where === "LeaveOpen") return;
  for (const [operation, ...parameters] of steps(interaction, where)) {
    if (interaction.isEnded) return;
    const availability = (interaction.can as (operation: string) => { readonly allowed: boolean })(operation);
    // What is not granted now will not be: nobody else works on it. But the connection may come back.
    if (!availability.allowed && context.desk.connection.state === "Live" && !isPassing(interaction))
      continue;
    const outcome = await perform(context, interaction, operation, parameters).catch(() => undefined);
    if (outcome?.outcome !== "Done") continue;
    const { id, serverChannel: channel } = interaction;
    if (interaction.isEnded) context.emit({ type: "handed-back", id, channel, operation });
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
    interaction.channel !== "chat" ||
    interaction.transcript.parties.some(({ userType, isPresent }) => userType === "Client" && isPresent);
  const place: Step[] = [];
  if (where !== undefined && "workbinId" in where) place.push(["PlaceInWorkbin", where]);
  else if (where !== undefined) place.push(["SingleStepTransfer", where]);
  else if (currentQueue !== undefined) place.push(["SingleStepTransfer", { queueName: currentQueue }]);
  if (channel !== "chat") return place;
  return [...(isTalkedTo ? place : []), ["LeaveChat"], ["StopProcessing"]];
}
