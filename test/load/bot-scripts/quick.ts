// An agent who takes everything and loses no time.
import { defineBot } from "deskstate/bot";

export default defineBot({
  typing: 0,
  reading: 0,

  async chat(chat) {
    await chat.send("Hello");
    await chat.answer([[/./, "Yes"]]);
    await chat.leave();
    await chat.complete();
  },

  async email(email) {
    await email.reply({ text: "Thank you" });
    await email.complete();
  },
});
