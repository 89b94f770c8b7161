import type { Fact, Oddity, Reading } from "../index.ts";
import type { Dialect } from "../link/index.ts";
import type { EntryShapes } from "./format.ts";

/** The server's list as it was recorded, read by the dialect where its bodies are there. */
export function readingOf(entry: EntryShapes["read"], { lists }: Dialect): Reading {
  if ("failed" in entry) return { kind: "failed" };
  if ("facts" in entry) {
    const { facts, oddities, ids } = entry;
    return { kind: "read", facts, oddities, ids: new Set(ids) };
  }
  const facts: Fact[] = [];
  const oddities: Oddity[] = [];
  const ids = new Set<string>();
  for (const [index, list] of lists.entries()) {
    const content = list.read(entry.bodies[index]);
    facts.push(...(content?.facts ?? []));
    oddities.push(...(content?.oddities ?? []));
    for (const id of content?.ids ?? []) ids.add(id);
  }
  return { kind: "read", facts, oddities, ids, bodies: entry.bodies };
}
