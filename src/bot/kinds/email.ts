import type { EmailContent, EmailOperations, Interaction, InteractionOf } from "../../index.ts";
import { BotError } from "../bot-error.ts";
import * as errorText from "../error-text.ts";
import { createInteractionApi, type InteractionApi } from "../interaction-api.ts";
import { checkDeadline, checkText } from "../pacing.ts";
import { performOrThrow } from "../perform.ts";
import type { BotKind, ScriptContext } from "../script-context.ts";
import { drawTime } from "../think-time.ts";

/** The content of a reply. */
type ReplyContent = EmailOperations["Send"][0];

/** The calls of a script on an accepted email. */
export interface Email extends InteractionApi<InteractionOf<"email">> {
  /**
   * Waits for the content, reads it for as long as its text takes, and resolves with it.
   *
   * @throws BotError `deadline`, `ended`, `stopped`
   */
  readonly read: () => Promise<EmailContent>;
  /**
   * Begins a reply, writes for as long as the text takes, and sends it. A reply that was begun before and not sent is
   * used. The email itself still has to be completed.
   *
   * @throws BotError `invalid-argument` without a text; `not-done`, `deadline`, `ended`
   */
  readonly reply: (parameters: ReplyContent) => Promise<void>;
  /** Does what `reply` does, to all recipients of the email. */
  readonly replyAll: (parameters: ReplyContent) => Promise<void>;
  /** Returns the same email with another deadline for its waits, in milliseconds. @throws BotError `invalid-argument` */
  readonly within: (ms: number) => Email;
}

export const emailBotKind: BotKind<InteractionOf<"email">, Email> = {
  name: "email",
  channels: ["email"],
  createApi: createEmailApi,
  // An email that was not answered is never completed.
  handBackSteps: ({ state }, place) =>
    state === "Composing" ? [["Cancel"]] : state === "Accepted" ? place : [],
};

function createEmailApi(context: ScriptContext, interaction: InteractionOf<"email">): Email {
  const { call } = context.scope;
  return Object.freeze<Email>({
    ...createInteractionApi(context, interaction),
    read: () => call.track("read", () => read(context, interaction)),
    reply: (parameters) => call.track("reply", () => reply(context, interaction, "Reply", parameters)),
    replyAll: (parameters) =>
      call.track("replyAll", () => reply(context, interaction, "ReplyAll", parameters)),
    within: (ms) => createEmailApi({ ...context, within: checkDeadline("within", ms) }, interaction),
  });
}

async function read(
  { scope, within, random, reading }: ScriptContext,
  interaction: InteractionOf<"email">,
): Promise<EmailContent> {
  const content = await scope.wait({
    awaited: "the content of the email",
    on: [interaction],
    check: () => (interaction.email?.text === undefined ? undefined : interaction.email),
    within,
  });
  await scope.pause((content.text?.length ?? 0) * drawTime("reading", reading, random));
  return content;
}

async function reply(
  context: ScriptContext,
  interaction: InteractionOf<"email">,
  operation: "Reply" | "ReplyAll",
  parameters: ReplyContent,
): Promise<void> {
  // Checked before a reply is begun, otherwise that would stay unsent.
  checkText(operation, parameters?.text);
  const draft =
    openReply(context, interaction) ?? (await beginReply(context, interaction, operation, parameters));
  await context.scope.pause(parameters.text.length * drawTime("typing", context.typing, context.random));
  await performOrThrow(context, draft, "Send", [parameters]);
}

async function beginReply(
  context: ScriptContext,
  interaction: InteractionOf<"email">,
  operation: "Reply" | "ReplyAll",
  { queueName }: ReplyContent,
): Promise<Interaction> {
  const parameters = queueName === undefined ? [] : [{ queueName }];
  const outcome = await performOrThrow(context, interaction, operation, parameters);
  const begun = context.desk.interaction(outcome.interactionId ?? "");
  if (begun !== undefined) return begun;
  const { about, id } = context.scope.call;
  throw new BotError("not-done", errorText.noReply(about, operation), { id, outcome });
}

/** Returns the reply to an email that was begun and not sent. */
function openReply({ desk }: ScriptContext, { id }: InteractionOf<"email">): Interaction | undefined {
  return desk.interactions
    .getSnapshot()
    .find(({ state, parentId }) => state === "Composing" && parentId === id);
}
