import type { Operation } from './operation.ts';

/** How many operations were under way at the same time at most. One that is open is under way for ever. */
export function widestOverlap(operations: readonly Operation<unknown, unknown>[]): number {
  const changes = operations.flatMap(({ invoked, answer }) => [
    { at: invoked, by: 1 },
    ...(answer === undefined ? [] : [{ at: answer.at, by: -1 }]),
  ]);
  let [now, widest] = [0, 0];
  for (const { by } of changes.sort((one, other) => one.at - other.at)) {
    now += by;
    widest = Math.max(widest, now);
  }
  return widest;
}
