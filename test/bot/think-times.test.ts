import fc from "fast-check";
import { expect, test } from "vitest";
import { constant, exponential, lognormal, normal, uniform, type ThinkTime } from "../../src/bot/index.ts";
import { stream } from "../../src/bot/pacing.ts";

function draws(time: ThinkTime, count = 20_000): number[] {
  const random = stream(7, "draws");
  return Array.from({ length: count }, () => time(random)).toSorted((one, other) => one - other);
}
const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const median = (numbers: number[]) => numbers[numbers.length / 2]!;

test("each distribution has the given mean or median", () => {
  expect(new Set(draws(constant(700)))).toEqual(new Set([700]));
  expect(mean(draws(uniform(1000, 3000)))).toBeCloseTo(2000, -2);
  expect(mean(draws(exponential(2000)))).toBeCloseTo(2000, -2);
  expect(mean(draws(normal(2000, 300)))).toBeCloseTo(2000, -2);
  expect(median(draws(lognormal(2000, 0.5)))).toBeCloseTo(2000, -2);
  expect(median(draws(exponential(2000)))).toBeCloseTo(2000 * Math.LN2, -2);
});

test("a time is never negative, and stays within its bounds", () => {
  const times = fc.nat(100_000);
  fc.assert(
    fc.property(
      times,
      times,
      times,
      fc.double({ min: 0, max: 5, noNaN: true }),
      fc.nat(),
      (a, b, c, spread, seed) => {
        const [min, middle, max] = [a, b, c].toSorted((one, other) => one - other) as [
          number,
          number,
          number,
        ];
        const random = stream(seed, "bounds");
        for (const time of [uniform(min, max), normal(middle, c, { min, max })]) {
          const drawn = time(random);
          expect(drawn).toBeGreaterThanOrEqual(min);
          expect(drawn).toBeLessThanOrEqual(max);
        }
        for (const time of [exponential(a), lognormal(b, spread), normal(a, b)]) {
          expect(time(random)).toBeGreaterThanOrEqual(0);
        }
      },
    ),
  );
});

test("the extremes of the random numbers lead to finite times in each distribution", () => {
  for (const value of [0, 1 - 2 ** -32]) {
    for (const time of [uniform(0, 1), exponential(1), normal(1, 1), lognormal(1, 1)]) {
      expect(Number.isFinite(time(() => value))).toBe(true);
    }
  }
});

test("invalid parameters are refused, with what is expected", () => {
  const invalid: [() => unknown, string][] = [
    [() => constant(-1), 'constant takes "ms" in milliseconds from 0 to 2147483647, but it got -1.'],
    [() => constant(Infinity), "but it got Infinity."],
    [() => uniform(5, 4), 'uniform takes "to" in milliseconds from 5 to 2147483647, but it got 4.'],
    [() => exponential(Number.NaN), 'exponential takes "mean"'],
    [() => normal(5, 1, { max: 4 }), 'normal takes "mean" in milliseconds from 0 to 4, but it got 5.'],
    [() => normal(5, "1" as unknown as number), "but it got text."],
    [() => lognormal(5, 6), 'lognormal takes a "spread" from 0 to 5, but it got 6.'],
  ];
  for (const [make, message] of invalid) expect(make).toThrow(message);
});

test("streams of different names are independent", () => {
  const names = Array.from({ length: 2000 }, (_, index) => `agent${index}`);
  const firsts = names.map((name) => stream(1, name)());
  expect(new Set(firsts).size).toBeGreaterThan(1990);
  expect(mean(firsts)).toBeCloseTo(0.5, 1);
  expect(stream(1, "a", "b")()).not.toBe(stream(1, "ab")());
  expect(stream(1, "a")()).not.toBe(stream(2, "a")());
  expect(stream(1, "a")()).toBe(stream(1, "a")());
});
