import { expect, test } from "vitest";
import type { AnomalyReport, UserData } from "../../src/index.ts";
import { SharedObject } from "../../src/domain/shared-object.ts";
import { flatUserData, maxUserDataKeys } from "../../src/domain/user-data.ts";
import { recordedInteraction } from "../recorded/read.ts";

function adopt(json: string) {
  const anomalies: AnomalyReport[] = [];
  const held = new SharedObject(
    flatUserData(JSON.parse(json) as object, (anomaly) => anomalies.push(anomaly)),
  );
  return { held, data: held.object, codes: anomalies.map(({ code }) => code), anomalies };
}

test("the recorded user data is taken key by key, with null, numbers and unusual keys", () => {
  const recorded = recordedInteraction("email-accepted")["userData"] as object;
  const { data, codes } = adopt(JSON.stringify(recorded));
  expect(Object.entries(data)).toEqual(Object.entries(recorded));
  expect(codes).toEqual([]);
});

test("user data inherits nothing and cannot be changed", () => {
  const { data } = adopt('{"a":"1"}');
  expect(Object.getPrototypeOf(data)).toBeNull();
  expect(Object.isFrozen(data)).toBe(true);
  expect(data["toString"]).toBeUndefined();
  expect("constructor" in data).toBe(false);
});

test.each([
  "__proto__",
  "constructor",
  "prototype",
  "hasOwnProperty",
  "toString",
  "",
  " ",
  "PegAG?: 2>1",
  "a.b[0]",
])("the key %j is a key like any other", (key) => {
  const { data, codes } = adopt(`{${JSON.stringify(key)}:"text","after":1}`);
  expect(Object.keys(data)).toEqual([key, "after"]);
  expect([data[key], Object.hasOwn(data, key), codes]).toEqual(["text", true, []]);
  expect(Object.getPrototypeOf(data)).toBeNull();
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test("a __proto__ that holds an object is left out, reported, and pollutes no prototype", () => {
  const { data, codes } = adopt(
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":1}},"a":"1"}',
  );
  expect([Object.keys(data), codes]).toEqual([["a"], ["bad-field", "bad-field"]]);
  expect("polluted" in data).toBe(false);
  expect("polluted" in {}).toBe(false);
});

test("beside a value that is left out, or beyond the limit, a dangerous key is still a key like any other", () => {
  const { data, codes } = adopt('{"__proto__":"p","bad":{},"constructor":"c"}');
  expect(JSON.stringify(data)).toBe('{"__proto__":"p","constructor":"c"}');
  expect(codes).toEqual(["bad-field"]);
});

test.each(["null", "0", "-1.5", '""', '"text"', "true", "false", "1e300"])(
  "the value %s is kept as it is",
  (value) => {
    const { data, codes } = adopt(`{"a":${value}}`);
    expect([data["a"], codes]).toEqual([JSON.parse(value), []]);
  },
);

test.each(["{}", "[]", '{"b":{"c":1}}', '["x"]', "1e999"])(
  "the value %s is left out and reported",
  (value) => {
    const { data, codes } = adopt(`{"before":1,"a":${value},"after":null}`);
    expect([{ ...data }, codes]).toEqual([{ before: 1, after: null }, ["bad-field"]]);
  },
);

test("a value nested ten thousand levels deep is left out like a shallow one", () => {
  const { data, codes } = adopt(`{"a":${"[".repeat(10_000)}${"]".repeat(10_000)},"b":"kept"}`);
  expect([{ ...data }, codes]).toEqual([{ b: "kept" }, ["bad-field"]]);
});

test("more keys than the limit are cut, the first ones kept, and that is reported once", () => {
  const many = Object.fromEntries(
    Array.from({ length: maxUserDataKeys + 500 }, (_, index) => [`k${index}`, index]),
  );
  const { data, codes } = adopt(JSON.stringify(many));
  expect(Object.keys(data)).toHaveLength(maxUserDataKeys);
  expect([data["k0"], data[`k${maxUserDataKeys - 1}`], data[`k${maxUserDataKeys}`]]).toEqual([
    0,
    maxUserDataKeys - 1,
    undefined,
  ]);
  expect(codes).toEqual(["too-large"]);
});

test("exactly as many keys as the limit are taken without a word", () => {
  const many = Object.fromEntries(
    Array.from({ length: maxUserDataKeys }, (_, index) => [`k${index}`, index]),
  );
  const { data, codes } = adopt(JSON.stringify(many));
  expect([Object.keys(data).length, codes]).toEqual([maxUserDataKeys, []]);
});

test("what is reported never holds a value or a key", () => {
  const { anomalies } = adopt('{"secret-key":{"secret-value":"secret"}}');
  expect(JSON.stringify(anomalies)).not.toContain("secret");
});

test("user data stays the same object as long as keys and values are the same, in any order", () => {
  const { held, data } = adopt('{"a":"1","b":null,"__proto__":"x"}');
  const replaced = (json: string) => held.replace(JSON.parse(json) as UserData);
  for (const same of ['{"a":"1","b":null,"__proto__":"x"}', '{"__proto__":"x","b":null,"a":"1"}']) {
    expect(replaced(same)).toBe(held);
    expect(replaced(same).object).toBe(data);
  }
  for (const other of [
    "{}",
    '{"a":"1","b":null}',
    '{"a":"1","b":null,"__proto__":"x","c":1}',
    '{"a":1,"b":null,"__proto__":"x"}',
    '{"a":"1","b":0,"__proto__":"x"}',
    '{"a":"1","c":null,"__proto__":"x"}',
    '{"a":"1","constructor":null,"__proto__":"x"}',
  ]) {
    expect(JSON.stringify(replaced(other))).toBe(other);
  }
});

test("values that were left out do not make user data look changed, but are reported each time", () => {
  const json = '{"a":"1","b":{"nested":true}}';
  const { held } = adopt(json);
  const anomalies: AnomalyReport[] = [];
  const replaced = flatUserData(JSON.parse(json) as object, (anomaly) => anomalies.push(anomaly));
  expect(held.replace(replaced)).toBe(held);
  expect(anomalies).toHaveLength(1);
});
