import { readFile } from "node:fs/promises";
import { CommandFailure } from "./failure.ts";
import { countNames, durationNames } from "./measures.ts";
import { reportFormat, reportVersion, type BotsReport } from "./report.ts";
import { flows, timings } from "./series.ts";
import { endingTexts } from "./summary.ts";

/** Reads a report. @throws CommandFailure that names the file and the invalid part. */
export async function readReport(file: string): Promise<BotsReport> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(2, `The report ${file} cannot be read (${error.code}).`);
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
  const invalid = Object.entries(rules).find(([, isValid]) => !isValid(report))?.[0];
  if (invalid !== undefined)
    throw new CommandFailure(2, `The report ${file} is damaged: ${invalid} is invalid.`);
  return value as BotsReport;
}

const rules: Readonly<Record<string, (report: Fields) => boolean>> = {
  script: ({ script }) => isText(fields(script)["name"]) && isText(fields(script)["digest"]),
  seed: ({ seed }) => isNumber(seed),
  texts: (report) => ["deskstate", "server"].every((name) => isText(report[name])),
  ending: ({ ending }) => Object.hasOwn(endingTexts, String(ending)),
  times: (report) => ["began", "ended"].every((name) => !Number.isNaN(Date.parse(String(report[name])))),
  shards: ({ shards }) => isCount(fields(shards)["of"]) && isListOf(fields(shards)["done"], isCount),
  agents: ({ agents }) => ["all", "here"].every((name) => isCount(fields(agents)[name])),
  counts: ({ counts }) => countNames.every((name) => isCount(fields(counts)[name])),
  durations: ({ durations }) => durationNames.every((name) => isHistogram(fields(durations)[name])),
  names: ({ endings, anomalies }) =>
    [endings, anomalies].every((named) => Object.values(fields(named)).every(isCount)),
  failures: ({ failures }) =>
    isListOf(failures, (one) => isText(fields(one)["message"]) && isCount(fields(one)["count"])),
  unaccounted: ({ unaccounted }) => unaccounted === null || isCount(unaccounted),
  processes: ({ processes }) =>
    isListOf(processes, (one) =>
      ["shard", "cpu", "memory", "lateness"].every((name) => isNumber(fields(one)[name])),
    ),
  series: ({ series }) =>
    isCount(fields(series)["interval"]) && isListOf(fields(series)["slots"], (slot) => isSlot(fields(slot))),
  verdicts: ({ verdicts }) => isListOf(verdicts, (one) => isText(fields(one)["expected"])),
};

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && isNumber(value);
}

function isListOf(value: unknown, isValid: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isValid);
}

function isHistogram(value: unknown): boolean {
  const { count, sum, max, buckets } = fields(value);
  if (!isCount(count) || !isNumber(sum) || !isNumber(max) || !Array.isArray(buckets)) return false;
  const isValid = buckets.every(
    (bucket) => Array.isArray(bucket) && bucket.length === 2 && bucket.every(isCount),
  );
  return isValid && buckets.reduce((all: number, [, one]: number[]) => all + (one ?? 0), 0) === count;
}

function isSlot(slot: Fields): boolean {
  return (
    ["at", "live", ...flows].every((name) => isCount(slot[name])) &&
    timings.every((name) => isHistogram(slot[name]))
  );
}
