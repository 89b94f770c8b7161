import { expect, test, vi } from "vitest";
import type { Email } from "../../src/bot/index.ts";
import { email } from "../desk/hand-desk.ts";
import { handBot } from "./hand-bot.ts";

async function inEmail(work: (one: Email) => void | Promise<void>, begin = true) {
  const hand = await handBot({ email: work, typing: 10, reading: 10 });
  hand.offerEmail("email1");
  if (begin) await hand.pass();
  return hand;
}

test("an email is read, replied to and completed; the reply is an interaction of its own", async () => {
  const subjects: (string | undefined)[] = [];
  const hand = await inEmail(async (one) => {
    const { subject } = await one.read();
    subjects.push(subject);
    await one.reply({ text: "Thank you", subject: "Re: Help" });
    await one.complete();
  });
  await hand.pass(2000);
  expect(subjects).toEqual(["Help"]);
  expect(hand.operations().slice(1)).toEqual([
    "Accept email1",
    "Reply email1",
    "Send reply-email1",
    "StopProcessing email1",
  ]);
  expect(hand.asked[3]!.parameters).toEqual({ text: "Thank you", subject: "Re: Help" });
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "finished", state: "Completed" }]);
});

test("reading takes time in proportion to the text, writing in proportion to the answer", async () => {
  const hand = await inEmail(async (one) => {
    await one.read();
    await one.reply({ text: "x".repeat(50) });
  });
  expect(hand.operations()).not.toContain("Reply email1");
  await hand.pass(100);
  expect(hand.operations().at(-1)).toBe("Reply email1");
  await hand.pass(480);
  expect(hand.operations().at(-1)).toBe("Reply email1");
  await hand.pass(20);
  expect(hand.operations().at(-1)).toBe("Send reply-email1");
});

test("the content of an email is awaited when it comes later than Accepted", async () => {
  let text: string | undefined;
  const hand = await inEmail(async (one) => {
    text = (await one.read()).text;
  }, false);
  hand.serve("Accept", "ignore");
  await hand.pass();
  hand.notify(email("email1", "Accepted"));
  await hand.pass(1000);
  expect(text).toBeUndefined();
  hand.notify(email("email1", "PropertiesChanged", { email_object: { text: "It broke." } }));
  await hand.pass(1000);
  expect(text).toBe("It broke.");
});

test("a reply that was begun before is sent, and no other is begun", async () => {
  const hand = await inEmail((one) => one.reply({ text: "Thank you" }), false);
  hand.notify(email("reply-old", "Composing", { parentId: "email1", capabilities: ["Send", "Cancel"] }));
  await hand.pass(1000);
  expect(hand.operations().slice(1)).toEqual(["Accept email1", "Send reply-old"]);
});

test("a reply that comes after its time was up is used when the script tries again", async () => {
  const hand = await inEmail(async (one) => {
    await one.reply({ text: "Thank you" }).catch(() => {});
    await one.pause(1000);
    await one.reply({ text: "Thank you" });
  }, false);
  hand.serve("Reply", "ignore");
  hand.list.interactions = [email("email1", "Accepted")];
  await hand.pass(15_500);
  expect(hand.eventsOf("settled").at(-1)).toMatchObject({ operation: "Reply", outcome: "TimedOut" });
  hand.notify(email("reply-late", "Composing", { parentId: "email1", capabilities: ["Send", "Cancel"] }));
  await hand.pass(2000);
  expect(hand.operations().slice(1)).toEqual(["Accept email1", "Reply email1", "Send reply-late"]);
});

test("a reply that cannot be sent fails, and the email is not completed but handed back", async () => {
  const hand = await inEmail(async (one) => {
    await one.reply({ text: "Thank you" });
    await one.complete();
  }, false);
  hand.serve("Send", "refuse");
  await hand.pass(2000);
  expect(hand.eventsOf("failed")).toMatchObject([
    { part: "email", id: "email1", step: "reply", code: "not-done" },
  ]);
  expect(hand.operations().slice(-2)).toEqual(["Send reply-email1", "SingleStepTransfer email1"]);
  expect(hand.asked.at(-1)!.parameters).toEqual({ queueName: "Questions" });
});

test("a reply without a text fails before one is begun", async () => {
  const hand = await inEmail((one) => one.reply({ text: "" }));
  await hand.pass();
  expect(hand.eventsOf("failed")).toMatchObject([
    { code: "invalid-argument", message: "Reply takes a text, but it got an empty one." },
  ]);
  expect(hand.operations()).not.toContain("Reply email1");
});

test("an email is transferred to a queue or an agent", async () => {
  const hand = await inEmail((one) => one.transfer({ queueName: "Billing" }));
  await hand.pass();
  expect(hand.operations().at(-1)).toBe("SingleStepTransfer email1");
  expect(hand.asked.at(-1)!.parameters).toEqual({ queueName: "Billing" });
});

test("two emails of one thread are answered each with its own reply", async () => {
  const hand = await handBot({ email: (one) => one.reply({ text: one.id }), typing: 100 });
  for (const id of ["email1", "email2"]) hand.offerEmail(id);
  await hand.pass(2000);
  const sent = hand.asked.filter(({ operation }) => operation === "Send");
  expect(
    sent.map(({ target, parameters }) => [target.about === "interaction" && target.id, parameters["text"]]),
  ).toEqual([
    ["reply-email1", "email1"],
    ["reply-email2", "email2"],
  ]);
});

test("a text that would take longer than a timer can wait is not read immediately", async () => {
  const hand = await handBot({ email: async (one) => void (await one.read()), reading: 2 ** 31 - 1 });
  const timers = vi.spyOn(hand.clock, "setTimeout");
  hand.offerEmail("email1");
  await hand.pass();
  expect(Math.max(...timers.mock.calls.map(([, ms]) => ms))).toBe(2 ** 31 - 1);
});
