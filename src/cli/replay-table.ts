import type { AnySnapshot, Anomaly } from "../index.ts";
import { interactionTitle, sanitizeLine } from "../text/index.ts";
import { cut, pad, widthOf } from "./text-columns.ts";
import type { Replayed } from "./replay-messages.ts";

const maxAnomalies = 50;

/** Returns the result of a replay as tables. */
export function replayTable(heading: readonly string[], replayed: Replayed): string {
  const snapshots = replayed.interactions.map((interaction) => interaction.getSnapshot());
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
    ...snapshots.filter(({ capabilities }) => capabilities.length > 0).flatMap(capabilityLines),
    "",
    ...table(
      ["channel", "readiness", "reason", "do not disturb"],
      replayed.channels.map(({ name, state, serverState, reason, doNotDisturb }) => [
        sanitizeLine(name),
        state === "Unknown" && serverState !== undefined ? `Unknown (${sanitizeLine(serverState)})` : state,
        sanitizeLine(reason ?? ""),
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
  return isOtherWord ? `${state} (${cut(sanitizeLine(serverState), 20)})` : state;
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
  return ["", `${sanitizeLine(id)} allows:`, `  ${capabilities.map(sanitizeLine).join(", ")}`];
}

function anomalyLines(anomalies: readonly Anomaly[]): string[] {
  if (anomalies.length === 0) return ["no anomalies"];
  const shown = anomalies.slice(0, maxAnomalies);
  const rest = anomalies.length - shown.length;
  return [
    `${anomalies.length === 1 ? "1 anomaly" : `${anomalies.length} anomalies`}`,
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

/** Returns a number with its noun. */
export function amount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
