import { colorsFor, type Colorize } from "./colors.ts";
import { sanitizeLine } from "../text/index.ts";
import { durationText, numberText, percentText } from "./format.ts";
import { Histogram } from "./histogram.ts";
import { durationNames, type Count } from "./measures.ts";
import { metrics } from "./metrics.ts";
import type { BotsReport, RunEnding, ThresholdResult } from "./report.ts";

export const endingTexts: Readonly<Record<RunEnding, string>> = {
  time: "its time was up",
  interrupted: "it was interrupted, and the bots finished what they had",
  aborted: "it was interrupted twice, and the bots stopped as they were",
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

/** Returns the result of a run as text. */
export function summaryText(report: BotsReport, stream: Parameters<typeof colorsFor>[0]): string {
  const color = colorsFor(stream);
  const { agents, script, seed, counts, durations, ending, shards, unaccounted } = report;
  const time = durationText(Date.parse(report.endedAt) - Date.parse(report.startedAt));
  const part = shards.total > 1 ? `, shard ${shards.included.join(", ")} of ${shards.total}` : "";
  const rate = metrics.get("operations_per_second")?.measure(report);
  const rows = shownCounts.map((name) => [name, numberText(counts[name])]);
  if (unaccounted !== null) rows.push(["unaccounted", numberText(unaccounted)]);
  const durationRows = durationNames.map((name) => {
    const histogram = Histogram.from(durations[name]);
    const statistics = [...[50, 95, 99].map((percent) => histogram.percentile(percent)), histogram.max()];
    return [name, numberText(histogram.count), ...statistics.map(durationText)];
  });
  const blocks = [
    [
      `${sanitizeLine(script.name)} with seed ${seed}: ${agents.included} of ${agents.total} agents${part}, ${time}; ${endingTexts[ending]}`,
      `live at most ${counts.live_max}, at the end ${counts.live_at_end}; ${numberText(rate)} operations per second`,
    ],
    table(rows),
    table([["duration", "measured", "p50", "p95", "p99", "max"], ...durationRows]),
    named("bots ended", report.endings),
    named("anomalies", report.anomalies),
    report.failures.slice(0, 10).map(({ count, message }) => `${count} × ${sanitizeLine(message)}`),
    delayWarning(report, color),
    report.thresholds.map((result) => thresholdLine(result, color)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

const valueTexts = { duration: durationText, share: percentText, number: numberText };

function thresholdLine({ isMet, expression, measured }: ThresholdResult, color: Colorize): string {
  const kind = metrics.get(/^\w+/.exec(expression)?.[0] ?? "")?.kind ?? "number";
  const text = measured === null ? "nothing measured" : valueTexts[kind](measured);
  return `${isMet ? color("good", "met") : color("bad", "not met")}  ${expression}: ${text}`;
}

/** Warns when the process itself was delayed, because the durations are then not those of the server. */
function delayWarning({ processes }: BotsReport, color: Colorize): string[] {
  const worst = Math.max(...processes.map(({ eventLoopDelay }) => eventLoopDelay));
  if (worst < 100) return [];
  const text = `The event loop of this process was delayed (p99 ${durationText(worst)}): the durations include it.`;
  return [color("warning", text)];
}

function named(title: string, counts: Readonly<Record<string, number>>): string[] {
  const texts = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return texts.length === 0 ? [] : [`${title}: ${texts.join(", ")}`];
}

/** Returns rows with the first column aligned to the left, and the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(([first, ...rest]) =>
    [first!.padEnd(widths[0]!), ...rest.map((cell, index) => cell.padStart(widths[index + 1]!))].join("  "),
  );
}
