import type { CommandIO } from "./command-io.ts";
import { CommandFailure } from "./failure.ts";
import { Histogram } from "./histogram.ts";
import { countNames, durationNames, forEach } from "./measures.ts";
import type { FailureGroup } from "./meter.ts";
import { checkReportFile, finishRun, type FinishOptions } from "./finish-run.ts";
import { readReport } from "./read-report.ts";
import type { BotsReport } from "./report.ts";
import { Series } from "./series.ts";

/** The options of the command `bots merge`. */
export interface MergeOptions extends FinishOptions {
  readonly partial?: boolean;
}

interface ReadReport {
  readonly file: string;
  readonly report: BotsReport;
}

/** Merges the reports of the shards of a run into one report. @returns the exit code. */
export async function runMerge(
  files: readonly string[],
  options: MergeOptions,
  { stdout }: Pick<CommandIO, "stdout">,
): Promise<number> {
  const merged = mergeReports(
    await Promise.all(files.map(async (file) => ({ file, report: await readReport(file) }))),
  );
  const { total, included } = merged.shards;
  const missing = Array.from({ length: total }, (_, index) => index + 1).filter(
    (shard) => !included.includes(shard),
  );
  if (missing.length > 0 && options.partial !== true) {
    const subject = missing.length === 1 ? "Shard" : "Shards";
    const verb = missing.length === 1 ? "is" : "are";
    throw new CommandFailure(
      1,
      `${subject} ${missing.join(", ")} of ${total} ${verb} missing: give all reports, or --partial.`,
    );
  }
  await checkReportFile(options.report);
  return finishRun(merged, options, stdout);
}

/** @throws CommandFailure when the reports are not of one run, or a shard occurs twice */
function mergeReports(given: readonly ReadReport[]): BotsReport {
  const [first, ...others] = given;
  if (first === undefined) throw new CommandFailure(2, "There is nothing to merge.");
  for (const other of others) checkSameRun(first, other);
  const fileOf = new Map<number, string>();
  for (const { file, report } of given) {
    for (const shard of report.shards.included) {
      const before = fileOf.get(shard);
      if (before !== undefined) {
        throw new CommandFailure(2, `Shard ${shard} is in ${before} and in ${file}, and would count twice.`);
      }
      fileOf.set(shard, file);
    }
  }
  const reports = given.map(({ report }) => report);
  const { shards, agents } = first.report;
  const series = Series.merged(reports.map((report) => report.series)).data();
  return {
    ...first.report,
    shards: { total: shards.total, included: [...fileOf.keys()].sort((one, other) => one - other) },
    agents: { total: agents.total, included: sum(reports, (report) => report.agents.included) },
    startedAt: reports.map(({ startedAt }) => startedAt).sort()[0]!,
    endedAt: reports
      .map(({ endedAt }) => endedAt)
      .sort()
      .at(-1)!,
    ending:
      reports.find(({ ending }) => ending !== "time" && ending !== "finished")?.ending ?? first.report.ending,
    counts: {
      ...forEach(countNames, (name) => sum(reports, ({ counts }) => counts[name])),
      // The shards may have reached their maxima at different times.
      live_max: Math.max(...series.slots.map(({ live }) => live), 0),
    },
    durations: forEach(durationNames, (name) => {
      const all = new Histogram();
      for (const { durations } of reports) all.addAll(Histogram.from(durations[name]));
      return all.data();
    }),
    endings: sums(reports.map(({ endings }) => endings)),
    anomalies: sums(reports.map(({ anomalies }) => anomalies)),
    failures: mergeFailures(reports.flatMap(({ failures }) => failures)),
    unaccounted: reports.some(({ unaccounted }) => unaccounted === null)
      ? null
      : sum(reports, ({ unaccounted }) => unaccounted ?? 0),
    processes: reports.flatMap(({ processes }) => processes),
    series,
    thresholds: [],
  };
}

const identity: Readonly<Record<string, (report: BotsReport) => unknown>> = {
  "the script": ({ script }) => script.name,
  "the text of the script": ({ script }) => script.digest,
  "the seed": ({ seed }) => seed,
  "the number of shards": ({ shards }) => shards.total,
  "the number of agents": ({ agents }) => agents.total,
  "the server": ({ server }) => server,
};

function checkSameRun(one: ReadReport, other: ReadReport): void {
  for (const [what, of] of Object.entries(identity)) {
    const [mine, theirs] = [of(one.report), of(other.report)];
    if (mine === theirs) continue;
    throw new CommandFailure(
      2,
      `${one.file} and ${other.file} are not of one run: ${what} differs (${String(mine)}, ${String(theirs)}).`,
    );
  }
}

function sum(reports: readonly BotsReport[], of: (report: BotsReport) => number): number {
  return reports.reduce((all, report) => all + of(report), 0);
}

function sums(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const result = new Map<string, number>();
  for (const [name, count] of all.flatMap((one) => Object.entries(one))) {
    result.set(name, (result.get(name) ?? 0) + count);
  }
  return Object.fromEntries(result);
}

function mergeFailures(all: readonly FailureGroup[]): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const failure of all) {
    const key = JSON.stringify([failure.part, failure.code, failure.step]);
    const before = groups.get(key);
    groups.set(key, { ...failure, ...before, count: failure.count + (before?.count ?? 0) });
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
}
