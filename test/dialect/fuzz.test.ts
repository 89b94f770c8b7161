import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../src/domain/random.ts";
import type { Desk } from "../../src/index.ts";
import { gws851 } from "../../src/links/gws/index.ts";
import { recordedBatch, recordedNames, sample, type Fields } from "../recorded/read.ts";
import { runs } from "../domain/runs.ts";
import { mutate } from "./mutate.ts";
import { recordedDesk } from "./recorded-desk.ts";

const seeds: readonly unknown[] = [
  ...recordedNames.flatMap(recordedBatch),
  sample("8.5.0-channels-ready-notification"),
  sample("8.5.2-channel-ready-notification"),
  sample("8.5.2-channel-dnd-on-notification"),
];

const goodId = "0000GoodMessage1";
function goodMessage(): unknown {
  const [message] = recordedBatch("email-invited") as [{ data: { interaction: Fields } }];
  message.data.interaction["id"] = goodId;
  return message;
}

const mutants = fc.tuple(fc.constantFrom(...seeds), fc.integer()).map(([message, seed]) => {
  return mutate(message, seededRandom(seed));
});

test("the broken messages are of every kind that a message can be broken in", () => {
  const codes = new Set<string>();
  for (let seed = 0; seed < 3000; seed++) {
    const mutant = mutate(seeds[seed % seeds.length], seededRandom(seed));
    for (const { code } of gws851.decode(mutant).anomalies) codes.add(code);
  }
  expect([...codes].toSorted()).toEqual([
    "bad-field",
    "missing-field",
    "not-a-message",
    "unknown-message",
    "unknown-state",
    "unknown-topic",
    "unsafe-id",
  ]);
});

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype] as object[];
const shape = () =>
  prototypes.map((prototype) =>
    Reflect.ownKeys(prototype).map((key) => [key, Object.getOwnPropertyDescriptor(prototype, key)?.value]),
  );

function everyActor(desk: Desk) {
  const interactions = [...desk.interactions.getSnapshot(), ...desk.ended.getSnapshot()];
  return [...interactions, ...desk.channels.getSnapshot(), desk.connection].map(({ actor }) => actor);
}

const isMeta = (message: unknown) => {
  const topic = (message as { channel?: unknown } | null)?.channel;
  return typeof topic === "string" && topic.startsWith("/meta/");
};

test("thousands of broken messages: none throws, none kills, none pollutes, none is dropped in silence", () => {
  const before = shape();
  fc.assert(
    fc.property(fc.array(mutants, { minLength: 1, maxLength: 3 }), (messages) => {
      const { desk, link } = recordedDesk();
      for (const message of messages) {
        const { facts, anomalies } = gws851.decode(message);
        if (facts.length === 0 && !isMeta(message) && !isEmptyList(message)) {
          ok(anomalies.length > 0, "a message was dropped in silence");
        }
        const reported = desk.anomalies.total();
        link.deliver([message]);
        ok(desk.anomalies.total() >= reported + anomalies.length, "a report was lost");
      }
      for (const actor of everyActor(desk)) deepEqual(actor.getSnapshot().status, "active");

      link.deliver([goodMessage()]);
      const good = desk.interaction(goodId);
      deepEqual([good?.state, good?.channel, good?.capabilities], ["Invited", "email", ["Accept", "Reject"]]);
      ok(desk.invitations.getSnapshot().some(({ id }) => id === goodId));
    }),
    runs(2000),
  );
  deepEqual(shape(), before);
}, 120_000);

/** `channels: []` is a notification of no change. */
function isEmptyList(message: unknown): boolean {
  const data = (message as { data?: { channels?: unknown; channelStates?: unknown } } | null)?.data;
  const list = data?.channels ?? data?.channelStates;
  return Array.isArray(list) && list.length === 0;
}

test("a broken message leaves the interactions that it does not name as they were", () => {
  fc.assert(
    fc.property(mutants, (message) => {
      const { desk, link } = recordedDesk();
      link.deliver([goodMessage()]);
      const before = desk.interaction(goodId)?.getSnapshot();
      link.deliver([message]);
      ok(desk.interaction(goodId)?.getSnapshot() === before);
    }),
    runs(2000),
  );
}, 60_000);

test("the answers to requests are read, whatever they are", () => {
  const bodies = fc.oneof(
    mutants,
    fc.jsonValue(),
    fc.record({ statusCode: fc.jsonValue(), status: fc.jsonValue() }),
  );
  const kinds = ["acknowledged", "refused", "unauthenticated", "unanswered"];
  fc.assert(
    fc.property(fc.nat({ max: 600 }), bodies, (http, body) => {
      ok(kinds.includes(gws851.readAnswer(http, body).kind));
      for (const list of gws851.lists) list.read(body);
    }),
    runs(3000),
  );
}, 60_000);

test("the lists of the server are read, whatever is in them", () => {
  fc.assert(
    fc.property(fc.array(mutants, { maxLength: 4 }), (entries) => {
      const data = entries.map((entry) => (entry as { data?: unknown } | null)?.data ?? entry);
      for (const body of [
        { interactions: data },
        { channels: data },
        { uris: data },
        { user: { channels: data } },
      ]) {
        for (const list of gws851.lists) {
          const content = list.read(body);
          for (const id of content?.ids ?? []) deepEqual(typeof id, "string");
        }
      }
    }),
    runs(2000),
  );
}, 60_000);
