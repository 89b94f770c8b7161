export { channelsOf, defineBot } from "./script.ts";
export type { Script, ScriptSettings, Until, WorkOn } from "./script.ts";
export { runBot } from "./run-bot.ts";
export type { Bot, RunBotOptions, RunBotSettings, StopOptions } from "./run-bot.ts";
export { constant, exponential, lognormal, normal, uniform } from "./think-time.ts";
export type { ThinkTime } from "./think-time.ts";
export { BotError } from "./bot-error.ts";
export type { BotErrorCode } from "./bot-error.ts";
export type { BotActions } from "./actions.ts";
export type { Agent } from "./agent.ts";
export type { NotReadyOptions } from "./channel-readiness.ts";
export type { HandBack } from "./hand-back.ts";
export { createInteractionApi } from "./interaction-api.ts";
export type { InteractionApi, TransferTarget } from "./interaction-api.ts";
export type { AnyInteraction, BotKind, ScriptContext } from "./script-context.ts";
export type {
  AnswerOptions,
  AnswerRules,
  AnswerText,
  Chat,
  CustomerLine,
  Email,
  LineMatcher,
  StandardApis,
} from "./kinds/index.ts";
export type {
  BotEnding,
  BotEvent,
  BotEventDetails,
  BotFailure,
  BotSummary,
  BotTally,
  ScriptPart,
  WorkEnding,
} from "./bot-event.ts";
export type { Decision, Offer } from "./offer.ts";
export type { Pacing } from "./pacing.ts";
