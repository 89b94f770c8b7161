import { readFile } from "node:fs/promises";
import { CommandFailure, errorCode } from "./failure.ts";
import { countNames, durationNames, forEach } from "./measures.ts";
import { reportFormat, reportVersion, type BotsReport } from "./report.ts";
import { flows, timings } from "./series.ts";
import { endingTexts } from "./summary.ts";

/** Reads a report. @throws CommandFailure that names the file and the invalid part. */
export async function readReport(file: string): Promise<BotsReport> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new CommandFailure(2, `The report ${file} cannot be read (${errorCode(error)}).`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandFailure(2, `The report ${file} is not JSON, or was cut off.`);
  }
  const report = fields(value);
  if (report["format"] !== reportFormat)
    throw new CommandFailure(2, `${file} is not a report of a run of bots.`);
  if (report["version"] !== reportVersion) {
    throw new CommandFailure(2, `The report ${file} has an unknown version: expected ${reportVersion}.`);
  }
  const invalid = Object.entries(checks).find(([name, isValid]) => !isValid(report[name]))?.[0];
  if (invalid !== undefined)
    throw new CommandFailure(2, `The report ${file} is damaged: ${invalid} is invalid.`);
  return value as BotsReport;
}

type Check = (value: unknown) => boolean;

const fields = (value: unknown): Readonly<Record<string, unknown>> => Object(value);
const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number" && value >= 0;
const isCount: Check = (value) => Number.isSafeInteger(value) && isNumber(value);
const isTime: Check = (value) => !Number.isNaN(Date.parse(String(value)));
const isNamedCounts: Check = (value) => Object.values(fields(value)).every(isCount);
const isListOf =
  (isValid: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(isValid);
const isObjectOf =
  (checked: Readonly<Record<string, Check>>): Check =>
  (value) =>
    Object.entries(checked).every(([name, isValid]) => isValid(fields(value)[name]));

const isHistogram: Check = (value) => {
  const { count, sum, max, buckets } = fields(value);
  if (!isCount(count) || !isNumber(sum) || !isNumber(max) || !Array.isArray(buckets)) return false;
  const isBucket = isListOf(isCount);
  const isValid = buckets.every((bucket: unknown) => isBucket(bucket) && fields(bucket)["length"] === 2);
  return isValid && buckets.reduce((all: number, [, one]: number[]) => all + (one ?? 0), 0) === count;
};

const checks: Readonly<Record<string, Check>> = {
  script: isObjectOf({ name: isText, digest: isText }),
  seed: isNumber,
  deskstate: isText,
  server: isText,
  ending: (value) => Object.hasOwn(endingTexts, String(value)),
  startedAt: isTime,
  endedAt: isTime,
  shards: isObjectOf({ total: isCount, included: isListOf(isCount) }),
  agents: isObjectOf({ total: isCount, included: isCount }),
  counts: isObjectOf(forEach(countNames, () => isCount)),
  durations: isObjectOf(forEach(durationNames, () => isHistogram)),
  endings: isNamedCounts,
  anomalies: isNamedCounts,
  failures: isListOf(isObjectOf({ message: isText, count: isCount })),
  unaccounted: (value) => value === null || isCount(value),
  processes: isListOf(
    isObjectOf({ shard: isNumber, cpu: isNumber, memory: isNumber, eventLoopDelay: isNumber }),
  ),
  series: isObjectOf({
    interval: isCount,
    slots: isListOf(
      isObjectOf({
        at: isCount,
        live: isCount,
        ...forEach(flows, () => isCount),
        ...forEach(timings, () => isHistogram),
      }),
    ),
  }),
  thresholds: isListOf(isObjectOf({ expression: isText })),
};
