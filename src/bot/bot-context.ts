import type { AgentHost } from "./agent.ts";
import { stream } from "./pacing.ts";
import type { ScriptContext } from "./script-context.ts";
import type { ScriptSettings } from "./script.ts";
import type { WaitScope } from "./wait-scope.ts";

/** The state and the settings that the parts of one bot share. */
export interface BotContext extends Omit<ScriptContext, "scope" | "random">, AgentHost {
  readonly script: ScriptSettings;
  readonly seed: number;
  /** The channels that the bot works on. */
  readonly channels: readonly string[];
}

/** Returns the context of one run of the script. @param purpose - names its stream of random numbers */
export function contextFor(
  bot: BotContext,
  scope: WaitScope,
  ...purpose: readonly (string | number)[]
): ScriptContext {
  return { ...bot, scope, random: stream(bot.seed, bot.name, ...purpose) };
}
