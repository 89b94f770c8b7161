import { ledAway, type FactSeen } from "./fact-log.ts";

/** Which of the charts on show last went to another state, and by which fact. */
export function followed(
  running: Readonly<Record<string, { readonly actor: { readonly sessionId: string } } | undefined>>,
  facts: ReadonlyMap<string, readonly FactSeen[]>,
): { readonly tab: string; readonly key: number } | undefined {
  let latest: { tab: string; key: number } | undefined;
  for (const [tab, chart] of Object.entries(running)) {
    const step = chart && facts.get(chart.actor.sessionId)?.findLast(ledAway);
    if (step !== undefined && step.key > (latest?.key ?? 0)) latest = { tab, key: step.key };
  }
  return latest;
}
