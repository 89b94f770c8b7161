import type { Anomaly } from "../index.ts";
import { readRecording, replay, type Recording, type Replay } from "../recording/index.ts";
import { connectionText } from "./connection-text.ts";
import { CommandFailure } from "./failure.ts";
import { anomalyJson, channelJson, interactionJson } from "./interaction-json.ts";
import { plain } from "./plain-text.ts";
import type { ReadFile } from "./read-messages.ts";
import type { ReplayCommandOptions, ReplaySurroundings } from "./replay-command.ts";
import { amount, replayTable, table } from "./replay-table.ts";

/**
 * Replays a recording as far as it is asked to and can be read, and prints the desk as it stands then.
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
  stderr.write(`deskstate: ${plain(name)}: ${problem.message} What stands before it was replayed.\n`);
  return 2;
}

/** @returns what was odd, when it was to stop there. */
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

/** With its time, which is that of the recording. */
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
    connectionText(desk.connection).text,
  ];
  if (untilAnomaly === true) {
    heading.push(
      anomaly === undefined ? "Nothing odd was met." : `Stopped by ${anomaly.code}: ${anomaly.message}`,
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
        plain(operation),
        String(of),
        [outcome, reason, code].filter((part) => part !== undefined).join(" "),
      ]),
    ),
    ...(differences.length === 0
      ? []
      : [
          "",
          ...table(
            ["difference", "what is not as recorded"],
            differences.map(({ seq, message }) => [`entry ${seq}`, plain(message)]),
          ),
        ]),
  ];
  return `${replayTable(heading, shown)}\n${more.join("\n")}\n`;
}

function interactionsOf({ desk }: Replay) {
  return [...desk.interactions.getSnapshot(), ...desk.ended.getSnapshot()];
}
