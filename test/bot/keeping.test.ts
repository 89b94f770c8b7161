import { expect, onTestFinished, test } from "vitest";
import { defineBot, runBot, type Bot, type BotEvent, type Script } from "../../src/bot/index.ts";
import { createDesk } from "../../src/index.ts";
import { gws } from "../../src/links/gws/index.ts";
import { simulate } from "../link/simulate.ts";
import { until } from "../link/until.ts";
import { email } from "../desk/hand-desk.ts";
import { handBot } from "./hand-bot.ts";

/** A bot at a simulator, with a desk that it made itself or with one that it was given; it works on an email and a reply. */
async function afterOneEmail(
  script: Script,
  desk: "own" | "given",
  onEvent: (event: BotEvent, bot: Bot) => void = () => {},
): Promise<Bot> {
  const { url, agents, customers } = await simulate();
  const [credentials] = agents;
  const link = gws({ url, credentials: credentials! });
  const settings = { onEvent: (event: BotEvent) => onEvent(event, bot) };
  const bot: Bot = runBot(script, {
    ...settings,
    ...(desk === "own" ? { link } : { desk: createDesk({ link }) }),
  });
  onTestFinished(async () => {
    void bot.stop();
    await bot.stop();
  });
  await until("the bot is Ready", () => bot.desk.channel("email").state === "Ready");
  customers.email();
  await until("the email is dealt with", () => bot.summary().handled === 1);
  await until("nothing is left", () => bot.desk.interactions.getSnapshot().length === 0);
  return bot;
}

const answer = defineBot({
  typing: 0,
  email: async (one) => {
    await one.reply({ text: "Thank you" });
    await one.complete();
  },
});

test("a bot keeps no ended interaction, but a listener can read it during the event of its end", async () => {
  const seen: unknown[] = [];
  const bot = await afterOneEmail(answer, "own", (event, { desk }) => {
    if (event.type !== "ended" && event.type !== "work-ended") return;
    seen.push([event.type, desk.interaction(event.id)?.state]);
  });
  expect(bot.desk.ended.getSnapshot()).toEqual([]);
  expect(seen.toSorted()).toEqual([
    ["ended", "Completed"],
    ["ended", "Sent"],
    ["work-ended", "Completed"],
  ]);
});

test("an ended interaction stays on the desk while the script works on it", async () => {
  const seen: unknown[] = [];
  const script = defineBot({
    email: async (one, agent) => {
      await one.complete();
      await agent.pause(20);
      seen.push(agent.desk.interaction(one.id)?.outcome, one.interaction.userData["FirstName"] !== undefined);
    },
  });
  const bot = await afterOneEmail(script, "own");
  expect(seen).toEqual(["Completed", true]);
  expect(bot.desk.ended.getSnapshot()).toEqual([]);
});

test("a desk that is given to the bot keeps as many as its options allow", async () => {
  const bot = await afterOneEmail(answer, "given");
  expect(bot.desk.ended.getSnapshot().map(({ state }) => state)).toEqual(["Sent", "Completed"]);
});

test("the number of offers is remembered for the latest hundred interactions only", async () => {
  const times = new Map<string, number>();
  const hand = await handBot({
    channels: ["email"],
    offered: async (offer) => {
      times.set(offer.id, offer.times);
      return "Ignore";
    },
  });
  for (let count = 0; count <= 100; count++) {
    hand.offerEmail(`email${count}`);
    await hand.pass();
    hand.notify(email(`email${count}`, "Revoked"));
  }
  const again = ["email0", "email100"].map((id) => email(id, "Invited"));
  hand.list.interactions = again;
  hand.notify(...again);
  await hand.pass(2000);
  expect([times.get("email0"), times.get("email100")]).toEqual([1, 2]);
});
