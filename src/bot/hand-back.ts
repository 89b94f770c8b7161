import type { Interaction } from "../index.ts";
import type { TransferTarget } from "./interaction-api.ts";
import { availability, perform } from "./perform.ts";
import { kindOf, type ScriptContext, type Step } from "./script-context.ts";

/** The place for interactions that a bot cannot finish; `LeaveOpen` leaves them as they are. */
export type HandBack = "LeaveOpen" | { readonly workbinId: string } | TransferTarget;

/** Hands an interaction back, as far as the server grants an operation that does so. Never rejects. */
export async function handBack(
  context: ScriptContext,
  interaction: Interaction,
  target: HandBack | undefined,
): Promise<void> {
  if (target === "LeaveOpen") return;
  const place = placing(interaction, target);
  const steps =
    kindOf(context.kinds, interaction)?.handBackSteps?.(interaction, place) ??
    (interaction.state === "Accepted" ? place : []);
  for (const [operation, ...parameters] of steps) {
    if (interaction.isEnded) return;
    // An operation that is not granted now will not be, because only this agent works on the interaction. But a pending
    // operation may settle, and the connection may come back.
    const isFinal = context.desk.connection.state === "Live" && interaction.pending.length === 0;
    if (isFinal && !availability(interaction, operation).allowed) continue;
    const outcome = await perform(context, interaction, operation, parameters).catch(() => undefined);
    if (outcome?.outcome !== "Done" || !interaction.isEnded) continue;
    const { id, channel } = interaction;
    context.emit({ type: "handed-back", id, channel, operation });
  }
}

function placing(
  { currentQueue: queueName }: Interaction,
  target: Exclude<HandBack, "LeaveOpen"> | undefined,
): readonly Step[] {
  if (target !== undefined && "workbinId" in target) return [["PlaceInWorkbin", target]];
  if (target !== undefined) return [["SingleStepTransfer", target]];
  return queueName === undefined ? [] : [["SingleStepTransfer", { queueName }]];
}
