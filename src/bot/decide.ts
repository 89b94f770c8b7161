import type { ChatOperations, Interaction } from "../index.ts";
import { actionsThatTell } from "./actions.ts";
import { agentFace, type AgentHost } from "./agent.ts";
import { BotError, describe } from "./bot-error.ts";
import { contained, failure } from "./contained.ts";
import * as errorText from "./error-text.ts";
import { decisions, offerFace, type Decision } from "./offer.ts";
import type { Script } from "./script.ts";
import type { Stint } from "./stint.ts";

/** What deciding on an offer needs of its bot. */
export interface DecideSetup extends Stint {
  readonly script: Script;
  readonly host: AgentHost;
}

/** Has the script decide on an offer, and does as it says. */
export async function decide(setup: DecideSetup, interaction: Interaction, times: number): Promise<void> {
  const decision = await decided(setup, interaction, times);
  if (decision === "Ignore" || setup.scope.over !== undefined) return;
  const actions = actionsThatTell<ChatOperations>(setup, interaction);
  if (decision === "Reject") await actions.Reject();
  else await actions.Accept({ nickname: setup.script.nickname ?? setup.host.name });
}

async function decided(setup: DecideSetup, interaction: Interaction, times: number): Promise<Decision> {
  const { script, scope, host, tell } = setup;
  const { offered = "Accept" } = script;
  if (typeof offered !== "function") return offered;
  let decision: unknown;
  const result = await contained(scope, async () => {
    decision = await offered(offerFace(setup, interaction, times), agentFace(setup, host));
    if (decisions.includes(decision)) return;
    throw new BotError("invalid-script", errorText.noDecision(describe(decision)), { id: interaction.id });
  });
  if (result.ending === "finished") return decision as Decision;
  if (result.ending === "failed") tell({ type: "failed", ...failure("offered", scope, result.error) });
  return "Ignore";
}
