import { expect, test } from "vitest";
import type { AnomalyReport } from "../../src/index.ts";
import { maxEvents, Transcript } from "../../src/kinds/chat/transcript.ts";

const text = (id: number) => ({ id, messageType: "MESSAGE", text: `${id}` });

function read(events: readonly unknown[], latestEventId?: number) {
  const anomalies: AnomalyReport[] = [];
  const transcript = Transcript.empty.with(events, latestEventId, (anomaly) => anomalies.push(anomaly));
  return { transcript, codes: anomalies.map(({ code }) => code) };
}

test.each([null, undefined, 7, "event", [], {}, true])(
  "an event that is %j is left out and reported; its neighbours are kept",
  (event) => {
    const { transcript, codes } = read([text(1), event, text(2)]);
    expect(transcript.events.map(({ id }) => id)).toEqual([1, 2]);
    expect(codes).toEqual(["bad-field"]);
  },
);

test.each([null, "3", -1, 1.5, NaN, Infinity, 2 ** 53, {}, []])(
  "an event with the id %j cannot be placed: it is left out and reported",
  (id) => {
    const { transcript, codes } = read([text(1), { ...text(2), id }, text(2)]);
    expect(transcript.events.map((event) => event.id)).toEqual([1, 2]);
    expect(codes).toEqual(["bad-field"]);
  },
);

test("a bad event is reported also when its id is one that is held already", () => {
  const { transcript } = read([text(1), text(2)]);
  const anomalies: AnomalyReport[] = [];
  const next = transcript.with([{ id: 1.5 }, { id: "1" }, null], undefined, (anomaly) =>
    anomalies.push(anomaly),
  );
  expect(next).toBe(transcript);
  expect(anomalies).toHaveLength(3);
});

test("a field of an unexpected type is left out and reported; the event is kept", () => {
  const { transcript, codes } = read([{ ...text(1), text: 5, userId: {}, nickName: null, noticeType: "x" }]);
  expect(transcript.events).toEqual([{ id: 1, messageType: "MESSAGE", noticeType: "x" }]);
  expect(codes).toEqual(["bad-field", "bad-field"]);
});

test("an event without a messageType keeps its place and is reported", () => {
  const { transcript, codes } = read([{ id: 1, text: "hello" }]);
  expect(transcript.events).toEqual([{ id: 1, messageType: "", text: "hello" }]);
  expect(codes).toEqual(["bad-field"]);
});

test("text is text: markup, line ends, surrogates and control characters arrive as they were sent", () => {
  const hostile = '<img src=x onerror="alert(1)">\r\n\u0000\ud800😀 &amp; {{x}}';
  expect(read([{ ...text(1), text: hostile }]).transcript.events[0]?.text).toBe(hostile);
});

test("keys that are dangerous elsewhere do no harm in an event", () => {
  const event = JSON.parse(
    '{"id":1,"messageType":"MESSAGE","__proto__":{"text":"x","polluted":true}}',
  ) as unknown;
  const { transcript } = read([event]);
  expect(transcript.events).toEqual([{ id: 1, messageType: "MESSAGE" }]);
  expect("polluted" in {}).toBe(false);
});

test("an id beyond what JSON can hold exactly is not taken for its neighbour", () => {
  const { transcript, codes } = read(
    JSON.parse('[{"id":9007199254740993,"messageType":"MESSAGE"}]') as unknown[],
  );
  expect([transcript.length, codes]).toEqual([0, ["bad-field"]]);
});

test("a hundred thousand events, delivered backwards and then again, make one whole transcript", () => {
  const many = Array.from({ length: 100_000 }, (_, index) => text(100_000 - index));
  const { transcript, codes } = read(many, 100_000);
  const again = transcript.with(many, 100_000, () => {});
  expect([transcript.length, transcript.isWhole, codes, again === transcript]).toEqual([
    100_000,
    true,
    [],
    true,
  ]);
  expect(transcript.events[99_999]?.id).toBe(100_000);
});

test("a chat that goes on and on is appended to, one event at a time", () => {
  let transcript = Transcript.empty;
  for (let id = 1; id <= 20_000; id++) transcript = transcript.with([text(id)], id, () => {});
  expect([transcript.length, transcript.isWhole, transcript.after(19_998).length]).toEqual([20_000, true, 2]);
});

test("beyond the limit nothing more is taken; that is reported and stays visible as a gap", () => {
  const many = Array.from({ length: maxEvents + 5 }, (_, index) => text(index + 1));
  const { transcript, codes } = read(many);
  expect([transcript.length, codes]).toEqual([maxEvents, ["too-large"]]);
  const anomalies: AnomalyReport[] = [];
  const next = transcript.with([text(maxEvents + 9)], maxEvents + 9, (anomaly) => anomalies.push(anomaly));
  expect(next.length).toBe(maxEvents);
  expect(anomalies.map(({ code }) => code)).toEqual(["too-large"]);
  expect(next.gaps).toEqual([{ from: maxEvents + 1, to: maxEvents + 9 }]);
});
