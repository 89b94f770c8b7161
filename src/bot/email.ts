import type {
  EmailContent,
  EmailInteraction,
  EmailOperations,
  Interaction,
  SendEmailParameters,
} from "../index.ts";
import { done } from "./actions.ts";
import { BotError } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import { createInteractionApi, type InteractionApi } from "./interaction-api.ts";
import { checkText, deadline } from "./pacing.ts";
import type { ScriptContext } from "./script-context.ts";
import { drawTime, type ThinkTime } from "./think-time.ts";

/** An accepted email, as a script works on it. */
export interface Email extends InteractionApi<EmailOperations, EmailInteraction> {
  /** Waits until the content is there, reads it for as long as its text takes, and gives it. */
  readonly read: () => Promise<EmailContent>;
  /**
   * Begins a reply, writes for as long as the text takes, and sends it. A reply that was begun before and not sent is
   * used. The email itself stays to be completed.
   *
   * @throws BotError `not-done`, `deadline`, `ended`
   */
  readonly reply: (parameters: SendEmailParameters) => Promise<void>;
  /** The same, to all who got the email. */
  readonly replyAll: (parameters: SendEmailParameters) => Promise<void>;
  /** The same email with another deadline for its waits, in milliseconds. */
  readonly within: (ms: number) => Email;
}

/** How fast somebody reads and writes, per character. */
export interface Speed {
  readonly reading: ThinkTime;
  readonly typing: ThinkTime;
}

export function createEmailApi(context: ScriptContext, interaction: EmailInteraction, speed: Speed): Email {
  const { run } = context.scope;
  return Object.freeze({
    ...createInteractionApi<EmailOperations, EmailInteraction>(context, interaction),
    read: () => run.call("read", () => read(context, interaction, speed.reading)),
    reply: (parameters: SendEmailParameters) =>
      run.call("reply", () => reply(context, interaction, "Reply", parameters, speed.typing)),
    replyAll: (parameters: SendEmailParameters) =>
      run.call("replyAll", () => reply(context, interaction, "ReplyAll", parameters, speed.typing)),
    within: (ms: number) =>
      createEmailApi({ ...context, within: deadline("within", ms) }, interaction, speed),
  });
}

async function read(
  { scope, within, random }: ScriptContext,
  interaction: EmailInteraction,
  reading: ThinkTime,
): Promise<EmailContent> {
  const content = await scope.wait({
    awaited: "the content of the email",
    on: [interaction],
    look: () => (interaction.email?.text === undefined ? undefined : interaction.email),
    within,
  });
  await scope.pause((content.text?.length ?? 0) * drawTime("reading", reading, random));
  return content;
}

async function reply(
  context: ScriptContext,
  interaction: EmailInteraction,
  operation: "Reply" | "ReplyAll",
  parameters: SendEmailParameters,
  typing: ThinkTime,
): Promise<void> {
  // Before a reply is begun that would be left lying.
  checkText(operation, parameters?.text);
  const answer =
    openReply(context, interaction) ?? (await beginReply(context, interaction, operation, parameters));
  await context.scope.pause(parameters.text.length * drawTime("typing", typing, context.random));
  await done(context, answer, "Send", [parameters]);
}

async function beginReply(
  context: ScriptContext,
  interaction: EmailInteraction,
  operation: "Reply" | "ReplyAll",
  { queueName }: SendEmailParameters,
): Promise<Interaction> {
  const outcome = await done(context, interaction, operation, queueName === undefined ? [] : [{ queueName }]);
  const begun = context.desk.interaction(outcome.interactionId ?? "");
  if (begun !== undefined) return begun;
  const { about, id } = context.scope.run;
  throw new BotError("not-done", errorText.noReply(about, operation), { id, outcome });
}

/** The reply to an email that was begun and not sent. */
function openReply({ desk }: ScriptContext, { id }: EmailInteraction): Interaction | undefined {
  return desk.interactions
    .getSnapshot()
    .find(({ state, parentId }) => state === "Composing" && parentId === id);
}
