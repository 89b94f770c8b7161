import { InvalidArgumentError } from "commander";
import { metricKinds, metrics, type Metric } from "./metrics.ts";
import type { BotsReport, ThresholdResult } from "./report.ts";

/** A limit that a run is expected to keep. */
export interface Threshold {
  /** As it was written, such as `offer_accept_p95<500ms`. */
  readonly expression: string;
  readonly metric: Metric;
  readonly comparison: string;
  /** In milliseconds, in percent, or plain. */
  readonly value: number;
}

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  "<=": (one, other) => one <= other,
  ">=": (one, other) => one >= other,
  "<": (one, other) => one < other,
  ">": (one, other) => one > other,
  "=": (one, other) => one === other,
};

const units: Readonly<Record<Metric["kind"], ReadonlyMap<string, number>>> = {
  duration: new Map([
    ["ms", 1],
    ["s", 1000],
    ["m", 60_000],
  ]),
  share: new Map([["%", 1]]),
  number: new Map([["", 1]]),
};

/**
 * Parses a threshold: a metric, `<`, `<=`, `>`, `>=` or `=`, and a number with its unit.
 *
 * @throws InvalidArgumentError with what is expected
 */
function parseThreshold(text: string): Threshold {
  const [, name = "", comparison = "", amount = "", unit = ""] =
    /^\s*(\w+)\s*(<=|>=|<|>|=)\s*(\d{1,12}(?:\.\d{1,6})?)\s*(ms|s|m|%|)\s*$/.exec(text) ?? [];
  if (name === "") {
    throw new InvalidArgumentError(
      "Expected a metric, one of < <= > >= =, and a number with its unit, such as offer_accept_p95<500ms.",
    );
  }
  const metric = metrics.get(name);
  if (metric === undefined) {
    const names = metricKinds.map((one) => one.name).join(", ");
    throw new InvalidArgumentError(`There is no metric ${name}. There are: ${names}.`);
  }
  const known = units[metric.kind];
  const factor = known.get(unit);
  if (factor === undefined) {
    const expected = known.has("") ? "has no unit" : `needs a unit: ${[...known.keys()].join(" or ")}`;
    throw new InvalidArgumentError(`${name} ${expected}.`);
  }
  const expression = `${name}${comparison}${amount}${unit}`;
  return { expression, metric, comparison, value: Number(amount) * factor };
}

/** Collects the thresholds of a repeated option. */
export function thresholdsArgument(text: string, before: readonly Threshold[] = []): Threshold[] {
  return [...before, parseThreshold(text)];
}

/** Compares a run with a threshold. */
export function checkThreshold(
  report: BotsReport,
  { expression, metric: { measure }, comparison, value }: Threshold,
): ThresholdResult {
  const measured = measure(report);
  const isMet = measured !== undefined && comparisons[comparison]!(measured, value);
  return { expression, measured: measured ?? null, isMet };
}
