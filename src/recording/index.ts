export { record } from "./record.ts";
export type { Recorder, RecordOptions } from "./record.ts";
export { replay } from "./replay.ts";
export type { Position, Replay, ReplayOptions, ReplayTarget } from "./replay.ts";
export type { Difference, ReplayedOutcome } from "./player.ts";
export { isRecording, readRecording } from "./read-recording.ts";
export type { Recording } from "./read-recording.ts";
export type { RecordingProblem, RecordingProblemCode } from "./problem.ts";
export type { LineWriter, WriteFailure } from "./line-writer.ts";
export type {
  Checkpoint,
  Entry,
  EntryShapes,
  Header,
  PendingEntry,
  Redaction,
  Stamp,
  Subject,
  VersionOnePlace,
} from "./format.ts";
