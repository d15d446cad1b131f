/** How much earlier one step of priority makes a job due. */
const STEP_MS = 60_000;

/**
 * Where a job stands among those that are due: the lower comes first. A step of priority counts as much as a minute of waiting.
 * So the rank never changes, can be kept in an index, and nobody starves: a job is overtaken only by what became due less than
 * a minute for each step after it, nine minutes at most.
 */
export function claimRank({ dueAt, priority }: { readonly dueAt: Date; readonly priority: number }): number {
  return dueAt.getTime() - priority * STEP_MS;
}
