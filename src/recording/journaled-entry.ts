import type { JournalEntry, OperationRequest, Reading } from "../index.ts";
import type { EntryShapes, Subject, Unstamped } from "./format.ts";

/**
 * Returns the entry of a recording for an entry of a journal, not redacted yet; `undefined` when a recording has no use
 * for it.
 *
 * @param seqOf - returns the `seq` of an operation by its key; `undefined` when its beginning is not in the recording.
 */
export function entryFor(
  { type, payload }: JournalEntry,
  seqOf: (key: number) => number | undefined,
): Unstamped | undefined {
  switch (type) {
    case "start":
      return { type, channels: payload[0] };
    case "stop":
    case "listenerFailed":
      return { type };
    case "perform": {
      const [{ operation, parameters, target }, allowed] = payload;
      const performed = { type, on: subjectOf(target), operation, parameters };
      return typeof allowed === "number" ? performed : { ...performed, notAllowed: allowed };
    }
    case "dismiss":
      return { type, id: payload[0] };
    case "channel":
      return { type, name: payload[0] };
    case "connected":
      return { type, isAcknowledging: payload[0].isAcknowledging };
    case "disconnected":
      return { type, lossReason: payload[0] };
    case "stopped":
      return { type, reason: payload[0] };
    case "anomaly":
      return { type, anomaly: payload[0] };
    case "facts": {
      const [facts, anomalies = [], frame] = payload;
      return frame === undefined ? { type, facts, anomalies } : { type: "frame", frame };
    }
    case "list":
      return { type, ...listOf(payload[0]) };
    case "answer":
      return withOperation(seqOf(payload[0]), (of) => ({ type, of, answer: payload[1] }));
    case "timer": {
      const [name] = payload;
      // The timers of an operation are named by its key, which means nothing in another desk.
      const [, kind, key] = /^(\w+) (\d+)$/.exec(name) ?? [];
      if (kind === undefined) return { type, name };
      return withOperation(seqOf(Number(key)), (of) => ({ type, name: kind, of }));
    }
    case "settled":
      return withOperation(seqOf(payload[0]), (of) => ({ type: "outcome", of, outcome: payload[1] }));
    case "notifying":
      return undefined;
  }
}

/** Returns what an operation is performed on. */
export function subjectOf(target: OperationRequest["target"]): Subject {
  return target.about === "interaction" ? { id: target.id } : { channel: target.channel };
}

function withOperation(of: number | undefined, make: (of: number) => Unstamped): Unstamped | undefined {
  return of === undefined ? undefined : make(of);
}

function listOf(reading: Reading): EntryShapes["list"] {
  if (reading.kind === "failed") return { failed: true };
  const { facts, anomalies, ids, bodies } = reading;
  return bodies === undefined ? { facts, anomalies, ids: [...ids] } : { bodies };
}
