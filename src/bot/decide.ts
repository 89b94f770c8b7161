import type { Interaction } from "../index.ts";
import { createAgentApi } from "./agent.ts";
import { BotError, describeValue } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import { createOffer, isDecision, type Decision } from "./offer.ts";
import { perform } from "./perform.ts";
import { botFailure, runScript } from "./script-call.ts";
import { contextFor, type BotContext } from "./bot-context.ts";
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
  const nickname = bot.script.nickname ?? bot.name;
  const parameters = decision === "Accept" ? [{ nickname }] : [];
  try {
    await scope.call.track(decision, () => perform(context, interaction, decision, parameters));
  } catch (error) {
    // The offer was taken away, or the operation was not granted in time.
    if (!(error instanceof BotError)) throw error;
  }
}

async function decisionOf(
  bot: BotContext,
  context: ScriptContext,
  interaction: Interaction,
  times: number,
): Promise<Decision> {
  const { offered = "Accept" } = bot.script;
  if (typeof offered !== "function") return offered;
  const { scope } = context;
  let decision: Decision = "Ignore";
  const result = await runScript(scope, async () => {
    const returned: unknown = await offered(
      createOffer(context, interaction, times),
      createAgentApi(context, bot),
    );
    if (isDecision(returned)) decision = returned;
    else
      throw new BotError("invalid-script", errorText.noDecision(describeValue(returned)), {
        id: interaction.id,
      });
  });
  if (result.ending === "failed") {
    bot.emit({ type: "failed", ...botFailure("offered", scope, result.error) });
  }
  return result.ending === "finished" ? decision : "Ignore";
}
