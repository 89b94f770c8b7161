import type { BotKind } from "../script-context.ts";
import { chatBotKind, type Chat } from "./chat.ts";
import { emailBotKind, type Email } from "./email.ts";

export type { AnswerOptions } from "./chat.ts";
export type { CustomerLine } from "./customer-lines.ts";
export type { AnswerRules, AnswerText, LineMatcher } from "./line-matching.ts";
export type { Chat, Email };

/** The kinds that every script may have handlers for, with what its handler of each is given. */
export interface StandardApis {
  /** Works on an accepted email. What it leaves unfinished when it returns stays with the agent. */
  readonly email: Email;
  /** Works on an accepted chat. What it leaves unfinished when it returns stays with the agent. */
  readonly chat: Chat;
}

export const standardBotKinds: readonly BotKind[] = [emailBotKind, chatBotKind];
