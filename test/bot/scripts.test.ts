import { describe, expect, test } from "vitest";
import { defineBot, runBot, type RunBotOptions, type Script } from "../../src/bot/index.ts";
import { noLink } from "../../src/index.ts";

describe("an invalid script is refused before anything is started, with what is allowed", () => {
  const bad: [what: string, script: unknown, message: string][] = [
    [
      "nothing",
      undefined,
      "A bot needs a script, an object such as defineBot({ chat: async (chat) => { … } }), but it is undefined.",
    ],
    ["a function", () => {}, "but it is a function."],
    ["a list", [], "but it is a list."],
    ["no work", {}, 'A script needs work: give at least one of "email", "chat" and "channels".'],
    [
      "an unknown key",
      { chats: () => {} },
      'A script has no "chats". It takes kinds, channels, nickname, offered, shift, until, deadline, typing, reading, handBack, email, chat.',
    ],
    ["what is no function", { chat: "hello" }, '"chat" of a script must be a function, but it is "hello".'],
    [
      "what is no decision",
      { chat: () => {}, offered: "Take" },
      '"offered" of a script must be "Accept", "Reject", "Ignore" or a function, but it is "Take".',
    ],
    [
      "no channels",
      { channels: [] },
      '"channels" of a script must be a list of at least one channel name, but it is [].',
    ],
    [
      "no deadline",
      { chat: () => {}, deadline: 0 },
      '"deadline" of a script must be milliseconds from 1 to 2147483647, or Infinity, but it is 0.',
    ],
    [
      "a deadline that no timer can wait for",
      { chat: () => {}, deadline: 3_000_000_000 },
      '"deadline" of a script must be milliseconds from 1 to 2147483647, or Infinity, but it is 3000000000.',
    ],
    [
      "a negative time",
      { chat: () => {}, typing: -1 },
      '"typing" of a script must be milliseconds from 0 to 2147483647, or a function such as uniform(20, 80), but it is -1.',
    ],
    [
      "a time that is too long",
      { email: () => {}, reading: 3_000_000_000 },
      '"reading" of a script must be milliseconds from 0 to 2147483647, or a function such as uniform(20, 80), but it is 3000000000.',
    ],
    [
      "an unknown end",
      { chat: () => {}, until: { count: 3 } },
      '"until" of a script must be a function, or an object with elapsed, milliseconds from 1 to 2147483647, or Infinity, or handled, a number above 0, but it is {"count":3}.',
    ],
    [
      "an end that no timer can wait for",
      { chat: () => {}, until: { elapsed: 30 * 24 * 3_600_000 } },
      'but it is {"elapsed":2592000000}.',
    ],
    [
      "two places",
      { chat: () => {}, handBack: { workbinId: "a", queueName: "b" } },
      '"handBack" of a script must be "LeaveOpen", or an object with one of workbinId, queueName and targetUri',
    ],
  ];
  test.each(bad)("%s", (_, script, message) => {
    expect(() => defineBot(script as Script)).toThrow(message);
    expect(() => runBot(script as Script, { link: noLink })).toThrow(message);
    expect(() => defineBot(script as Script)).toThrow(
      expect.objectContaining({ name: "BotError", code: "invalid-script" }),
    );
  });
});

describe("invalid options are refused", () => {
  const bad: [what: string, options: unknown, message: string][] = [
    ["none", undefined, '"options" of runBot must be an object with a desk or a link, but it is undefined.'],
    [
      "neither desk nor link",
      {},
      '"desk" of runBot must be given, or a link, but not both, but it is undefined.',
    ],
    [
      "an unknown key",
      { link: noLink, sed: 1 },
      'runBot has no "sed". It takes desk, link, name, seed, clock, onEvent.',
    ],
    [
      "no link",
      { link: {} },
      '"link" of runBot must be a link, such as gws({ url, credentials }), but it is an object.',
    ],
    ["no seed", { link: noLink, seed: "1" }, '"seed" of runBot must be a number, but it is text.'],
    ["no clock", { link: noLink, clock: {} }, '"clock" of runBot must be a clock'],
    ["no name", { link: noLink, name: "" }, '"name" of runBot must be a text'],
    ["no observer", { link: noLink, onEvent: {} }, '"onEvent" of runBot must be a function'],
  ];
  test.each(bad)("%s", (_, options, message) => {
    expect(() => runBot({ chat: () => {} }, options as RunBotOptions)).toThrow(message);
  });
});

test("a script may be run many times and is not changed by it", async () => {
  const script = defineBot({ chat: () => {} });
  expect(defineBot(script)).toEqual(script);
  expect(Object.isFrozen(script)).toBe(true);
  const [one, other] = [runBot(script, { link: noLink }), runBot(script, { link: noLink })];
  expect(one.desk).not.toBe(other.desk);
  await Promise.all([one.stop(), other.stop()]);
});

test("a script that was checked is shared by all bots that run it", () => {
  const script = defineBot({ chat: () => {} });
  expect(defineBot(script)).toBe(script);
  expect(Object.isFrozen(script)).toBe(true);
});
