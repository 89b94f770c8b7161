import type { AnySnapshot, Anomaly, Channel, Interaction } from "../index.ts";
import { interactionTitle, sanitizeLine } from "../text/index.ts";
import { anomalyJson, channelJson, interactionJson } from "./json.ts";
import type { InteractionContent } from "./reporter.ts";
import { cut, pad, widthOf } from "./text-columns.ts";

/** The state of a desk after a replay. */
export interface ReplayResult {
  /** The lines above the tables. */
  readonly heading: readonly string[];
  /** Live and ended interactions. */
  readonly interactions: readonly Interaction[];
  readonly channels: readonly Channel[];
  readonly anomalies: readonly Anomaly[];
  /** The further fields of the JSON of a recording. */
  readonly recorded?: object;
  /** The lines below the tables. */
  readonly tables?: readonly string[];
  /** Why a recording was not read to its end. */
  readonly problem?: string | undefined;
}

const maxAnomalies = 50;

/** Returns the result of a replay as one JSON document. */
export function replayDocument({ interactions, channels, anomalies, recorded }: ReplayResult): string {
  const document = {
    interactions: interactions.map((interaction) => interactionJson(interaction.getSnapshot())),
    channels: channels.map((channel) => channelJson(channel.getSnapshot())),
    // Messages have no time; the anomalies of a recording have that of the recording.
    anomalies: anomalies.map((one) => ({ ...anomalyJson(one), ...(recorded && { at: one.at }) })),
    ...recorded,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Returns the result of a replay as tables. */
export function replayTables({
  heading,
  interactions,
  channels,
  anomalies,
  tables = [],
}: ReplayResult): string {
  const snapshots = interactions.map((interaction) => interaction.getSnapshot());
  const lines = [
    ...heading.map(sanitizeLine),
    "",
    ...table(
      ["interaction", "channel", "state", "outcome", "content", "about"],
      snapshots.map((snapshot) => [
        sanitizeLine(snapshot.id),
        sanitizeLine(snapshot.channel),
        stateOf(snapshot),
        snapshot.outcome ?? "",
        contentOf(snapshot),
        interactionTitle(snapshot),
      ]),
    ),
    ...snapshots
      .filter(({ capabilities }) => capabilities.length > 0)
      .flatMap(({ id, capabilities }) => [
        "",
        `${sanitizeLine(id)} allows:`,
        `  ${capabilities.map(sanitizeLine).join(", ")}`,
      ]),
    "",
    ...table(
      ["channel", "readiness", "reason", "do not disturb"],
      channels.map(({ name, state, serverState, reason, doNotDisturb }) => [
        sanitizeLine(name),
        state === "Unknown" && serverState !== undefined ? `Unknown (${sanitizeLine(serverState)})` : state,
        sanitizeLine(reason ?? ""),
        doNotDisturb === null ? "" : doNotDisturb ? "on" : "off",
      ]),
    ),
    "",
    ...anomalyLines(anomalies),
    ...tables,
  ];
  return `${lines.join("\n")}\n`;
}

function stateOf({ state, serverState }: AnySnapshot): string {
  const isOtherWord = serverState !== undefined && serverState !== state;
  return isOtherWord ? `${state} (${cut(sanitizeLine(serverState), 20)})` : state;
}

function contentOf({ email, transcript }: InteractionContent): string {
  if (transcript === undefined)
    return email?.text === undefined ? "" : amount(email.text.length, "character");
  const missing = transcript.gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return amount(transcript.length, "event") + (missing > 0 ? `, ${missing} missing` : "");
}

function anomalyLines(anomalies: readonly Anomaly[]): string[] {
  if (anomalies.length === 0) return ["no anomalies"];
  const shown = anomalies.slice(0, maxAnomalies);
  const rest = anomalies.length - shown.length;
  return [
    amount(anomalies.length, "anomaly", "anomalies"),
    ...table(
      ["anomaly", "about", "description"],
      shown.map(({ code, id, channel, message }) => [
        code,
        sanitizeLine(id ?? channel ?? ""),
        sanitizeLine(message),
      ]),
    ),
    ...(rest > 0 ? [`… and ${rest} more; --json has them all`] : []),
  ];
}

/** Returns rows under a head, in columns. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [`no ${head[0]}s`];
  const last = head.length - 1;
  const widths = head.map((_, column) =>
    Math.min(60, Math.max(...[head, ...rows].map((row) => widthOf(row[column] ?? "")))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === last ? cell : pad(cut(cell, widths[column]!), widths[column]!)))
      .join("  ")
      .trimEnd();
  const rules = widths.map((width, column) => "─".repeat(column === last ? widthOf(head[column]!) : width));
  return [line(head), line(rules), ...rows.map(line)];
}

/** Returns a number with its noun. */
export function amount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
