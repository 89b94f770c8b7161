import { expect, onTestFinished, test } from "vitest";
import { defineBot, runBot, type Bot, type Happening, type Script } from "../../src/bot/index.ts";
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
  onEvent: (happening: Happening, bot: Bot) => void = () => {},
): Promise<Bot> {
  const { url, agents, customers } = await simulate();
  const [credentials] = agents;
  const link = gws({ url, credentials: credentials! });
  const settings = { onEvent: (happening: Happening) => onEvent(happening, bot) };
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

test("a bot keeps nothing of what has ended, but whoever is told of it can still read it then", async () => {
  const seen: unknown[] = [];
  const bot = await afterOneEmail(answer, "own", (happening, { desk }) => {
    if (happening.type !== "ended" && happening.type !== "work-ended") return;
    seen.push([happening.type, desk.interaction(happening.id)?.state]);
  });
  expect(bot.desk.ended.getSnapshot()).toEqual([]);
  expect(seen.toSorted()).toEqual([
    ["ended", "Completed"],
    ["ended", "Sent"],
    ["work-ended", "Completed"],
  ]);
});

test("what a script still works on stays on the desk after its end", async () => {
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

test("a desk that the bot was given keeps what it is set to keep", async () => {
  const bot = await afterOneEmail(answer, "given");
  expect(bot.desk.ended.getSnapshot().map(({ state }) => state)).toEqual(["Sent", "Completed"]);
});

test("the offers of the latest hundred interactions are remembered, not of all that ever were", async () => {
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
