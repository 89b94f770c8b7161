import { expect, test } from "vitest";
import support from "../../examples/bots/support.ts";
import { handBot } from "./hand-bot.ts";

test("the example works on a chat to its end", async () => {
  const hand = await handBot({ ...support, offered: "Accept" });
  hand.offerChat("chat1");
  await hand.pass(10_000);
  hand.says("chat1", "I want my money back");
  await hand.pass(60_000);
  hand.says("chat1", "Thanks, bye");
  await hand.pass(10_000);
  hand.leaves("chat1");
  await hand.pass(1000);
  expect(hand.answers("chat1")).toEqual([
    "Hello, this is ana. How can I help you?",
    "I have arranged the refund. Is there anything else?",
    "You are welcome. Goodbye!",
  ]);
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "finished", state: "Completed" }]);
});

test("the example answers emails, takes its breaks, and stops", async () => {
  const hand = await handBot({ ...support, offered: "Accept" });
  hand.offerEmail("email1");
  await hand.pass(60_000);
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "finished", state: "Completed" }]);
  for (let hour = 0; hour < 9 && hand.eventsOf("stopped").length === 0; hour++) {
    for (let minute = 0; minute < 60; minute++) {
      hand.clock.advance(60_000);
      await hand.pass();
    }
  }
  const reasons = hand.asked.flatMap(({ parameters }) => parameters["reason"] ?? []);
  expect([...new Set(reasons)]).toEqual(["Break", "OutToLunch"]);
  expect(hand.eventsOf("stopped")).toMatchObject([{ summary: { ending: "shift-over", failed: 0 } }]);
});
