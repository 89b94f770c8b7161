/** Do these lists hold the same elements in the same order? No list is the same as no list only. */
export function isSameList(
  one: readonly unknown[] | undefined,
  other: readonly unknown[] | undefined,
): boolean {
  if (one === undefined || other === undefined || one.length !== other.length) return one === other;
  return one.every((element, index) => element === other[index]);
}
