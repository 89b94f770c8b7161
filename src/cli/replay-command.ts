import { isRecording } from "../recording/index.ts";
import { CommandFailure, type CommandIO } from "../load/index.ts";
import { readFiles } from "./read-messages.ts";
import { replayMessages } from "./replay-messages.ts";
import { replayRecording, type ReplayStop } from "./replay-recording.ts";
import { replayDocument, replayTables } from "./replay-output.ts";

/** The options of the command `replay`. */
export interface ReplayCommandOptions extends ReplayStop {
  readonly json?: boolean;
}

/** Prints the desk that recorded messages, or a recording, lead to. @returns 0; 2 when a recording was read in part. */
export async function runReplay(
  names: readonly string[],
  options: ReplayCommandOptions,
  { stdin, stdout, stderr }: Pick<CommandIO, "stdin" | "stdout" | "stderr">,
): Promise<number> {
  const files = await readFiles(names, stdin);
  const recording = files.find(({ text }) => isRecording(text));
  if (recording !== undefined && files.length > 1) {
    throw new CommandFailure(2, `${recording.name} is a recording: replay it alone.`);
  }
  if (recording === undefined && (options.at !== undefined || options.untilAnomaly === true)) {
    throw new CommandFailure(2, "--at and --until-anomaly belong to a recording; messages have no time.");
  }
  const result = recording === undefined ? replayMessages(files) : await replayRecording(recording, options);
  stdout.write(options.json === true ? replayDocument(result) : replayTables(result));
  if (result.problem === undefined) return 0;
  stderr.write(`deskstate: ${result.problem}\n`);
  return 2;
}
