import { readFileSync, writeFileSync } from "node:fs";

interface Exemption {
  readonly found: readonly string[];
  readonly until: string;
}
type Exemptions = Record<string, Record<string, Exemption>>;

const file = new URL("../etc/exemptions.json", import.meta.url);
const read = () => JSON.parse(readFileSync(file, "utf8")) as Exemptions;

/**
 * Returns what a gate found that etc/exemptions.json does not list, and what that lists and the gate no longer finds, so that
 * the list only shrinks. `HOUSE_PRUNE=1 npx vitest run test/house --no-file-parallelism` removes what is no longer found; `HOUSE_ADOPT="until …"`
 * adds what is new, with that text, for the time of a larger change.
 */
export function compareWithExemptions(gate: string, found: ReadonlyMap<string, readonly string[]>): string[] {
  const all = read();
  const exempt = all[gate] ?? {};
  const problems: string[] = [];
  for (const [name, parts] of found)
    for (const part of parts) if (!exempt[name]?.found.includes(part)) problems.push(`${name}: ${part}`);

  const kept: Record<string, Exemption> = {};
  for (const [name, { found: parts, until }] of Object.entries(exempt)) {
    const remaining = parts.filter((part) => found.get(name)?.includes(part));
    if (remaining.length > 0) kept[name] = { found: remaining, until };
    for (const part of parts)
      if (!remaining.includes(part))
        problems.push(`etc/exemptions.json, ${gate}, is stale: ${name}: ${part}`);
  }
  const { HOUSE_PRUNE: prune, HOUSE_ADOPT: until } = process.env;
  const next = prune ? kept : { ...exempt };
  if (until)
    for (const [name, parts] of found)
      if (parts.some((part) => !next[name]?.found.includes(part)))
        next[name] = { found: parts, until: next[name]?.until ?? until };
  if (prune || until) writeFileSync(file, `${JSON.stringify({ ...all, [gate]: next }, null, 2)}\n`);
  return problems;
}

/** Returns what a gate lets stay for good: its reason begins with "stays:". */
export const exemptionsThatStay = (gate: string): string[] =>
  Object.values(read()[gate] ?? {}).flatMap(({ found, until }) => (until.startsWith("stays:") ? found : []));

/** Adds to the findings of one name. */
export function addFinding(found: Map<string, string[]>, name: string, part: string) {
  const parts = found.get(name);
  if (!parts) found.set(name, [part]);
  else if (!parts.includes(part)) parts.push(part);
}
