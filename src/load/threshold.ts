import { InvalidArgumentError } from "commander";
import { metric, metricKinds, type Metric } from "./metrics.ts";
import type { BotsReport, Verdict } from "./report.ts";

/** A limit that a run is expected to keep. */
export interface Threshold {
  /** As it was written, such as `offer_accept_p95<500ms`. */
  readonly text: string;
  readonly metric: Metric;
  readonly comparison: keyof typeof comparisons;
  /** In milliseconds, in percent, or plain. */
  readonly value: number;
}

const comparisons = {
  "<=": (one: number, other: number) => one <= other,
  ">=": (one: number, other: number) => one >= other,
  "<": (one: number, other: number) => one < other,
  ">": (one: number, other: number) => one > other,
  "=": (one: number, other: number) => one === other,
};

const units: Readonly<Record<Metric["kind"], Readonly<Record<string, number>>>> = {
  duration: { ms: 1, s: 1000, m: 60_000 },
  share: { "%": 1 },
  number: { "": 1 },
};

/**
 * Parses a threshold: a metric, `<`, `<=`, `>`, `>=` or `=`, and a number with its unit.
 *
 * @throws InvalidArgumentError, that says what is expected
 */
function parseThreshold(text: string): Threshold {
  const [, name = "", comparison = "", amount = "", unit = ""] =
    /^\s*(\w+)\s*(<=|>=|<|>|=)\s*(\d{1,12}(?:\.\d{1,6})?)\s*(ms|s|m|%|)\s*$/.exec(text) ?? [];
  if (name === "") {
    throw new InvalidArgumentError(
      "Expected a metric, one of < <= > >= =, and a number with its unit, such as offer_accept_p95<500ms.",
    );
  }
  const found = metric(name);
  if (found === undefined) {
    const names = metricKinds.map((one) => one.name).join(", ");
    throw new InvalidArgumentError(`There is no metric ${name}. There are: ${names}.`);
  }
  const factor = Object.entries(units[found.kind]).find(([known]) => known === unit)?.[1];
  if (factor === undefined) {
    const known = Object.keys(units[found.kind]).filter((one) => one !== "");
    const expected = known.length === 0 ? "has no unit" : `needs a unit: ${known.join(" or ")}`;
    throw new InvalidArgumentError(`${name} ${expected}.`);
  }
  return {
    text: `${name}${comparison}${amount}${unit}`,
    metric: found,
    comparison: comparison as keyof typeof comparisons,
    value: Number(amount) * factor,
  };
}

/** Collects the thresholds of a repeated option. */
export function thresholdsArgument(text: string, before: readonly Threshold[] = []): Threshold[] {
  return [...before, parseThreshold(text)];
}

/** Compares a run with a threshold. */
export function judge(
  report: BotsReport,
  { text, metric: { measure }, comparison, value }: Threshold,
): Verdict {
  const measured = measure(report);
  return {
    expected: text,
    measured: measured ?? null,
    isMet: measured !== undefined && comparisons[comparison](measured, value),
  };
}
