import { colorsFor, type Colorize } from "./colors.ts";
import { sanitizeLine } from "../text/index.ts";
import { durationText, numberText, percentText } from "./format.ts";
import { Histogram } from "./histogram.ts";
import { durationNames, type Count } from "./measures.ts";
import { metric } from "./metrics.ts";
import type { BotsReport, RunEnding, Verdict } from "./report.ts";

/** The statistics that are printed. */
const shownStatistics = ["p50", "p95", "p99", "max"] as const;

/** Why a run ended. */
export const endingTexts: Readonly<Record<RunEnding, string>> = {
  time: "its time was up",
  interrupted: "it was interrupted, and the bots finished what they had",
  cut: "it was interrupted twice, and the bots stopped as they were",
  finished: "all bots had stopped",
  "server-gone": "the simulator ended",
};

const shownCounts: readonly Count[] = [
  "offers",
  "accepted",
  "rejected",
  "revoked",
  "handled",
  "operations",
  "not_done",
  "anomalies",
  "losses",
  "reconnects",
  "failures",
  "left_open",
  "not_started",
];

/** Returns a table of the durations. */
export function durationTable({ durations }: BotsReport): string[][] {
  const rows = durationNames.map((name) => {
    const histogram = Histogram.from(durations[name]);
    const statistics = [50, 95, 99].map((percent) => histogram.percentile(percent));
    return [name, numberText(histogram.count), ...[...statistics, histogram.max()].map(durationText)];
  });
  return [["duration", "measured", ...shownStatistics], ...rows];
}

/** Returns a measured value with its unit. */
export function verdictText({ expected, measured }: Verdict): string {
  if (measured === null) return "nothing measured";
  const kind = metric(/^\w+/.exec(expected)?.[0] ?? "")?.kind;
  if (kind === "share") return percentText(measured);
  return kind === "duration" ? durationText(measured) : numberText(measured);
}

/** Returns the result of a run as text. */
export function summaryText(report: BotsReport, stream: Parameters<typeof colorsFor>[0]): string {
  const color = colorsFor(stream);
  const { agents, script, seed, counts, ending, shards, unaccounted } = report;
  const seconds = (Date.parse(report.ended) - Date.parse(report.began)) / 1000;
  const part = shards.of > 1 ? `, shard ${shards.done.join(", ")} of ${shards.of}` : "";
  const rate = metric("operations_per_second")?.measure(report);
  const rows = shownCounts.map((name) => [name, numberText(counts[name])]);
  if (unaccounted !== null) rows.push(["unaccounted", numberText(unaccounted)]);
  const blocks = [
    [
      `${sanitizeLine(script.name)} with seed ${seed}: ${agents.here} of ${agents.all} agents${part}, ${durationText(seconds * 1000)}; ${endingTexts[ending]}`,
      `live at most ${counts.live_most}, at the end ${counts.live_at_end}; ${numberText(rate)} operations per second`,
    ],
    table(rows),
    table(durationTable(report)),
    named("bots ended", report.endings),
    named("anomalies", report.anomalies),
    report.failures.slice(0, 10).map(({ count, message }) => `${count} × ${sanitizeLine(message)}`),
    lateness(report, color),
    report.verdicts.map((verdict) => verdictLine(verdict, color)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function verdictLine(verdict: Verdict, color: Colorize): string {
  const { isMet, expected } = verdict;
  return `${isMet ? color("good", "met") : color("bad", "not met")}  ${expected}: ${verdictText(verdict)}`;
}

/** Warns when the process was late itself, because the durations are then not those of the server. */
function lateness({ processes }: BotsReport, color: Colorize): string[] {
  const worst = Math.max(...processes.map((one) => one.lateness));
  if (worst < 100) return [];
  const text = `This process was late itself (p99 ${durationText(worst)}): the durations include it.`;
  return [color("warning", text)];
}

function named(title: string, counts: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(counts);
  return entries.length === 0
    ? []
    : [`${title}: ${entries.map(([name, count]) => `${count} ${name}`).join(", ")}`];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}
