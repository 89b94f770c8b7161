// A support agent: accepts most offers, talks, answers emails, and takes a break at times.
import { defineBot, lognormal, normal, uniform } from "deskstate/bot";

const toDecide = uniform(300, 2_000);
const toLookUp = lognormal(4_000, 0.6);
const minutes = 60_000;

export default defineBot({
  typing: normal(80, 25),

  async offered(offer, agent) {
    if (offer.kind === "chat" && agent.working("chat") >= 3) return "Ignore";
    await offer.pause(toDecide);
    return offer.choose({ Accept: 94, Reject: 4, Ignore: 2 });
  },

  async chat(chat, agent) {
    await chat.send(`Hello, this is ${agent.name}. How can I help you?`);

    const { text } = await chat.within(2 * minutes).customerSays();
    if (/refund|money/i.test(text)) {
      await chat.pause(toLookUp);
      await chat.actions.AttachUserData({ userData: { Reason: "Refund" } });
      await chat.send("I have arranged the refund. Is there anything else?");
    }

    await chat.within(1 * minutes).answer([
      [/how long|when/i, "Within three working days."],
      [/bye|thank/i, "You are welcome. Goodbye!"],
      [/./, async () => (await chat.pause(toLookUp), "Yes, I have seen to it.")],
    ]);
    await chat.leave();
    await chat.complete();
  },

  async email(email) {
    const { subject = "" } = await email.read();
    if (/invoice/i.test(subject)) return email.transfer({ queueName: "SimpleEmailInQueue" });

    await email.pause(toLookUp);
    await email.reply({ text: "Thank you for writing. It is on its way to you.\n\nKind regards" });
    await email.complete();
  },

  async shift(agent) {
    for (const reason of ["Break", "OutToLunch", "Break"]) {
      await agent.ready();
      await agent.pause(normal(100 * minutes, 10 * minutes));
      await agent.takeBreak(reason, uniform(10 * minutes, 20 * minutes));
    }
    await agent.pause(100 * minutes);
  },
});
