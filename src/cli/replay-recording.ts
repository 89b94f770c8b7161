import type { Anomaly } from "../index.ts";
import { readRecording, replay, type Recording, type Replay } from "../recording/index.ts";
import { connectionText } from "../text/index.ts";
import { CommandFailure } from "../load/index.ts";
import { anomalyJson, channelJson, interactionJson } from "./interaction-json.ts";
import { sanitizeLine } from "../text/index.ts";
import type { ReadFile } from "./read-messages.ts";
import type { ReplayCommandOptions, ReplaySurroundings } from "./replay-options.ts";
import { amount, replayTable, table } from "./replay-table.ts";

/**
 * Replays a recording up to the requested position, or as far as it can be read, and prints the desk.
 *
 * @returns 0, or 2 when the recording could not be read to its end.
 */
export async function replayRecording(
  { name, text }: ReadFile,
  options: ReplayCommandOptions,
  { stdout, stderr }: Pick<ReplaySurroundings, "stdout" | "stderr">,
): Promise<number> {
  const recording = readRecording(text);
  const { header, problem } = recording;
  if (header === undefined) throw new CommandFailure(2, `${name}: ${problem?.message ?? "It is empty."}`);
  const replayed = replay(recording);
  const anomaly = await play(replayed, options);
  stdout.write(
    options.json === true
      ? documentOf(replayed, anomaly)
      : tables(name, recording, replayed, options, anomaly),
  );
  if (problem === undefined) return 0;
  stderr.write(`deskstate: ${sanitizeLine(name)}: ${problem.message} The entries before it were replayed.\n`);
  return 2;
}

/** @returns the anomaly that it stopped at, when it was to stop at one. */
async function play(
  replayed: Replay,
  { at, untilAnomaly }: ReplayCommandOptions,
): Promise<Anomaly | undefined> {
  if (at !== undefined && untilAnomaly !== true) await replayed.to({ at });
  else if (untilAnomaly !== true) await replayed.end();
  else return replayed.untilAnomaly();
  return undefined;
}

function documentOf(replayed: Replay, anomaly: Anomaly | undefined): string {
  const { desk, position, outcomes, anomalies, differences } = replayed;
  const document = {
    position,
    stoppedBy: anomaly === undefined ? null : timedJson(anomaly),
    connection: desk.connection.getSnapshot(),
    interactions: interactionsOf(replayed).map((interaction) => interactionJson(interaction.getSnapshot())),
    channels: desk.channels.getSnapshot().map((channel) => channelJson(channel.getSnapshot())),
    outcomes,
    anomalies: anomalies.map(timedJson),
    differences,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The time of the anomaly is that of the recording. */
function timedJson(anomaly: Anomaly) {
  return { ...anomalyJson(anomaly), at: anomaly.at };
}

function tables(
  name: string,
  { entries, header }: Recording,
  replayed: Replay,
  { untilAnomaly }: ReplayCommandOptions,
  anomaly: Anomaly | undefined,
): string {
  const { desk, position, outcomes, anomalies, differences } = replayed;
  const time = new Date((header?.startedAt ?? 0) + position.t);
  const heading = [
    `${amount(entries.length, "entry", "entries")} of ${name}`,
    `after entry ${position.seq}, at ${position.t} ms${Number.isNaN(time.getTime()) ? "" : ` (${time.toISOString()})`}`,
    connectionText(desk.connection),
  ];
  if (untilAnomaly === true) {
    heading.push(
      anomaly === undefined ? "There was no anomaly." : `Stopped by ${anomaly.code}: ${anomaly.message}`,
    );
  }
  const shown = {
    interactions: interactionsOf(replayed),
    channels: desk.channels.getSnapshot(),
    anomalies,
  };
  const more = [
    ...table(
      ["operation", "entry", "outcome"],
      outcomes.map(({ operation, of, outcome, code, reason }) => [
        sanitizeLine(operation),
        String(of),
        [outcome, reason, code].filter((part) => part !== undefined).join(" "),
      ]),
    ),
    ...(differences.length === 0
      ? []
      : [
          "",
          ...table(
            ["difference", "deviation from the recording"],
            differences.map(({ seq, message }) => [`entry ${seq}`, sanitizeLine(message)]),
          ),
        ]),
  ];
  return `${replayTable(heading, shown)}\n${more.join("\n")}\n`;
}

function interactionsOf({ desk }: Replay) {
  return [...desk.interactions.getSnapshot(), ...desk.ended.getSnapshot()];
}
