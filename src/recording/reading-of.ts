import { together } from "../dialects/list-content.ts";
import type { Reading } from "../index.ts";
import type { Dialect } from "../links/gws/index.ts";
import type { EntryShapes } from "./format.ts";

/** The server's list as it was recorded, read by the dialect where its bodies are there. */
export function readingOf(entry: EntryShapes["list"], { lists }: Dialect): Reading {
  if ("failed" in entry) return { kind: "failed" };
  if ("facts" in entry) {
    const { facts, anomalies, ids } = entry;
    return { kind: "read", facts, anomalies, ids: new Set(ids) };
  }
  const { bodies } = entry;
  const contents = lists.flatMap((list, index) => list.read(bodies[index]) ?? []);
  return { kind: "read", ...together(contents), bodies };
}
