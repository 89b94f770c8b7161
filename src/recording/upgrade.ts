import { isPlainObject } from "./schema.ts";

/*
 * Recordings of version 1 differ from today's in names alone, and in what `in` counts: the notifications of a desk that
 * notified its listeners in the midst of a delivery. Replays place such entries by what the desk allows instead.
 */

const typeNames = new Map([
  ["odd", "anomaly"],
  ["lost", "disconnected"],
  ["read", "list"],
  ["failed", "listenerFailed"],
]);

const fieldNames = new Map([
  ["oddity", "anomaly"],
  ["oddities", "anomalies"],
  ["why", "lossReason"],
]);

/** Returns an entry of version 1 as today's version has it; what is no entry is returned as it is. */
export function upgradeEntry(value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  const { type, in: place, connection, facts, ...rest } = value;
  return {
    ...renamed(rest),
    ...("facts" in value && { facts: Array.isArray(facts) ? facts.map(upgradeFact) : facts }),
    ...("type" in value && { type: typeNames.get(type as string) ?? type }),
    ...("in" in value && { in: Array.isArray(place) ? { point: place[0] as unknown } : place }),
    // Of a checkpoint.
    ...("connection" in value && {
      connection: isPlainObject(connection) ? renamed(connection) : connection,
    }),
  };
}

/** The parts of a transcript had no name of their own in a fact. */
function upgradeFact(fact: unknown): unknown {
  if (!isPlainObject(fact) || !isPlainObject(fact["known"])) return fact;
  const { latestEventId, events, ...known } = fact["known"];
  if (latestEventId === undefined && events === undefined) return fact;
  return { ...fact, known: { ...known, transcript: { latestEventId, events } } };
}

function renamed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [fieldNames.get(name) ?? name, value]),
  );
}
