import { defineBot } from "deskstate/bot";

/** Answers every chat and email immediately. */
export const script = defineBot({
  typing: 0,
  reading: 0,
  chat: async (chat) => {
    await chat.send("Hello");
    await chat.answer([[/./, "Yes"]]);
    await chat.leave();
    await chat.complete();
  },
  email: async (email) => {
    await email.reply({ text: "Thank you" });
    await email.complete();
  },
});
