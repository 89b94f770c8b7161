import fc from "fast-check";
import { expect, test } from "vitest";
import { defineBot, exponential, type BotEvent } from "../../src/bot/index.ts";
import { handBot } from "./hand-bot.ts";

/** The choices of one run, by interaction. */
type Choices = Record<string, (string | number)[]>;

/** Runs a bot that chooses a great deal; offers come in this order, so many milliseconds apart. */
async function choicesOf(seed: number, ids: readonly string[], gap: number) {
  const choices: Choices = {};
  const addChoice = (id: string, choice: string | number) => (choices[id] ??= []).push(choice);
  const script = defineBot({
    typing: exponential(20),
    offered: async (offer, agent) => {
      await offer.pause(exponential(300));
      // Numbers that the agent draws in between make no difference.
      addChoice(offer.id, agent.random());
      const decision = offer.choose({ Accept: 60, Reject: 20, Ignore: 20 });
      addChoice(offer.id, decision);
      return decision;
    },
    chat: async (chat) => {
      for (let count = 0; count < 3; count++) {
        await chat.pause(exponential(200));
        const line = chat.choose({ Yes: 1, No: 1, Perhaps: 2 });
        addChoice(chat.id, line);
        await chat.send(line);
      }
    },
  });
  const hand = await handBot(script, { seed });
  for (const id of ids) {
    hand.offerChat(id);
    await hand.pass(gap);
  }
  await hand.pass(6000);
  const events: BotEvent[] = [...hand.events];
  void hand.bot.stop();
  void hand.bot.stop();
  await hand.pass(40);
  return { choices, events };
}

const ids = ["chat1", "chat2", "chat3", "chat4"];

test("the same seed makes the same choices, in whatever order and at whatever time the offers come", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.shuffledSubarray(ids, { minLength: 4 }),
      fc.integer({ min: 0, max: 400 }),
      async (seed, order, gap) => {
        const { choices } = await choicesOf(seed, ids, 0);
        expect((await choicesOf(seed, order, gap)).choices).toEqual(choices);
        const firsts = Object.values(choices).map(([first]) => first);
        expect(new Set(firsts).size).toBe(4);
      },
    ),
    { numRuns: 12 },
  );
});

test("the same seed and the same input lead to the same events at the same times", async () => {
  const one = await choicesOf(7, ids, 100);
  const other = await choicesOf(7, ids, 100);
  expect(other.events).toEqual(one.events);
  expect(one.events.length).toBeGreaterThan(20);
});

test("another seed makes other choices", async () => {
  const [one, other] = [await choicesOf(1, ids, 0), await choicesOf(2, ids, 0)];
  expect(one.choices).not.toEqual(other.choices);
});
