import type { Entry } from "deskstate/recording";

/** What a replay does at once: an entry, and those that happened within what it brought about. */
export interface Step {
  readonly first: Entry;
  readonly last: Entry;
  /** All of its entries, by their places in the recording: from the first up to but not including the second. */
  readonly places: readonly [from: number, to: number];
}

/** The steps of a recording. A replay stops after each, never within one. */
export function stepsOf(entries: readonly Entry[]): Step[] {
  const steps: Step[] = [];
  let from = 0;
  entries.forEach((last, place) => {
    const next = entries[place + 1];
    if (next !== undefined && next.in !== undefined) return;
    steps.push({ first: entries[from] ?? last, last, places: [from, place + 1] });
    from = place + 1;
  });
  return steps;
}

/** After how many steps this entry has happened. */
export function stepsUpTo(steps: readonly Step[], seq: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.first.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
