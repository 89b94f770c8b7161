import { CommandFailure } from "./failure.ts";
import { Histogram } from "./histogram.ts";
import { countNames, durationNames, forEach } from "./measures.ts";
import type { FailureGroup } from "./meter.ts";
import type { BotsReport } from "./report.ts";
import { Series } from "./series.ts";

/** A report, and its file. */
export interface ReadReport {
  readonly file: string;
  readonly report: BotsReport;
}

/**
 * Returns the report of a run whose shards ran in several processes.
 *
 * @throws CommandFailure when the reports are not of one run, or a shard occurs twice
 */
export function mergeReports(given: readonly ReadReport[]): BotsReport {
  const [first, ...others] = given;
  if (first === undefined) throw new CommandFailure(2, "There is nothing to merge.");
  for (const other of others) checkSameRun(first, other);
  const done = new Map<number, string>();
  for (const { file, report } of given) {
    for (const shard of report.shards.done) {
      const before = done.get(shard);
      if (before !== undefined) {
        throw new CommandFailure(2, `Shard ${shard} is in ${before} and in ${file}, and would count twice.`);
      }
      done.set(shard, file);
    }
  }
  const reports = given.map(({ report }) => report);
  const { format, version, deskstate, script, seed, server, shards, agents } = first.report;
  const series = Series.merged(reports.map((report) => report.series)).data();
  return {
    format,
    version,
    deskstate,
    script,
    seed,
    server,
    shards: { of: shards.of, done: [...done.keys()].sort((one, other) => one - other) },
    agents: { all: agents.all, here: sum(reports, (report) => report.agents.here) },
    began: reports.map(({ began }) => began).reduce((one, other) => (one < other ? one : other)),
    ended: reports.map(({ ended }) => ended).reduce((one, other) => (one > other ? one : other)),
    ending:
      reports.find(({ ending }) => ending !== "time" && ending !== "finished")?.ending ?? first.report.ending,
    counts: {
      ...forEach(countNames, (name) => sum(reports, ({ counts }) => counts[name])),
      // The shards may have reached their maxima at different times.
      live_most: Math.max(...series.slots.map(({ live }) => live), 0),
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
    verdicts: [],
  };
}

/** Returns the shards of the run that the report lacks. */
export function missingShards({ shards: { of, done } }: BotsReport): number[] {
  return Array.from({ length: of }, (_, index) => index + 1).filter((shard) => !done.includes(shard));
}

const identity: Readonly<Record<string, (report: BotsReport) => unknown>> = {
  "the script": ({ script }) => script.name,
  "the text of the script": ({ script }) => script.digest,
  "the seed": ({ seed }) => seed,
  "the number of shards": ({ shards }) => shards.of,
  "the number of agents": ({ agents }) => agents.all,
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
