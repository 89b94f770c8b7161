import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecording, record, replay, type RecordOptions } from "deskstate/recording";
import { createPseudonyms } from "../../src/recording/pseudonym.ts";
import { inClear, redactWith } from "../../src/recording/redaction.ts";
import { recordedBatch, recordedNames } from "../recorded/read.ts";
import { chat, email, joined, said, settle, transcript } from "../desk/hand-desk.ts";
import { digest } from "./digest.ts";
import { recordedDesk } from "./recorded-desk.ts";

/** Text as people write it, in which something to be found is planted. */
const planted = /marker|4915112345|77112233/i;
const text = "Marker Müller, +4915112345 <marker@private.example>";

/** A run in which everything that can hold such text does. */
async function privateRun(options: RecordOptions) {
  const run = await recordedDesk(options);
  const { desk, hand, notify, acknowledge } = run;
  const secrets = { [text]: text, "marker key": 77112233, __proto: text, nested: { [text]: [text] } };
  const queues = { [text]: text };
  const privately = {
    userData: JSON.parse(
      JSON.stringify({ ...secrets, __PROTO__: text }).replace("__PROTO__", "__proto__"),
    ) as object,
    currentQueue: text,
    inQueues: queues,
    outQueues: queues,
    [text]: text,
    extra: secrets,
    phoneNumber: 77112233,
    subType: text,
    threadId: text,
  };
  const content = {
    text,
    subject: text,
    fromAddress: "Marker <marker@private.example>",
    toAddress: "marker@private.example, Marker Two <marker2@private.example>; 4915112345",
    [text]: text,
  };
  notify(
    email("e", "Invited", { ...privately, content }),
    chat("c", "Accepted", {
      ...privately,
      ...transcript(3, ...joined, {
        ...said(3, "marker", text),
        nickName: text,
        noticeType: text,
        [text]: text,
      }),
    }),
    { ...email("e", "Accepted"), state: text },
    { ...email("../marker", "Invited") },
    { ...email("f", "Invited"), capabilities: ["Accept", text], channel: text },
    { errorMessage: text, errorCode: text },
    { [text]: [[{ [text]: 77112233 }]] },
    email("e", "Accepted", { content }),
  );
  hand.deliver(text);
  hand.deliver({ channel: `/v2/${text}`, data: text });
  hand.deliver({
    channel: "/v2/me/channels",
    data: {
      channels: [{ channel: "chat", userState: { state: "NotReady", reason: text, displayName: text } }],
    },
  });
  hand.sink?.onFacts([
    {
      about: "interaction",
      id: "g",
      channel: text,
      change: "Invited",
      state: text,
      capabilities: [text],
      known: { userData: secrets, email: content, events: [{ id: 1, text, [text]: text }], raw: secrets },
    },
  ]);
  const interaction = desk.interaction("e");
  if (interaction?.kind !== "email") throw new Error("It is no email.");
  void interaction.actions.Reply?.({ queueName: text });
  hand.asked.pop()?.answer({ kind: "refused", code: 2, message: text });
  await settle();
  void interaction.editUserData((data) => {
    data[`more ${text}`] = text;
    delete data[text];
  });
  void desk.channel("chat").actions.NotReady?.({ reason: text });
  void desk.channel(text);
  await acknowledge();
  hand.sink?.onDisconnected("network");
  hand.sink?.onConnected({ isAcknowledging: true });
  const listed = [email("e", "Accepted", privately), { uri: `https://marker.example/${text}` }];
  hand.readings.pop()?.(
    hand.reading(listed, [{ channel: "email", userState: { state: "Ready", reason: text } }]),
  );
  await settle();
  return run;
}

describe("what people wrote and are called", () => {
  test("is nowhere in a recording, whatever field or name it stands in", async () => {
    const { recorder, desk } = await privateRun({});
    expect(readRecording(recorder.text).header?.redaction).toBe("masked");
    for (const line of recorder.text.split("\n")) expect(line).not.toMatch(planted);
    // The same of a checkpoint, which holds everything that is known.
    const late = record(desk).text;
    expect(late).toContain("checkpoint");
    expect(late).not.toMatch(planted);
  });

  test("is not there with pseudonyms either, and they are the same in each recording with that secret", async () => {
    const [one, other, another] = [
      await privateRun({ pseudonyms: "a secret" }),
      await privateRun({ pseudonyms: "a secret" }),
      await privateRun({ pseudonyms: "another secret" }),
    ];
    expect(one.recorder.text).not.toMatch(planted);
    expect(one.recorder.text).not.toContain("a secret");
    expect(one.recorder.text).toBe(other.recorder.text);
    expect(one.recorder.text).not.toBe(another.recorder.text);
    const masked = [await privateRun({}), await privateRun({})];
    expect(masked[0]!.recorder.text).not.toBe(masked[1]!.recorder.text);
  });

  test("is recorded as it is when that is asked for by name", async () => {
    const { recorder } = await privateRun({ includeCustomerData: true });
    expect(readRecording(recorder.text).header?.redaction).toBe("clear");
    expect(recorder.text).toMatch(planted);
  });

  test("leaves states, capabilities, ids and anomalies as they were", async () => {
    const { recorder, desk } = await privateRun({});
    const replayed = replay(recorder.text);
    await replayed.end();
    expect(replayed.differences).toEqual([]);
    const [was, is] = [desk, replayed.desk].map((one) => ({
      states: ["e", "c"]
        .map((id) => one.interaction(id))
        .map((it) => [it?.state, it?.capabilities, it?.pending]),
      lives: one.interactions.getSnapshot().length,
      keys: Object.keys(one.interaction("e")!.userData).length,
      anomalies: one.anomalies.getSnapshot().map(({ code, message }) => `${code} ${message}`),
    }));
    expect(is).toEqual(was);
  });
});

test("every address of a list has a stand-in of its own, the same wherever it stands", () => {
  const redacted = redactWith("s").copy(
    {
      toAddress: "a@b.example, Ana B <a@b.example>;c@d.example",
      fromAddress: "c@d.example",
      userData: { from: "a@b.example" },
    },
    "part",
  );
  const [one, , third] = redacted.toAddress.split(/[,;] ?/);
  expect(redacted.toAddress).toMatch(/^\w+@masked\.invalid, masked-\w+;\w+@masked\.invalid$/);
  expect(redacted.fromAddress).toBe(third);
  expect(Object.values(redacted.userData)).toEqual([one]);
});

test("the recorded messages keep their shape: states, ids, lists and kinds of values", async () => {
  const { desk, hand, recorder } = await recordedDesk();
  for (const name of recordedNames) for (const message of recordedBatch(name)) hand.deliver(message);
  const replayed = replay(recorder.text);
  await replayed.end();
  expect(recorder.text).not.toMatch(/qwerty|test_agent|Customersupport|ci-vm106|Environment/);
  const shapeOf = (one: typeof desk): string =>
    digest(one).replaceAll(
      /: (".*"|-?\d+)/g,
      (_, value: string) => `: ${value.startsWith('"') ? "text" : "number"}`,
    );
  const lines = (one: typeof desk): number => shapeOf(one).split("\n").length;
  expect(lines(replayed.desk)).toBe(lines(desk));
  expect(
    replayed.desk.interactions.getSnapshot().map(({ id, state, capabilities }) => [id, state, capabilities]),
  ).toEqual(desk.interactions.getSnapshot().map(({ id, state, capabilities }) => [id, state, capabilities]));
});

describe("a stand-in", () => {
  test("is a keyed hash: only a person with the key can test a guess", () => {
    const hash = createHmac("sha256", "key").update("Grüße").digest("hex");
    expect(createPseudonyms("key")("Grüße")).toBe(`masked-${hash.slice(0, 20)}`);
  });

  test("is the same for the same text and another for any other, however many there are", () => {
    const mask = createPseudonyms(undefined);
    const first = mask("first");
    const made = new Set(Array.from({ length: 10_000 }, (_, index) => mask(`text ${index}`)));
    expect(made.size).toBe(10_000);
    expect(mask("first")).toBe(first);
  });

  test("of a number is a number, the same when it is written as text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), (number) => {
        const { userData } = redactWith("s").copy({ userData: { a: number, b: String(number) } }, "part");
        const [one, other] = Object.values(userData);
        expect(typeof one).toBe("number");
        expect(String(one)).toBe(other);
      }),
    );
  });

  test("can be found nowhere in what it stands for, and what is not text keeps its kind", () => {
    const redactor = redactWith(undefined);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const redacted = redactor.copy({ unknown: value }, "part");
        const kinds = (one: unknown): unknown => {
          if (Array.isArray(one)) return one.map(kinds);
          return typeof one === "object" && one !== null ? Object.values(one).map(kinds) : typeof one;
        };
        expect(kinds(redacted)).toEqual(kinds({ unknown: value }));
      }),
    );
  });
});

test("what is nested without end is cut, redacted or not", () => {
  let deep: object = { text: "x" };
  for (let level = 0; level < 100_000; level++) deep = { data: deep };
  for (const redactor of [redactWith("s"), inClear]) {
    expect(JSON.stringify(redactor.copy(deep, "part")).length).toBeLessThan(10_000);
  }
});

test("an id that cannot be part of an address does not become one", () => {
  const { id } = redactWith("s").copy({ id: "../Marker" }, "part");
  expect(id).toMatch(/^\/masked-/);
  expect(redactWith("s").copy({ id: "0000Ka8WP8G94H9A" }, "part")).toEqual({ id: "0000Ka8WP8G94H9A" });
});
