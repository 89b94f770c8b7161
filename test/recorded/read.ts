import { readFileSync } from "node:fs";

/** The recorded messages of 8.5.1. */
export const recordedNames = [
  "email-invited",
  "email-revoked",
  "email-accepted",
  "chat-invited",
  "chat-revoked",
  "chat-accepted",
  "chat-properties-changed",
] as const;

export type RecordedName = (typeof recordedNames)[number];

/** An object with fields of any type. */
export type Fields = Record<string, unknown>;

/** One recorded batch, the whole Bayeux array. A new copy at each call. */
export function recordedBatch(name: RecordedName): Fields[] {
  return read(`8.5.1-seed/${name}`) as Fields[];
}

/** The interaction of a recorded batch, out of either shape. */
export function recordedInteraction(name: RecordedName): Fields {
  const data = recordedBatch(name)[0]!["data"] as Fields;
  return (data["interaction"] ?? data) as Fields;
}

/** Another printed sample, by the name of its file. A new copy at each call. */
export function sample(name: string): unknown {
  return read(`other/${name}`);
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`./${path}.json`, import.meta.url), "utf8"));
}
