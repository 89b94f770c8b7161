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

/** Returns an entry of version 1, or a part of one, as today's version has it. Other values stay as they are. */
export function upgradeEntry(value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [fieldNames.get(name) ?? name, upgradeField(name, field)]),
  );
}

function upgradeField(name: string, field: unknown): unknown {
  if (name === "type") return typeNames.get(field as string) ?? field;
  if (name === "connection") return upgradeEntry(field);
  if (!Array.isArray(field)) return field;
  if (name === "in") return { point: field[0] as unknown };
  return name === "facts" ? field.map(upgradeFact) : field;
}

/** The parts of a transcript had no name of their own in a fact. */
function upgradeFact(fact: unknown): unknown {
  if (!isPlainObject(fact) || !isPlainObject(fact["known"])) return fact;
  const { latestEventId, events, ...known } = fact["known"];
  if (latestEventId === undefined && events === undefined) return fact;
  return { ...fact, known: { ...known, transcript: { latestEventId, events } } };
}
