import { Histogram } from "./histogram.ts";
import { countNames, counts, durationNames, durations } from "./measures.ts";
import type { BotsReport } from "./report.ts";

/** A number about a run that a threshold can refer to. */
export interface Metric {
  readonly name: string;
  /** A duration in milliseconds, a share in percent, or a plain number. */
  readonly kind: "duration" | "share" | "number";
  readonly meaning: string;
  /** `undefined` when nothing was measured. */
  readonly measure: (report: BotsReport) => number | undefined;
}

const statistics: Readonly<Record<string, (histogram: Histogram) => number | undefined>> = {
  p50: (histogram) => histogram.percentile(50),
  p90: (histogram) => histogram.percentile(90),
  p95: (histogram) => histogram.percentile(95),
  p99: (histogram) => histogram.percentile(99),
  max: (histogram) => histogram.max(),
  mean: (histogram) => histogram.mean(),
};

const ofRun: readonly Metric[] = [
  ...countNames.map((count): Metric => ({
    name: count,
    kind: "number",
    meaning: counts[count],
    measure: (report) => report.counts[count],
  })),
  ...(["offers", "accepted", "operations"] as const).map((count): Metric => ({
    name: `${count}_per_second`,
    kind: "number",
    meaning: `${counts[count]}, per second from the first start to the end`,
    measure: (report) =>
      share(report.counts[count] * 1000, Date.parse(report.endedAt) - Date.parse(report.startedAt)),
  })),
  {
    name: "accepted_share",
    kind: "share",
    meaning: "share of the offers that became Accepted",
    measure: ({ counts: { accepted, offers } }) => share(accepted * 100, offers),
  },
  {
    name: "done_share",
    kind: "share",
    meaning: "share of the settled operations that are Done",
    measure: ({ counts: { operations, not_done } }) => share((operations - not_done) * 100, operations),
  },
  {
    name: "live_share",
    kind: "share",
    meaning: "share of the bots that were Live at the end of the run",
    measure: ({ agents, counts: { live_at_end } }) => share(live_at_end * 100, agents.included),
  },
  {
    name: "unaccounted",
    kind: "number",
    meaning:
      "interactions that agents hold at the simulator and their bots did not know of; only without --url",
    measure: ({ unaccounted }) => unaccounted ?? undefined,
  },
  {
    name: "event_loop_delay_p99",
    kind: "duration",
    meaning: "delay of the event loop of this process",
    measure: ({ processes }) => Math.max(...processes.map((one) => one.eventLoopDelay)),
  },
];

/** All metrics, by name. */
export const metrics: ReadonlyMap<string, Metric> = new Map(
  [
    ...durationNames.flatMap((duration) =>
      Object.entries(statistics).map(([statistic, compute]): Metric => ({
        name: `${duration}_${statistic}`,
        kind: "duration",
        meaning: durations[duration],
        measure: (report) => compute(Histogram.from(report.durations[duration])),
      })),
    ),
    ...ofRun,
  ].map((one) => [one.name, one]),
);

/** The metrics for the help; those that differ only in their statistic are one. */
export const metricKinds: readonly Omit<Metric, "measure">[] = [
  ...durationNames.map((name) => ({
    name: `${name}_{${Object.keys(statistics).join(",")}}`,
    kind: "duration" as const,
    meaning: durations[name],
  })),
  ...ofRun,
];

function share(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}
