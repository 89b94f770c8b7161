import { chartSvg } from "./chart.ts";
import { clockText, durationText, numberText } from "./format.ts";
import { Histogram } from "./histogram.ts";
import { escapeHtml, htmlTable } from "./html.ts";
import { countNames, counts, durationNames, durations } from "./measures.ts";
import type { BotsReport } from "./report.ts";
import type { Slot, Timing } from "./series.ts";
import { durationTable, endingTexts, verdictText } from "./summary.ts";

const style = `
:root { color-scheme: light dark; --text: #1c1e21; --soft: #5f6670; --grid: #d9dce1; --ground: #fff;
  --one: #0b62c4; --two: #b3540a; --three: #7a2fb0; --good: #116329; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --soft: #a2a9b3; --grid: #3a3f47; --ground: #17191c;
  --one: #6cb0ff; --two: #ffb066; --three: #cf9bff; --good: #7ee2a0; --bad: #ff9d95; } }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--ground); max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } figure { margin: 1.5rem 0; } figcaption span { margin-left: 1rem; white-space: nowrap; }
figure > svg { width: 100%; height: auto; }
table { border-collapse: collapse; margin: 1.5rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { padding: .2rem .8rem .2rem 0; text-align: right; border-bottom: 1px solid var(--grid); }
tbody th, thead th:first-child { text-align: left; font-weight: 400; } thead th { font-weight: 600; } .text, thead th.text { text-align: left; }
.wide { overflow-x: auto; } .met { color: var(--good); } .missed { color: var(--bad); font-weight: 600; }
.grid { stroke: var(--grid); } .axis { fill: var(--soft); font-size: 11px; }
.line { fill: none; stroke-width: 1.8; stroke-linecap: round; stroke: var(--one); }
.line1 { stroke: var(--two); stroke-dasharray: 6 3; } .line2 { stroke: var(--three); stroke-dasharray: 2 3; }
`;

/** Returns the report as one page that needs no network, no script and no other file. */
export function reportPage(report: BotsReport): string {
  const { script, seed, agents, shards, ending, server } = report;
  const facts: string[][] = [
    ["property", "value"],
    ["script", `${script.name} (SHA-256 ${script.digest.slice(0, 12)}…)`],
    ["seed", String(seed)],
    ["agents", `${agents.here} of ${agents.all}`],
    ["shards", `${shards.done.join(", ")} of ${shards.of}`],
    ["server", server],
    ["began", report.began],
    ["ended", `${report.ended}: ${endingTexts[ending]}`],
    ["deskstate", report.deskstate],
  ];
  const failures = report.failures.map(({ count, part, code, message }) => [
    String(count),
    part,
    code,
    message,
  ]);
  const sections = [
    htmlTable("The run", facts, 1),
    ...verdicts(report),
    ...charts(report),
    htmlTable(
      "Durations",
      [
        ...durationTable(report).map((row, index) => [
          ...row,
          index === 0 ? "meaning" : durations[durationNames[index - 1] ?? "accept"],
        ]),
      ],
      6,
    ),
    htmlTable(
      "Counts",
      [
        ["count", "number", "meaning"],
        ...countNames.map((name) => [name, String(report.counts[name]), counts[name]]),
      ],
      2,
    ),
    ...(failures.length === 0
      ? []
      : [htmlTable("Failures", [["times", "part", "code", "first message"], ...failures], 1)]),
    htmlTable("Bots ended", [["ending", "number"], ...entriesOf(report.endings)]),
    ...(entriesOf(report.anomalies).length === 0
      ? []
      : [htmlTable("Anomalies", [["code", "number"], ...entriesOf(report.anomalies)])]),
    htmlTable("Processes", [
      ["shard", "processor time", "peak memory", "lateness p99"],
      ...report.processes.map(({ shard, cpu, memory, lateness }) => [
        String(shard),
        `${cpu.toFixed(1)} s`,
        `${Math.round(memory / 1024 ** 2)} MB`,
        durationText(lateness),
      ]),
    ]),
    overTime(report),
  ];
  const title = escapeHtml(`${script.name}: ${agents.here} agents`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${sections.map((section) => `<div class="wide">${section}</div>`).join("\n")}
<p>Percentiles are never shorter than the measured durations, and at most 1.6 % longer.</p>
</main>
</body>
</html>
`;
}

function verdicts({ verdicts: all }: BotsReport): string[] {
  if (all.length === 0) return [];
  const items = all.map(
    (verdict) =>
      `<li class="${verdict.isMet ? "met" : "missed"}">${verdict.isMet ? "met" : "not met"}: ` +
      `${escapeHtml(verdict.expected)} – ${escapeHtml(verdictText(verdict))}</li>`,
  );
  return [`<h2>Thresholds</h2><ul>${items.join("")}</ul>`];
}

function charts({ series: { slots, interval }, began }: BotsReport): string[] {
  const from = startOf(slots, began);
  const times = slots.map(({ at }) => at - from);
  const perSecond = (name: "offers" | "accepted" | "operations") => ({
    name,
    values: slots.map((slot) => (slot[name] * 1000) / interval),
  });
  const percentiles = (timing: Timing) =>
    [50, 95, 99].map((percent) => ({
      name: `p${percent}`,
      values: slots.map((slot) => Histogram.from(slot[timing]).percentile(percent)),
    }));
  return [
    chartSvg({
      title: "Agents Live",
      times,
      text: numberText,
      lines: [{ name: "live", values: slots.map(({ live }) => live) }],
    }),
    chartSvg({
      title: "Throughput, per second",
      times,
      text: numberText,
      lines: [perSecond("operations"), perSecond("offers"), perSecond("accepted")],
    }),
    chartSvg({
      title: "From offer to Accepted",
      times,
      text: durationText,
      lines: percentiles("offer_accept"),
    }),
    chartSvg({ title: "From Send to its echo", times, text: durationText, lines: percentiles("send_echo") }),
    chartSvg({
      title: "Failures, anomalies and reconnects",
      times,
      text: numberText,
      lines: (["failures", "anomalies", "reconnects"] as const).map((name) => ({
        name,
        values: slots.map((slot) => slot[name]),
      })),
    }),
  ];
}

/** The numbers of the charts, for readers who do not see them. */
function overTime({ series: { slots, interval }, began }: BotsReport): string {
  const from = startOf(slots, began);
  const heads = [
    "time",
    "live",
    "offers",
    "accepted",
    "revoked",
    "operations",
    "accept p50",
    "p95",
    "p99",
    "echo p50",
    "p95",
    "p99",
    "anomalies",
    "reconnects",
    "failures",
  ];
  const rows = slots.map((slot) => {
    const [accept, echo] = [Histogram.from(slot.offer_accept), Histogram.from(slot.send_echo)];
    const of = (histogram: Histogram) =>
      [50, 95, 99].map((percent) => durationText(histogram.percentile(percent)));
    const { live, offers, accepted, revoked, operations, anomalies, reconnects, failures } = slot;
    return [
      clockText(slot.at - from),
      ...[live, offers, accepted, revoked, operations].map(String),
      ...of(accept),
      ...of(echo),
      ...[anomalies, reconnects, failures].map(String),
    ];
  });
  const caption = `In slots of ${durationText(interval)}`;
  return `<details><summary>The numbers over time</summary>${htmlTable(caption, [heads, ...rows])}</details>`;
}

/** The first slot may have begun before the run did. */
function startOf([first]: readonly Slot[], began: string): number {
  return first?.at ?? Date.parse(began);
}

function entriesOf(named: Readonly<Record<string, number>>): string[][] {
  return Object.entries(named).map(([name, count]) => [name, String(count)]);
}
