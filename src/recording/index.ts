export { recorded } from "../links/recorded/recorded-link.ts";
export type { RecordedLink } from "../links/recorded/recorded-link.ts";
export { record } from "./record.ts";
export type { Recorder, RecordOptions } from "./record.ts";
export { replay } from "./replay.ts";
export type { Position, Replay, ReplayOptions, ReplayTarget } from "./replay.ts";
export type { Difference, ReplayedOutcome } from "./replayed-operations.ts";
export { isRecording, readRecording } from "./read-recording.ts";
export type { Recording, RecordingProblem, RecordingProblemCode } from "./read-recording.ts";
export type { FieldRedaction, FieldRedactions } from "./server-fields.ts";
export type { LineWriter, WriteFailure } from "./line-writer.ts";
export type {
  Checkpoint,
  Entry,
  EntryShapes,
  Header,
  PendingEntry,
  RecordingRedaction,
  Stamp,
  Subject,
} from "./format.ts";
