import type { EmailContent, InteractionOf, EmailOperations, Interaction } from "../index.ts";

/** What a reply says. */
type SendEmailParameters = EmailOperations["Send"][0];
import { done } from "./actions.ts";
import { BotError } from "./bot-error.ts";
import * as errorText from "./error-text.ts";
import { handling, type Handling } from "./handling.ts";
import { checkText, deadline } from "./pacing.ts";
import type { Stint } from "./stint.ts";
import { drawn, type ThinkTime } from "./think-time.ts";

/** An accepted email, as a script works on it. */
export interface Email extends Handling<EmailOperations, InteractionOf<"email">> {
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

export function emailFace(stint: Stint, interaction: InteractionOf<"email">, speed: Speed): Email {
  const { run } = stint.scope;
  return Object.freeze({
    ...handling<EmailOperations, InteractionOf<"email">>(stint, interaction),
    read: () => run.call("read", () => read(stint, interaction, speed.reading)),
    reply: (parameters: SendEmailParameters) =>
      run.call("reply", () => reply(stint, interaction, "Reply", parameters, speed.typing)),
    replyAll: (parameters: SendEmailParameters) =>
      run.call("replyAll", () => reply(stint, interaction, "ReplyAll", parameters, speed.typing)),
    within: (ms: number) => emailFace({ ...stint, within: deadline("within", ms) }, interaction, speed),
  });
}

async function read(
  { scope, within, random }: Stint,
  interaction: InteractionOf<"email">,
  reading: ThinkTime,
): Promise<EmailContent> {
  const content = await scope.wait({
    awaited: "the content of the email",
    on: [interaction],
    look: () => (interaction.email?.text === undefined ? undefined : interaction.email),
    within,
  });
  await scope.pause((content.text?.length ?? 0) * drawn("reading", reading, random));
  return content;
}

async function reply(
  stint: Stint,
  interaction: InteractionOf<"email">,
  operation: "Reply" | "ReplyAll",
  parameters: SendEmailParameters,
  typing: ThinkTime,
): Promise<void> {
  // Before a reply is begun that would be left lying.
  checkText(operation, parameters?.text);
  const answer =
    openReply(stint, interaction) ?? (await beginReply(stint, interaction, operation, parameters));
  await stint.scope.pause(parameters.text.length * drawn("typing", typing, stint.random));
  await done(stint, answer, "Send", [parameters]);
}

async function beginReply(
  stint: Stint,
  interaction: InteractionOf<"email">,
  operation: "Reply" | "ReplyAll",
  { queueName }: SendEmailParameters,
): Promise<Interaction> {
  const outcome = await done(stint, interaction, operation, queueName === undefined ? [] : [{ queueName }]);
  const begun = stint.desk.interaction(outcome.interactionId ?? "");
  if (begun !== undefined) return begun;
  const { about, id } = stint.scope.run;
  throw new BotError("not-done", errorText.noReply(about, operation), { id, outcome });
}

/** The reply to an email that was begun and not sent. */
function openReply({ desk }: Stint, { id }: InteractionOf<"email">): Interaction | undefined {
  return desk.interactions
    .getSnapshot()
    .find(({ state, parentId }) => state === "Composing" && parentId === id);
}
