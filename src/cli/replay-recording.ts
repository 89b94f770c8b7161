import { readRecording, replay } from "../recording/index.ts";
import { connectionText, sanitizeLine } from "../text/index.ts";
import { CommandFailure } from "../load/index.ts";
import { anomalyJson } from "./json.ts";
import type { InputFile } from "./read-messages.ts";
import { amount, table, type ReplayResult } from "./replay-output.ts";

/** Where a replay stops; default the end. */
export interface ReplayStop {
  /** Milliseconds since the beginning of the recording. */
  readonly at?: number;
  readonly untilAnomaly?: boolean;
}

/** Replays a recording up to the requested position, or as far as it can be read. */
export async function replayRecording(
  { name, text }: InputFile,
  { at, untilAnomaly = false }: ReplayStop,
): Promise<ReplayResult> {
  const recording = readRecording(text);
  const { header, problem, entries } = recording;
  if (header === undefined) throw new CommandFailure(2, `${name}: ${problem?.message ?? "It is empty."}`);
  const replayed = replay(recording);
  const stoppedBy = untilAnomaly ? await replayed.untilAnomaly() : undefined;
  if (!untilAnomaly) await (at === undefined ? replayed.end() : replayed.to({ at }));

  const { desk, position, outcomes, anomalies, differences } = replayed;
  const time = new Date(header.startedAt + position.t);
  const heading = [
    `${amount(entries.length, "entry", "entries")} of ${name}`,
    `after entry ${position.seq}, at ${position.t} ms${Number.isNaN(time.getTime()) ? "" : ` (${time.toISOString()})`}`,
    connectionText(desk.connection),
  ];
  if (untilAnomaly) {
    const { code, message } = stoppedBy ?? {};
    heading.push(code === undefined ? "There was no anomaly." : `Stopped by ${code}: ${message}`);
  }
  const outcomeRows = outcomes.map(({ operation, of, outcome, code, reason }) => [
    sanitizeLine(operation),
    String(of),
    [outcome, reason, code].filter((part) => part !== undefined).join(" "),
  ]);
  const differenceRows = differences.map(({ seq, message }) => [`entry ${seq}`, sanitizeLine(message)]);
  return {
    heading,
    interactions: [...desk.interactions.getSnapshot(), ...desk.ended.getSnapshot()],
    channels: desk.channels.getSnapshot(),
    anomalies,
    recorded: {
      position,
      stoppedBy: stoppedBy === undefined ? null : { ...anomalyJson(stoppedBy), at: stoppedBy.at },
      connection: desk.connection.getSnapshot(),
      outcomes,
      differences,
    },
    tables: [
      "",
      ...table(["operation", "entry", "outcome"], outcomeRows),
      ...(differenceRows.length === 0
        ? []
        : ["", ...table(["difference", "deviation from the recording"], differenceRows)]),
    ],
    problem: problem && `${sanitizeLine(name)}: ${problem.message} The entries before it were replayed.`,
  };
}
