import { isRecording } from "../recording/index.ts";
import { CommandFailure } from "../load/index.ts";
import { anomalyJson, channelJson, interactionJson } from "./interaction-json.ts";
import { readFiles, readMessages, type ReadFile } from "./read-messages.ts";
import { replay, type Replayed } from "./replay-messages.ts";
import type { ReplayCommandOptions, ReplaySurroundings } from "./replay-options.ts";
import { replayRecording } from "./replay-recording.ts";
import { amount, replayTable } from "./replay-table.ts";

/** The command `replay`: prints the desk that recorded messages, or a recording, lead to. */
export async function runReplay(
  names: readonly string[],
  options: ReplayCommandOptions,
  surroundings: ReplaySurroundings,
): Promise<number> {
  const { stdin, stdout } = surroundings;
  if (options.at !== undefined && options.untilAnomaly === true) {
    throw new CommandFailure(
      2,
      "Stop at a time or at an anomaly: give only one of --at and --until-anomaly.",
    );
  }
  const files = await readFiles(names, stdin);
  const recording = files.find(({ text }) => isRecording(text));
  if (recording !== undefined) {
    if (files.length === 1) return replayRecording(recording, options, surroundings);
    throw new CommandFailure(2, `${recording.name} is a recording: replay it alone.`);
  }
  if (options.at !== undefined || options.untilAnomaly === true) {
    throw new CommandFailure(2, "--at and --until-anomaly belong to a recording; messages have no time.");
  }
  stdout.write(replayMessages(files, options.json === true));
  return 0;
}

function replayMessages(files: readonly ReadFile[], isJson: boolean): string {
  const read = files.map(readMessages);
  const messages = read.flatMap((file) => file.messages);
  const replayed = replay(messages);
  if (isJson) return documentOf(replayed);
  const title = read.length === 1 ? read[0]!.name : `${read.length} files`;
  return replayTable([`${amount(messages.length, "message")} of ${title}`], replayed);
}

function documentOf({ interactions, channels, anomalies }: Replayed): string {
  const document = {
    interactions: interactions.map((interaction) => interactionJson(interaction.getSnapshot())),
    channels: channels.map((channel) => channelJson(channel.getSnapshot())),
    // Without the time, because messages have none.
    anomalies: anomalies.map(anomalyJson),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
