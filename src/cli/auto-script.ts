import { defineBot, type CustomerLine, type Script } from "../bot/index.ts";
import type { Transcript } from "../index.ts";

const minutes = 60_000;

/** Returns the script of `desk --auto`: it accepts every offer, answers it and finishes it. */
export function autoScript(nickname: string, channels: readonly string[]): Script {
  return defineBot({
    channels,
    nickname,
    typing: 10,
    // Waits survive a long loss of the connection.
    deadline: 5 * minutes,

    async shift(agent) {
      // A refusal on one channel is reported, and the others continue.
      await Promise.all(channels.map((name) => agent.ready(name).catch(() => {})));
      await agent.within(Infinity).waitUntil("the end of the work", () => agent.isStopping);
    },

    async offered(offer) {
      await offer.pause(600);
      return "Accept";
    },

    async chat(chat) {
      await chat.pause(300);
      await chat.send(`Hello, this is ${nickname}. How can I help you?`);
      const answers = [
        "I see. Let me look that up for you.",
        "Thank you, I have found it.",
        "Yes, that is possible. I have arranged it.",
      ];
      const answer = async (line: CustomerLine) => {
        if (isAnswered(chat.interaction, line)) return undefined;
        await chat.pause(300);
        return answers.shift() ?? "You are welcome. Goodbye!";
      };
      const ending = await chat.within(0.75 * minutes).answer(answer, { untilStopping: true });
      if (ending === "stopping") await chat.send("I have to leave now. Goodbye!");
      await chat.leave();
      await chat.complete();
    },

    async email(email) {
      await email.pause(700);
      await email.reply({
        text: `Hello,\n\nthank you for writing. It is done, and we will write to you when it is on its way.\n\nKind regards\n${nickname}`,
      });
      await email.pause(400);
      await email.complete();
    },
  });
}

/** Whether an agent has answered the line already, because lines arrive while the agent types. */
function isAnswered(
  { transcript }: { readonly transcript: Transcript },
  { id, userId }: CustomerLine,
): boolean {
  return transcript.after(id).some((event) => event.text !== undefined && event.userId !== userId);
}
