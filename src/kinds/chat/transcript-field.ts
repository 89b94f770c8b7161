import type { RecordField } from "../../domain/record-field.ts";
import { Transcript } from "./transcript.ts";

/** The part of a transcript that one message carries. */
export interface TranscriptPatch {
  /** The server's count of events. */
  readonly latestEventId?: number | undefined;
  /** Events as the server sent them, unchecked, in any order. */
  readonly events?: readonly unknown[] | undefined;
}

/** The conversation: event by event, in any order of delivery. */
export const transcriptField: RecordField<Transcript | undefined, TranscriptPatch, Transcript> = {
  empty: undefined,
  merge: (held, { events = [], latestEventId }, { report }) =>
    (held ?? Transcript.empty).with(events, latestEventId, report),
  view: (held) => (held ?? Transcript.empty).shown,
  toIncoming: ({ latestEventId, events }) => (latestEventId > 0 ? { latestEventId, events } : undefined),
  redaction: "customer",
};
