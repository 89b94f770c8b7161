import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namesOf } from "../../src/load/accounts.ts";
import { parseCsv } from "../../src/load/csv.ts";
import { Histogram } from "../../src/load/histogram.ts";
import { Series } from "../../src/load/series.ts";
import { handshakeSpread, startersOf } from "../../src/load/shard.ts";

const durations = fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 300 });

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

describe("a histogram", () => {
  test("has percentiles that are never too short, and at most 1/64 too long", () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(50, 90, 95, 99, 100), (values, percent) => {
        const sorted = values.toSorted((one, other) => one - other);
        const exact = sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
        const measured = histogramOf(values).percentile(percent)!;
        expect(measured).toBeGreaterThanOrEqual(exact);
        expect(measured).toBeLessThanOrEqual(exact * (1 + 1 / 64));
      }),
    );
  });

  test("merged of two processes equals that of a single process, also through JSON", () => {
    fc.assert(
      fc.property(durations, durations, (one, other) => {
        const sum = Histogram.from(JSON.parse(JSON.stringify(histogramOf(one).data())));
        sum.addAll(histogramOf(other));
        expect(sum.data()).toEqual(histogramOf([...one, ...other]).data());
      }),
    );
  });

  test("of nothing has no percentiles", () => {
    const empty = new Histogram();
    expect([empty.percentile(95), empty.mean(), empty.max()]).toEqual([undefined, undefined, undefined]);
  });

  test("counts a negative duration as zero", () => {
    expect(histogramOf([-5]).percentile(50)).toBe(0);
  });
});

describe("what happens over time", () => {
  test("does not grow with the length of a run, and loses nothing", () => {
    const series = new Series();
    for (let second = 0; second < 5000; second++) {
      series.add(second * 1000, "offers");
      series.time(second * 1000, "offer_accept", second);
      series.setLive(second * 1000, second);
    }
    const { interval, slots } = series.data();
    expect(slots.length).toBeLessThanOrEqual(600);
    expect(interval).toBe(16_000);
    expect(slots.reduce((sum, { offers }) => sum + offers, 0)).toBe(5000);
    expect(slots.reduce((sum, { offer_accept: { count } }) => sum + count, 0)).toBe(5000);
    expect(slots.at(-1)?.live).toBe(4999);
  });

  test("keeps the number of Live bots between two events", () => {
    const series = new Series();
    series.setLive(0, 5);
    series.add(4000, "offers");
    expect(series.data().slots.map(({ at, live, offers }) => [at, live, offers])).toEqual([
      [0, 5, 0],
      [1000, 5, 0],
      [2000, 5, 0],
      [3000, 5, 0],
      [4000, 5, 1],
    ]);
  });

  test("survives a clock that is set back", () => {
    const series = new Series();
    series.add(10_000, "offers");
    series.add(2000, "offers");
    expect(series.data().slots.map(({ at }) => at)).toEqual([2000, 10_000]);
  });

  test("of several processes is added up where they ran at the same time", () => {
    const [short, long] = [new Series(), new Series()];
    for (let second = 0; second < 700; second++) {
      long.add(second * 1000, "offers");
      long.setLive(second * 1000, 3);
    }
    short.add(4000, "offers");
    short.setLive(4000, 2);
    const { interval, slots } = Series.merged([short.data(), long.data()]).data();
    expect(interval).toBe(2000);
    expect(slots.find(({ at }) => at === 4000)).toMatchObject({ live: 5, offers: 3 });
    expect(slots.find(({ at }) => at === 6000)).toMatchObject({ live: 3, offers: 2 });
  });
});

test.each([
  [1, 5000],
  [500, 5000],
  [1000, 10_000],
  [100_000, 600_000],
])("the handshakes of %d agents in one process are spread over %d ms after a restart", (agents, ms) => {
  expect(handshakeSpread(agents)).toBe(ms);
});

describe("shards", () => {
  const all = Array.from({ length: 103 }, (_, index) => `agent${index}`);

  test("have every agent once, whatever their number, and start each at the same time as without shards", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.integer(), (of, seed) => {
        const whole = startersOf(all, { number: 1, of: 1 }, 30_000, seed);
        const parts = Array.from({ length: of }, (_, index) =>
          startersOf(all, { number: index + 1, of }, 30_000, seed),
        );
        const byStart = parts.flat().toSorted((one, other) => one.after - other.after);
        expect(byStart).toEqual(whole);
        const sizes = parts.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("have every nth agent, beginning with that of their number", () => {
    const [first, second] = startersOf(all, { number: 2, of: 8 }, 0, 1);
    expect([first?.account, second?.account]).toEqual(["agent1", "agent9"]);
  });

  test("start their agents evenly over the ramp", () => {
    const starts = startersOf(all, { number: 1, of: 1 }, 10_300, 7).map(({ after }) => after);
    expect(starts.map((start) => Math.floor(start / 100))).toEqual(all.map((_, index) => index));
  });
});

describe("accounts", () => {
  test.each([
    ["ana", ["ana"]],
    ["agent{9..11}", ["agent9", "agent10", "agent11"]],
    ["a{08..10}@x", ["a08@x", "a09@x", "a10@x"]],
  ])("%s stands for %j", (pattern, names) => {
    expect(namesOf(pattern)).toEqual(names);
  });

  test("in a table may have quotes, commas and line breaks in a cell", () => {
    const text = '\ufeffuser,password\r\n\r\nana,"a,""b""\r\nc"\r\n"ben",plain\nempty,';
    expect(parseCsv(text, "x.csv")).toEqual([
      { line: 1, cells: ["user", "password"] },
      { line: 3, cells: ["ana", 'a,"b"\r\nc'] },
      { line: 5, cells: ["ben", "plain"] },
      { line: 6, cells: ["empty", ""] },
    ]);
  });

  test("in a table come back as they were written", () => {
    const cell = fc.string().map((text) => text.replaceAll("\r", ""));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((row) => row.map(quoted).join(",")).join("\n");
        expect(parseCsv(text, "x.csv").map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });
});
