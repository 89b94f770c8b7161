import { expect, test } from "vitest";
import type { RecordPatch } from "../../src/index.ts";
import { createRecordModel, mergeRecord, recordFields } from "../../src/domain/record.ts";
import { MergeContext, type RecordOf } from "../../src/domain/record-field.ts";
import { InternPool } from "../../src/domain/shared-object.ts";
import { chat } from "../../src/kinds/chat/index.ts";
import { email as emailKind } from "../../src/kinds/email/index.ts";

/** The record of an interaction that may be an email or a chat. */
const fields = { ...recordFields, ...emailKind.fields, ...chat.fields };
type TestRecord = RecordOf<typeof fields>;

const model = createRecordModel([emailKind.fields, chat.fields]);
const emptyRecord = model.empty as unknown as TestRecord;

/** Merges a message, in the way of an entity. Returns what was unexpected besides. */
function merge(record: TestRecord, known: RecordPatch, isBehind: boolean) {
  const fact = {
    about: "interaction",
    id: "1",
    channel: "chat",
    state: undefined,
    capabilities: undefined,
  } as const;
  const isOlder = chat.isOutdated({ ...fact, change: "PropertiesChanged", known }, record);
  const context = new MergeContext(new InternPool()).begin(isBehind || isOlder, isBehind);
  return { record: mergeRecord(model, record, known, context) as unknown as TestRecord, context };
}

function mergeExpected(record: TestRecord, known: RecordPatch, isBehind: boolean): TestRecord {
  const merged = merge(record, known, isBehind);
  expect(merged.context.anomalies).toBeUndefined();
  return merged.record;
}

/** Returns the values of a record by name, as JSON writes them. */
const valuesOf = (record: TestRecord): unknown =>
  JSON.parse(
    JSON.stringify(Object.fromEntries(model.names.map((name) => [name, record[name as keyof TestRecord]]))),
  );

const receive = (record: TestRecord, known: RecordPatch) => mergeExpected(record, known, false);
const receiveLate = (record: TestRecord, known: RecordPatch) => mergeExpected(record, known, true);
const event = (id: number) => ({ id, messageType: "MESSAGE", text: `${id}` });

const all: RecordPatch = {
  serverState: "Accepted",
  direction: "Inbound",
  subType: "InboundNew",
  userData: { Subject: "Light", "PegAG?: 2>1": 1, RRequestedSkills: null },
  currentQueue: "in",
  inQueues: { __STOP__: "" },
  outQueues: { out: "" },
  startDate: 1382994529967,
  threadId: "t1",
  parentId: "p1",
  email: { interactionId: "e1", subject: "Light" },
  raw: { extra: [1] },
};

test("a record takes the data of a message", () => {
  const record = receive(emptyRecord, { ...all, transcript: { events: [event(1)], latestEventId: 1 } });
  expect(valuesOf(record)).toEqual({
    ...all,
    transcript: { latestEventId: 1, events: [event(1)], gaps: [] },
  });
});

test("absent means unchanged, and a message without news returns the same record", () => {
  const record = receive(emptyRecord, { ...all, transcript: { events: [event(1)] } });
  expect(receive(record, {})).toBe(record);
  expect(receive(record, { ...all, transcript: { events: [event(1)], latestEventId: 1 } })).toBe(record);
  expect(receiveLate(record, { ...all, userData: { other: 1 }, currentQueue: "other" })).toBe(record);
  expect(receive(emptyRecord, {})).toBe(emptyRecord);
});

test("what did not change keeps its reference, so that its listeners are not called", () => {
  const record = receive(emptyRecord, { ...all, transcript: { events: [event(1)] } });
  const next = receive(record, {
    ...structuredClone(all),
    serverState: "Left",
    transcript: { events: [event(2)] },
  });
  for (const part of ["userData", "inQueues", "outQueues", "email", "raw"] as const) {
    expect(next[part]).toBe(record[part]);
  }
  expect(next.transcript).not.toBe(record.transcript);
  const renamed = receive(record, { userData: { Subject: "Dark" } });
  expect(renamed.transcript).toBe(record.transcript);
});

test("an extra with a structure is the same when its content is equal, and changed when anything in it differs", () => {
  const record = receive(emptyRecord, { raw: { list: [{ a: 1, b: [null] }], map: {} } });
  expect(receive(record, { raw: { list: [{ b: [null], a: 1 }], map: {} } })).toBe(record);
  for (const list of [
    [{ a: 1, b: [0] }],
    [{ a: 1 }],
    [{ a: 1, b: {} }],
    [{ a: 1, b: { 0: null } }],
    [{ a: 1, c: [null] }],
    [],
    null,
    "x",
  ]) {
    expect(receive(record, { raw: { list } }).raw.object["list"]).toBe(list);
  }
  const deep = (levels: number): unknown => (levels === 0 ? [] : [deep(levels - 1)]);
  let depths: unknown = [];
  for (let level = 0; level < 100_000; level++) depths = [depths];
  const held = receive(emptyRecord, { raw: { depths, shallow: deep(3) } });
  expect(receive(held, { raw: { shallow: deep(3) } })).toBe(held);
  expect(receive(held, { raw: { depths: deep(50) } })).not.toBe(held);
});

test("user data is replaced as a whole: a missing key is removed", () => {
  const record = receive(receive(emptyRecord, all), { userData: { Subject: "Light" } });
  expect(Object.keys(record.userData.object)).toEqual(["Subject"]);
  expect(Object.keys(receive(record, { userData: {} }).userData.object)).toEqual([]);
});

test("queues are replaced as a whole; an email's fields one by one", () => {
  const record = receive(receive(emptyRecord, all), { inQueues: { other: "x" }, email: { text: "Hello" } });
  expect({ ...record.inQueues?.object }).toEqual({ other: "x" });
  expect({ ...record.email?.object }).toEqual({ interactionId: "e1", subject: "Light", text: "Hello" });
});

test("a message that is behind fills what is missing and changes nothing that is known", () => {
  const { threadId: _, parentId: __, ...others } = all;
  const record = receive(emptyRecord, { ...others, email: { subject: "Light" } });
  const late: RecordPatch = {
    ...all,
    serverState: "Invited",
    userData: { Subject: "old" },
    currentQueue: "old",
    inQueues: { old: "" },
    startDate: 1,
    email: { subject: "old", text: "filled" },
    raw: { extra: "old", more: true },
  };
  const filled = receiveLate(record, late);
  expect(valuesOf(filled)).toEqual({
    ...all,
    email: { subject: "Light", text: "filled" },
    raw: { extra: [1], more: true },
  });
});

test("a message that is behind and fills nothing gives the same record", () => {
  const record = receive(emptyRecord, all);
  const late = { ...all, email: { subject: "old" }, raw: { extra: "old" }, userData: { Subject: "old" } };
  expect(receiveLate(record, late)).toBe(record);
});

test("a chat message that counts fewer events than are known is behind, whatever it claims", () => {
  const record = receive(emptyRecord, {
    userData: { at: 5 },
    transcript: { events: [event(5)], latestEventId: 5 },
  });
  const next = receive(record, {
    userData: { at: 3 },
    currentQueue: "q",
    transcript: { events: [event(3)], latestEventId: 3 },
  });
  expect([{ ...next.userData.object }, next.currentQueue]).toEqual([{ at: 5 }, "q"]);
  expect(next.transcript?.events.map(({ id }) => id)).toEqual([3, 5]);
  expect({
    ...receive(next, { userData: { at: 6 }, transcript: { latestEventId: 6 } }).userData.object,
  }).toEqual({ at: 6 });
});

test("user data with a value that was left out is the same user data when it comes again", () => {
  const userData = { a: "1", b: { nested: true } };
  const first = merge(emptyRecord, { userData }, false);
  const second = merge(first.record, { userData }, false);
  expect(second.record).toBe(first.record);
  for (const { context } of [first, second]) expect(context.anomalies).toHaveLength(1);
});

test("keys that are dangerous elsewhere stay keys, in queues, extras and email", () => {
  const hostile = (value: string) => JSON.parse(`{"__proto__":${value},"constructor":${value}}`) as object;
  const record = receive(emptyRecord, {
    inQueues: hostile('"x"') as Record<string, string>,
    raw: hostile('{"polluted":true}') as Record<string, unknown>,
    email: hostile('"x"'),
  });
  for (const part of [record.inQueues?.object, record.raw.object, record.email?.object]) {
    expect(Object.keys(part!)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(part)).toBeNull();
    expect("polluted" in part!).toBe(false);
  }
  const same = hostile('"x"') as Record<string, string>;
  expect(receive(record, { inQueues: same })).toBe(record);
  expect({ ...receive(record, { inQueues: {} }).inQueues?.object }).toEqual({});
  expect("polluted" in {}).toBe(false);
});

test("no caller can change what a record holds", () => {
  const mine = { Subject: "Light" };
  const record = receive(emptyRecord, { ...all, userData: mine, transcript: { events: [event(1)] } });
  mine.Subject = "Dark";
  expect(record.userData.object["Subject"]).toBe("Light");
  const { userData, inQueues, outQueues, email, raw } = record;
  for (const part of [userData, inQueues, outQueues, email, raw].map((one) => one?.object))
    expect(Object.isFrozen(part)).toBe(true);
});
