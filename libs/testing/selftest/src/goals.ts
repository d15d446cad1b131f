import type { Goal } from './goal.ts';
import { timeLimits } from './goals/b07-time-limits.ts';
import { noFailureLost } from './goals/k01-no-failure-lost.ts';
import { overrides } from './goals/k10-overrides.ts';
import { cleanUp } from './goals/k11-clean-up.ts';
import { leakLedger } from './goals/k12-leak-ledger.ts';
import { lateCalls } from './goals/k13-late-calls.ts';
import { mocksHeldToTheRealThing } from './goals/k17-mocks-held-to-the-real-thing.ts';
import { hangNamesItsLine } from './goals/k18-hang-names-its-line.ts';
import { detectorsAlive } from './goals/k19-detectors-alive.ts';
import { everyRunReports } from './goals/k20-honest-report.ts';

/** What `npm run selftest` checks, in this order. */
const withoutItself: readonly Goal[] = [
  noFailureLost,
  overrides,
  cleanUp,
  leakLedger,
  lateCalls,
  mocksHeldToTheRealThing,
  hangNamesItsLine,
  everyRunReports,
  timeLimits,
];

export const goals: readonly Goal[] = [...withoutItself, detectorsAlive(withoutItself)];
