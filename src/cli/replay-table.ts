import type { AnySnapshot, Anomaly } from "../index.ts";
import { titleOf } from "./interaction-title.ts";
import { cut, pad, plain, widthOf } from "./plain-text.ts";
import type { Replayed } from "./replay-messages.ts";

const maxAnomalies = 50;

/** What a replay came to, for people. */
export function replayTable(heading: readonly string[], replayed: Replayed): string {
  const snapshots = replayed.interactions.map((interaction) => interaction.getSnapshot());
  const lines = [
    ...heading.map(plain),
    "",
    ...table(
      ["interaction", "channel", "state", "outcome", "content", "about"],
      snapshots.map((snapshot) => [
        plain(snapshot.id),
        plain(snapshot.channel),
        stateOf(snapshot),
        snapshot.outcome ?? "",
        contentOf(snapshot),
        titleOf(snapshot),
      ]),
    ),
    ...snapshots.filter(({ capabilities }) => capabilities.length > 0).flatMap(capabilityLines),
    "",
    ...table(
      ["channel", "readiness", "reason", "do not disturb"],
      replayed.channels.map(({ name, state, serverState, reason, doNotDisturb }) => [
        plain(name),
        state === "Unknown" && serverState !== undefined ? `Unknown (${plain(serverState)})` : state,
        plain(reason ?? ""),
        doNotDisturb === null ? "" : doNotDisturb ? "on" : "off",
      ]),
    ),
    "",
    ...anomalyLines(replayed.anomalies),
  ];
  return `${lines.join("\n")}\n`;
}

function stateOf({ state, serverState }: AnySnapshot): string {
  const isOtherWord = serverState !== undefined && serverState !== state;
  return isOtherWord ? `${state} (${cut(plain(serverState), 20)})` : state;
}

function contentOf(snapshot: AnySnapshot): string {
  if (snapshot.kind === "chat") {
    const { length, gaps } = snapshot.transcript;
    const missing = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
    return amount(length, "event") + (missing > 0 ? `, ${missing} missing` : "");
  }
  const text = snapshot.kind === "email" ? snapshot.email?.text : undefined;
  return text === undefined ? "" : amount(text.length, "character");
}

function capabilityLines({ id, capabilities }: AnySnapshot): string[] {
  return ["", `${plain(id)} allows:`, `  ${capabilities.map(plain).join(", ")}`];
}

function anomalyLines(anomalies: readonly Anomaly[]): string[] {
  if (anomalies.length === 0) return ["no anomalies"];
  const shown = anomalies.slice(0, maxAnomalies);
  const rest = anomalies.length - shown.length;
  return [
    `${anomalies.length === 1 ? "1 anomaly" : `${anomalies.length} anomalies`}`,
    ...table(
      ["anomaly", "about", "what was odd"],
      shown.map(({ code, id, channel, message }) => [code, plain(id ?? channel ?? ""), plain(message)]),
    ),
    ...(rest > 0 ? [`… and ${rest} more; --json has them all`] : []),
  ];
}

/** Rows under a head. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [`no ${head[0]}s`];
  const widths = head.map((title, column) =>
    Math.min(60, Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? "")))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === cells.length - 1 ? cell : pad(cut(cell, widths[column]!), widths[column]!),
      )
      .join("  ")
      .trimEnd();
  return [
    line(head),
    line(
      widths.map((width, column) => "─".repeat(column === head.length - 1 ? widthOf(head[column]!) : width)),
    ),
    ...rows.map(line),
  ];
}

/** A number of things. */
export function amount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
