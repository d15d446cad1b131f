import type { Goal } from './goal.ts';
import { detectorsAlive } from './goals/k19-detectors-alive.ts';

/** What `npm run selftest` checks, in this order. */
const withoutItself: readonly Goal[] = [];

export const goals: readonly Goal[] = [...withoutItself, detectorsAlive(withoutItself)];
