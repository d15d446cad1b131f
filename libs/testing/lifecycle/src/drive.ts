import type { ManualClock } from '#kernel/testing';

const LONGEST_STEP_MS = 60_000;

/** Lets the time of `clock` pass until `work` has settled. */
export async function drive<T>(clock: ManualClock, work: Promise<T>): Promise<T> {
  let over = false;
  const end = (): void => void (over = true);
  work.then(end, end);
  await clock.advance(0);
  for (let step = 10; !over; step = Math.min(step * 2, LONGEST_STEP_MS)) await clock.advance(step);
  return work;
}
