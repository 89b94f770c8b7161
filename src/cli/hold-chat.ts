import type { ChatInteraction, ChatSnapshot } from "../index.ts";
import { customerOf } from "./interaction-title.ts";
import { isPossible, type Shift } from "./shift.ts";
import { pause, until } from "./wait.ts";

const answers = [
  "I see. Let me look that up for you.",
  "Thank you, I have found it.",
  "Yes, that is possible. I have arranged it.",
];
const goodbye = "You are welcome. Goodbye!";
/** A customer who says nothing for so many milliseconds is taken to have gone. */
const patience = 45_000;

/** Talks with the customer of an accepted chat until the customer leaves or all is said, then leaves and finishes. */
export async function holdChat(chat: ChatInteraction, shift: Shift): Promise<void> {
  const { operate, closing, nickname } = shift;
  const lines = [`Hello, this is ${nickname}. How can I help you?`, ...answers, goodbye];
  let heard: number | undefined = 0;
  for (const [index, line] of lines.entries()) {
    if (index > 0 && !(await hears(chat, heard, closing))) break;
    heard = await say(chat, line, shift);
    if (heard === undefined || isOver(chat)) break;
  }
  if (closing.aborted && !isOver(chat)) await say(chat, "I have to leave now. Goodbye!", shift);
  await pause(500, closing);
  if (await isPossible(chat, "LeaveChat", shift))
    await operate(chat, "LeaveChat", chat.actions.LeaveChat?.());
  if (await isPossible(chat, "StopProcessing", shift)) {
    await operate(chat, "StopProcessing", chat.actions.StopProcessing?.());
  }
}

/** Waits until the customer says something new. @returns false when the customer left, or it is time to close. */
async function hears(chat: ChatInteraction, heard: number, closing: AbortSignal): Promise<boolean> {
  const giveUp = AbortSignal.any([closing, AbortSignal.timeout(patience)]);
  const isSaid = (): boolean => saidAfter(chat, heard);
  await until([chat], () => isSaid() || isOver(chat), giveUp);
  return isSaid() && !isOver(chat) && !closing.aborted;
}

function saidAfter({ transcript }: ChatSnapshot, heard: number): boolean {
  const agents = new Set(
    transcript.parties.filter(({ userType }) => userType === "Agent").map(({ userId }) => userId),
  );
  return transcript.after(heard).some(({ text, userId }) => text !== undefined && !agents.has(userId ?? ""));
}

/** Has the customer left, or the chat ended? */
function isOver(chat: ChatSnapshot): boolean {
  return chat.isEnded || customerOf(chat.transcript)?.isPresent === false;
}

/**
 * Types, as the customer sees, and says it.
 *
 * @returns the latest event of the transcript that it answers; `undefined` when it cannot be said any more.
 */
async function say(chat: ChatInteraction, text: string, shift: Shift): Promise<number | undefined> {
  const { operate, closing } = shift;
  await pause(300, closing);
  const noticeType = "TypingStarted";
  if (!(await isPossible(chat, "SendNotification", shift))) return undefined;
  await operate(chat, "SendNotification", chat.actions.SendNotification?.({ noticeType }));
  await pause(300 + 8 * text.length, closing);
  if (!(await isPossible(chat, "Send", shift))) return undefined;
  const { latestEventId } = chat.transcript;
  const outcome = await operate(chat, "Send", chat.actions.Send?.({ text }));
  return outcome?.outcome === "Done" ? latestEventId : undefined;
}
