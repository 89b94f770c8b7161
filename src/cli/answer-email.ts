import type { EmailInteraction } from "../index.ts";
import { isPossible, type Shift } from "./shift.ts";
import { pause } from "./wait.ts";

/** Answers an accepted email: Reply makes an outbound interaction, which is sent; then the original is finished. */
export async function answerEmail(email: EmailInteraction, shift: Shift): Promise<void> {
  const { operate, closing, nickname } = shift;
  await pause(700, closing);
  const reply = await beginReply(email, shift);
  if (reply === undefined) return;
  await pause(900, closing);
  if (!(await isPossible(reply, "Send", shift))) return;
  const text = `Hello,\n\nthank you for writing. It is done, and you will hear from us when it is on its way.\n\nKind regards\n${nickname}`;
  const sent = await operate(reply, "Send", reply.actions.Send?.({ text }));
  // An email that was not answered is left to people.
  if (sent?.outcome !== "Done") return;
  await pause(400, closing);
  if (await isPossible(email, "StopProcessing", shift)) {
    await operate(email, "StopProcessing", email.actions.StopProcessing?.());
  }
}

/** The outbound interaction for the answer: one that was begun earlier, or a new one. */
async function beginReply(email: EmailInteraction, shift: Shift): Promise<EmailInteraction | undefined> {
  const { desk, operate } = shift;
  const begun = desk.interactions
    .getSnapshot()
    .find(({ state, parentId }) => state === "Composing" && parentId === email.id);
  if (begun?.channel === "email") return begun;
  if (!(await isPossible(email, "Reply", shift))) return undefined;
  const outcome = await operate(email, "Reply", email.actions.Reply?.());
  const reply = outcome?.interactionId === undefined ? undefined : desk.interaction(outcome.interactionId);
  return reply?.channel === "email" ? reply : undefined;
}
