import type { Goal } from './goal.ts';
import { mocksHeldToTheRealThing } from './goals/k17-mocks-held-to-the-real-thing.ts';
import { detectorsAlive } from './goals/k19-detectors-alive.ts';

/** What `npm run selftest` checks, in this order. */
const withoutItself: readonly Goal[] = [mocksHeldToTheRealThing];

export const goals: readonly Goal[] = [...withoutItself, detectorsAlive(withoutItself)];
