import type { ChatOperations, Interaction } from "../index.ts";
import { safeActions } from "./actions.ts";
import { createAgentApi, type AgentHost } from "./agent.ts";
import { BotError, describeValue } from "./bot-error.ts";
import { runScript, failure } from "./run-script.ts";
import * as errorText from "./error-text.ts";
import { decisions, createOfferApi, type Decision } from "./offer.ts";
import type { Script } from "./script.ts";
import type { ScriptContext } from "./script-context.ts";

/** What deciding on an offer needs of its bot. */
export interface DecideSetup extends ScriptContext {
  readonly script: Script;
  readonly host: AgentHost;
}

/** Has the script decide on an offer, and does as it says. */
export async function decide(setup: DecideSetup, interaction: Interaction, times: number): Promise<void> {
  const decision = await decided(setup, interaction, times);
  if (decision === "Ignore" || setup.scope.over !== undefined) return;
  const actions = safeActions<ChatOperations>(setup, interaction);
  if (decision === "Reject") await actions.Reject();
  else await actions.Accept({ nickname: setup.script.nickname ?? setup.host.name });
}

async function decided(setup: DecideSetup, interaction: Interaction, times: number): Promise<Decision> {
  const { script, scope, host, emit } = setup;
  const { offered = "Accept" } = script;
  if (typeof offered !== "function") return offered;
  let decision: unknown;
  const result = await runScript(scope, async () => {
    decision = await offered(createOfferApi(setup, interaction, times), createAgentApi(setup, host));
    if (decisions.includes(decision)) return;
    throw new BotError("invalid-script", errorText.noDecision(describeValue(decision)), {
      id: interaction.id,
    });
  });
  if (result.ending === "finished") return decision as Decision;
  if (result.ending === "failed") emit({ type: "failed", ...failure("offered", scope, result.error) });
  return "Ignore";
}
