import type { Interaction } from "../index.ts";
import { createAgentApi } from "./agent.ts";
import { contextFor, type BotContext } from "./bot-context.ts";
import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import { createOffer, isDecision, type Decision } from "./offer.ts";
import { perform } from "./perform.ts";
import { failure, runScript } from "./run-script.ts";
import type { ScriptContext } from "./script-context.ts";
import type { WaitScope } from "./wait-scope.ts";

/** Lets the script decide on an offer, and acts on the decision. @param times - how often it was offered */
export async function decide(
  bot: BotContext,
  scope: WaitScope,
  interaction: Interaction,
  times: number,
): Promise<void> {
  const context = contextFor(bot, scope, "offered", interaction.id, times);
  const decision = await decisionOf(bot, context, interaction, times);
  if (decision === "Ignore" || scope.over !== undefined) return;
  const nickname = bot.script.nickname ?? bot.host.name;
  const parameters = decision === "Accept" ? [{ nickname }] : [];
  try {
    await scope.call.track(decision, () => perform(context, interaction, decision, parameters));
  } catch (error) {
    // The offer was taken away, or the operation was not granted in time.
    if (!(error instanceof BotError)) throw error;
  }
}

async function decisionOf(
  { script, host, emit }: BotContext,
  context: ScriptContext,
  interaction: Interaction,
  times: number,
): Promise<Decision> {
  const { offered = "Accept" } = script;
  if (typeof offered !== "function") return offered;
  const { scope } = context;
  let decision: unknown;
  const result = await runScript(scope, async () => {
    decision = await offered(createOffer(context, interaction, times), createAgentApi(context, host));
    if (isDecision(decision)) return;
    throw new BotError("invalid-script", errorText.noDecision(describeValue(decision)), {
      id: interaction.id,
    });
  });
  if (result.ending === "failed") emit({ type: "failed", ...failure("offered", scope, result.error) });
  return result.ending === "finished" && isDecision(decision) ? decision : "Ignore";
}
