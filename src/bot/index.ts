export { defineBot } from "./script.ts";
export type { Script, Until } from "./script.ts";
export { runBot } from "./run-bot.ts";
export type { Bot, RunBotOptions, RunBotSettings, StopOptions } from "./run-bot.ts";
export { constant, exponential, lognormal, normal, uniform } from "./think-time.ts";
export type { ThinkTime } from "./think-time.ts";
export { BotError } from "./bot-error.ts";
export type { BotErrorCode } from "./bot-error.ts";
export type { BotActions } from "./actions.ts";
export type { Agent, NotReadyOptions } from "./agent.ts";
export type { AnswerText, AnswerRules } from "./answers.ts";
export type { AnswerOptions, Chat } from "./chat.ts";
export type { Email } from "./email.ts";
export type { HandBack } from "./hand-back.ts";
export type { InteractionApi, TransferTarget } from "./interaction-api.ts";
export type {
  BotEventDetails,
  BotEnding,
  BotFailure,
  BotEvent,
  BotEvent as Happening,
  ScriptPart,
  WorkEnding,
} from "./bot-event.ts";
export type { CustomerLine, CustomerLine as Line } from "./customer-lines.ts";
export type { Matcher } from "./matcher.ts";
export type { Decision, Offer } from "./offer.ts";
export type { Pacing } from "./pacing.ts";
export type { BotSummary, BotTally } from "./tally.ts";
