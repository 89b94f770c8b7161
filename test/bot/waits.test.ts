import { expect, test } from "vitest";
import { BotError, type Chat } from "../../src/bot/index.ts";
import { chat } from "../desk/hand-desk.ts";
import { handBot } from "./hand-bot.ts";

/** Returns the error of a call in a chat, after the test has delivered its events. */
async function failing(call: (one: Chat) => Promise<unknown>) {
  const errors: unknown[] = [];
  const hand = await handBot({
    typing: 0,
    chat: async (one) => {
      await call(one).catch((error: unknown) => errors.push(error));
    },
  });
  hand.offerChat("chat1");
  await hand.pass();
  const error = () => {
    if (!(errors[0] instanceof BotError)) throw new Error("The call did not fail.");
    return errors[0];
  };
  return { hand, errors, error };
}

const granted =
  "StopProcessing, UpdateUserData, AttachUserData, DeleteUserData, PlaceInWorkbin, SingleStepTransfer, LeaveChat, EndChatSession, SingleStepConference, RequestChatHistory, Send";

test("the error of a wait has what was awaited, how long, and what came instead, never what the customer wrote", async () => {
  const { hand, error } = await failing((one) => one.within(5000).customerSays(/refund/));
  for (const text of ["My card is 1234", "Hello?"]) hand.says("chat1", text);
  hand.list.interactions = [chat("chat1", "Accepted")];
  hand.loseLink();
  await hand.pass(1000);
  await hand.regainLink();
  await hand.pass(4000);
  expect(error().message).toBe(
    `Waited 5000 ms for customerSays(/refund/) on chat chat1; instead: 2 × a line that did not match; connection Recovering (network); connection CatchingUp (network); connection Live; now: Accepted, grants ${granted}, connection Live.`,
  );
  expect(error()).toMatchObject({
    code: "deadline",
    id: "chat1",
    awaited: "customerSays(/refund/)",
    waited: 5000,
    instead: [
      "2 × a line that did not match",
      "connection Recovering (network)",
      "connection CatchingUp (network)",
      "connection Live",
    ],
  });
});

test("a deadline is met to the millisecond of the desk's clock", async () => {
  const { hand, errors } = await failing((one) => one.within(5000).customerSays());
  await hand.pass(4999);
  expect(errors).toEqual([]);
  await hand.pass(1);
  expect(errors).toHaveLength(1);
});

test("an operation that is not granted in time fails with what is granted", async () => {
  const { hand, error } = await failing((one) => one.within(2000).actions.Send({ text: "Hello" }));
  expect(hand.answers("chat1")).toEqual(["Hello"]);
  const other = await failing(async (one) => {
    await one.pause(100);
    await one.within(2000).actions.Send({ text: "Hello" });
  });
  other.hand.notify({ ...chat("chat1", "PropertiesChanged"), capabilities: ["StopProcessing"] });
  await other.hand.pass(3000);
  expect(other.error().message).toBe(
    "Waited 2000 ms for Send to be possible on chat chat1; instead: nothing; now: Accepted, grants StopProcessing, connection Live.",
  );
  expect(error).toThrow("did not fail");
});

test("an operation that becomes granted while a script waits for it is performed", async () => {
  const { hand } = await failing(async (one) => {
    await one.pause(100);
    await one.actions.Send({ text: "Now" });
  });
  hand.notify({ ...chat("chat1", "PropertiesChanged"), capabilities: [] });
  await hand.pass(1000);
  hand.notify({ ...chat("chat1", "PropertiesChanged"), capabilities: ["Send"] });
  await hand.pass();
  expect(hand.answers("chat1")).toEqual(["Now"]);
});

test("a wait for an operation survives a loss of the connection", async () => {
  const { hand, errors } = await failing(async (one) => {
    await one.pause(100);
    await one.actions.Send({ text: "Back again" });
  });
  hand.list.interactions = [chat("chat1", "Accepted")];
  hand.loseLink();
  await hand.pass(10_000);
  expect(hand.answers("chat1")).toEqual([]);
  await hand.regainLink();
  await hand.pass();
  expect([hand.answers("chat1"), errors]).toEqual([["Back again"], []]);
});

test("an operation that is not done fails with its outcome, without the server's own words in the message", async () => {
  const { hand, error } = await failing(async (one) => {
    await one.pause(100);
    await one.actions.Send({ text: "Hello" });
  });
  hand.serve("Send", "refuse");
  await hand.pass(1000);
  expect(error().message).toBe("Send on chat chat1 was not done: Refused (4).");
  expect(error()).toMatchObject({
    code: "not-done",
    outcome: { operation: "Send", outcome: "Refused", code: 4, message: "no" },
  });
});

test("an operation of try resolves with its outcome, whatever it is", async () => {
  const outcomes: string[] = [];
  const { hand, errors } = await failing(async (one) => {
    await one.pause(100);
    outcomes.push((await one.try.Send({ text: "Hello" })).outcome);
    await one.pause(1000);
    const { outcome, reason } = await one.within(1000).try.Send({ text: "Hello" });
    outcomes.push(`${outcome} ${reason}`);
  });
  hand.serve("Send", "refuse");
  await hand.pass(1000);
  hand.notify({ ...chat("chat1", "PropertiesChanged"), capabilities: [] });
  await hand.pass(2000);
  expect([outcomes, errors]).toEqual([["Refused", "NotAllowed not-granted"], []]);
});

test("an operation whose confirmation is lost fails as TimedOut", async () => {
  const { hand, error } = await failing(async (one) => {
    await one.pause(100);
    await one.actions.Send({ text: "Hello" });
  });
  hand.serve("Send", "ignore");
  hand.list.interactions = [chat("chat1", "Accepted")];
  await hand.pass(20_000);
  expect(error()).toMatchObject({ code: "not-done", outcome: { outcome: "TimedOut" } });
});

test("an operation whose connection does not come back fails as LinkLost", async () => {
  const { hand, error } = await failing(async (one) => {
    await one.pause(100);
    await one.actions.Send({ text: "Hello" });
  });
  hand.serve("Send", "ignore");
  await hand.pass(200);
  hand.loseLink();
  await hand.pass(80_000);
  expect(error()).toMatchObject({ code: "not-done", outcome: { outcome: "LinkLost" } });
});

test("an unknown operation is named in the error", async () => {
  const { error } = await failing((one) => (one.actions as unknown as { Sned(): Promise<void> }).Sned());
  expect(error().message).toBe("There is no operation Sned on chat chat1.");
});

test("the actions of an interaction can be awaited and printed without a call", async () => {
  const printed: string[] = [];
  const { hand, errors } = await failing(async (one) => {
    printed.push(JSON.stringify([await one.actions, await one.try]), `${String(Object.keys(one.actions))}`);
  });
  await hand.pass();
  expect([printed, errors]).toEqual([["[{},{}]", ""], []]);
});

test("invalid arguments fail at the call, as on any desk", async () => {
  const { errors } = await failing((one) => one.actions.Send({ text: 1 as unknown as string }));
  expect(errors).toMatchObject([{ name: "DeskError", code: "invalid-arguments" }]);
});

test("a wait fails immediately when its interaction ends", async () => {
  const { hand, error } = await failing((one) => one.customerSays());
  await hand.pass(300);
  hand.notify(chat("chat1", "Revoked"));
  await hand.pass();
  expect(error().message).toBe(
    "It was over after 300 ms of waiting for customerSays() on chat chat1; instead: nothing; now: Revoked, grants nothing, connection Live.",
  );
  expect(error().code).toBe("ended");
});

test("any condition can be awaited, with a description of the script's own", async () => {
  const { hand, errors, error } = await failing(async (one) => {
    await one.waitUntil("a reason", ({ userData }) => userData["Reason"] !== undefined);
    await one.within(700).waitUntil("a miracle", () => false);
  });
  hand.notify(chat("chat1", "PropertiesChanged", { userData: { Reason: "Refund" } }));
  await hand.pass();
  expect(errors).toEqual([]);
  await hand.pass(700);
  expect(error().message).toContain("Waited 700 ms for a miracle on chat chat1; instead: nothing;");
});

test("a condition that throws fails its wait, and nothing else", async () => {
  const { hand, errors } = await failing((one) =>
    one.customerSays(() => {
      throw new RangeError("no");
    }),
  );
  hand.says("chat1", "Hello");
  await hand.pass();
  expect(errors).toEqual([new RangeError("no")]);
  expect(hand.desk.anomalies.total()).toBe(0);
});

test("Infinity is no deadline and no stop condition", async () => {
  const lines: string[] = [];
  const hand = await handBot({
    deadline: Infinity,
    until: { elapsed: Infinity, handled: Infinity },
    chat: async (one) => {
      for (const wait of [one, one.within(Infinity)]) lines.push((await wait.customerSays()).text);
    },
  });
  hand.offerChat("chat1");
  for (const text of ["Hello?", "Still there?"]) {
    await hand.pass(100_000);
    hand.says("chat1", text);
  }
  await hand.pass();
  expect(lines).toEqual(["Hello?", "Still there?"]);
});

test("invalid times and deadlines are refused", async () => {
  for (const call of [
    (one: Chat) => one.pause(-1),
    (one: Chat) => one.pause(() => Number.NaN),
    async (one: Chat) => one.within(0),
    async (one: Chat) => one.within(3_000_000_000),
    async (one: Chat) => one.customerSays(5 as unknown as string),
    (one: Chat) => one.answer([["x"]] as never),
    async (one: Chat) => one.choose({ a: -1 }),
    async (one: Chat) => one.choose({ a: 0 }),
  ]) {
    const { error } = await failing(call);
    expect(error().code).toBe("invalid-argument");
  }
});
