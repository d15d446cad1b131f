/** Where a line of one text is the same as a line of the other. */
export type Anchor = { readonly from: number; readonly to: number };

/**
 * The longest run, in the order of both texts, of lines that each of them has exactly once: such lines belong together whatever
 * else has changed ("patience diff"). Between them only little is left to be compared.
 */
export function anchorsOf(from: readonly string[], to: readonly string[]): readonly Anchor[] {
  const inTo = uniqueLines(to);
  const shared: Anchor[] = [];
  for (const [line, at] of uniqueLines(from)) {
    const other = inTo.get(line);
    if (other !== undefined) shared.push({ from: at, to: other });
  }
  shared.sort((one, other) => one.from - other.from);
  return longestRising(shared);
}

function uniqueLines(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [at, line] of lines.entries()) places.set(line, places.has(line) ? -1 : at);
  for (const [line, at] of places) if (at < 0) places.delete(line);
  return places;
}

/** Of anchors in the order of the first text, the longest run that is in the order of the second one too. */
function longestRising(anchors: readonly Anchor[]): readonly Anchor[] {
  const before: number[] = [];
  // For each length, the run of that length that ends soonest.
  const ends: number[] = [];
  for (const [index, { to }] of anchors.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (anchors[ends[middle]!]!.to < to) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = index;
  }
  const run: Anchor[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index]!) run.push(anchors[index]!);
  return run.toReversed();
}
