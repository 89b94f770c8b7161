import type { JournalEntry, OperationRequest } from "../index.ts";
import type { Subject, Unstamped } from "./format.ts";

/** The name of the only field of an entry that is the same in a journal. */
const fieldNames = {
  start: "channels",
  dismiss: "id",
  channel: "name",
  disconnected: "lossReason",
  stopped: "reason",
  anomaly: "anomaly",
} as const;

/**
 * Returns the entry of a recording for an entry of a journal, not redacted yet and with fields that no recording has;
 * `undefined` when a recording has no use for it.
 *
 * @param seqOf - returns the `seq` of the entry that began an operation, by its key; below 0 when the recording has none.
 */
export function entryFor(
  { type, payload }: JournalEntry,
  seqOf: (key: number) => number,
): Unstamped | undefined {
  switch (type) {
    case "stop":
    case "listenerFailed":
      return { type };
    case "perform": {
      const [{ target, ...request }, allowed] = payload;
      const performed = { type, on: subjectOf(target), ...request };
      return typeof allowed === "number" ? performed : { ...performed, notAllowed: allowed };
    }
    case "connected":
      return { type, ...payload[0] };
    case "facts": {
      const [facts, anomalies = [], frame] = payload;
      return frame === undefined ? { type, facts, anomalies } : { type: "frame", frame };
    }
    case "list": {
      const [reading] = payload;
      return reading.kind === "failed" ? { type, failed: true } : { type, ...reading, ids: [...reading.ids] };
    }
    case "answer":
      return { type, of: seqOf(payload[0]), answer: payload[1] };
    case "timer": {
      const [name] = payload;
      // The timers of an operation are named by its key, which has no meaning in another desk.
      const [, kind, key] = /^(\w+) (\d+)$/.exec(name) ?? [];
      return kind === undefined ? { type, name } : { type, name: kind, of: seqOf(Number(key)) };
    }
    case "settled":
      return { type: "outcome", of: seqOf(payload[0]), outcome: payload[1] };
    case "notifying":
      return undefined;
    default:
      return { type, [fieldNames[type]]: payload[0] } as Unstamped;
  }
}

/** Returns the subject of an operation. */
export function subjectOf(target: OperationRequest["target"]): Subject {
  return target.about === "interaction" ? { id: target.id } : { channel: target.channel };
}
