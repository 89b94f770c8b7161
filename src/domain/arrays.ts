/** Whether both lists hold the same elements in the same order; `undefined` equals `undefined` only. */
export function arraysEqual(
  one: readonly unknown[] | undefined,
  other: readonly unknown[] | undefined,
): boolean {
  if (one === undefined || other === undefined || one.length !== other.length) return one === other;
  return one.every((element, index) => element === other[index]);
}

/** Returns the first index of a sorted list for which the predicate holds, by binary search; `length` when none does. */
export function lowerBound(length: number, predicate: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (predicate(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
