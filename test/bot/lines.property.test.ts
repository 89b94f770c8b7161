import fc from "fast-check";
import { expect, test } from "vitest";
import { chat, joined, said, transcript } from "../desk/hand-desk.ts";
import { handBot } from "./hand-bot.ts";

const words = ["yes", "no", "refund", "bye"];

/** The lines of a customer and an agent, one event each. */
const talk = fc.array(fc.record({ who: fc.constantFrom("c", "a"), text: fc.constantFrom(...words) }), {
  minLength: 1,
  maxLength: 12,
});

test("each line of the customer is taken exactly once, in whatever order and however often the transcript is delivered", async () => {
  await fc.assert(
    fc.asyncProperty(talk, fc.infiniteStream(fc.nat()), async (lines, chance) => {
      const taken: number[] = [];
      const hand = await handBot({
        chat: async (one) => {
          for (;;) taken.push((await one.customerSays()).id);
        },
      });
      hand.notify(chat("chat1", "Invited"), chat("chat1", "Accepted"));
      const events = [...joined, ...lines.map(({ who, text }, index) => said(index + 3, who, text))];
      const next = () => chance.next().value;
      const delivery = () => events.filter(() => next() % 3 === 0).toSorted(() => (next() % 2) - 0.5);
      for (let count = next() % 6; count > 0; count--) {
        hand.notify(chat("chat1", "PropertiesChanged", transcript(events.length, ...delivery())));
        await hand.pass();
      }
      // At last the server sends all there is.
      hand.notify(chat("chat1", "PropertiesChanged", transcript(events.length, ...events)));
      await hand.pass(100);
      const customers = lines.flatMap(({ who }, index) => (who === "c" ? [index + 3] : []));
      expect(taken.toSorted((one, other) => one - other)).toEqual(customers);
      void hand.bot.stop();
      void hand.bot.stop();
      await hand.pass(20);
    }),
    { numRuns: 60 },
  );
});

test("waits for chosen lines never take the same line twice, nor one that does not match", async () => {
  await fc.assert(
    fc.asyncProperty(talk, fc.array(fc.constantFrom(...words), { maxLength: 6 }), async (lines, wanted) => {
      const taken: { id: number; text: string; wanted: string }[] = [];
      const hand = await handBot({
        chat: async (one) => {
          for (const word of wanted) {
            const line = await one
              .within(100)
              .customerSays(word)
              .catch(() => undefined);
            if (line !== undefined) taken.push({ id: line.id, text: line.text, wanted: word });
          }
        },
      });
      hand.notify(chat("chat1", "Invited"), chat("chat1", "Accepted"));
      const events = [...joined, ...lines.map(({ who, text }, index) => said(index + 3, who, text))];
      for (let count = 1; count <= events.length; count++) {
        hand.notify(chat("chat1", "PropertiesChanged", transcript(count, ...events.slice(0, count))));
        await hand.pass(40);
      }
      await hand.pass(wanted.length * 100);
      const ids = taken.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].toSorted((one, other) => one - other));
      expect(taken.every((one) => one.text === one.wanted && lines[one.id - 3]?.who === "c")).toBe(true);
      void hand.bot.stop();
      void hand.bot.stop();
      await hand.pass(20);
    }),
    { numRuns: 40 },
  );
});
