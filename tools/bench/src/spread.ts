export type Spread = { readonly min: number; readonly median: number; readonly max: number };

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [below, above] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined || below === undefined || above === undefined) {
    throw new Error('Nothing was measured.');
  }
  return { min, median: (below + above) / 2, max };
}
