/** All of both, in their orders, the few spread evenly among the many. */
export function spreadOut<T>(many: readonly T[], few: readonly T[]): readonly T[] {
  const placed = [many, few].flatMap((items) => items.map((item, nth) => ({ item, at: (nth + 0.5) / items.length })));
  return placed.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}
