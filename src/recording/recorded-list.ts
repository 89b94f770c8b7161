import type { Reading } from "../index.ts";
import type { Dialect } from "../links/gws/index.ts";
import { readBodies } from "../links/recorded/replay-link.ts";
import type { EntryShapes } from "./format.ts";

/** Returns the server's list as it was recorded, read by the dialect where its bodies are there. */
export function readingOf(entry: EntryShapes["list"], dialect: Dialect): Reading {
  if ("failed" in entry) return { kind: "failed" };
  if ("bodies" in entry) return readBodies(dialect, entry.bodies);
  return { kind: "read", ...entry, ids: new Set(entry.ids) };
}
