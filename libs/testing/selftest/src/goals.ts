import type { Goal } from './goal.ts';
import { timeLimits } from './goals/b07-time-limits.ts';
import { plantedFaults } from './goals/corpus.ts';
import { noFailureLost } from './goals/k01-no-failure-lost.ts';
import { timeWaitsForIo } from './goals/k02-time-waits-for-io.ts';
import { wholeTimerSurface } from './goals/k03-whole-timer-surface.ts';
import { deadlockIsADiagnosis } from './goals/k04-deadlock-is-a-diagnosis.ts';
import { everyOrderIsRun } from './goals/k05-every-order.ts';
import { checkedReduction } from './goals/k06-checked-reduction.ts';
import { oneLineReplay } from './goals/k07-one-line-replay.ts';
import { nondeterminismIsNamed } from './goals/k08-nondeterminism.ts';
import { linearizability } from './goals/k09-linearizability.ts';
import { overrides } from './goals/k10-overrides.ts';
import { cleanUp } from './goals/k11-clean-up.ts';
import { leakLedger } from './goals/k12-leak-ledger.ts';
import { lateCalls } from './goals/k13-late-calls.ts';
import { databaseRungWithProof } from './goals/k14-database-rung-with-proof.ts';
import { cleanDatabaseInTime } from './goals/k15-clean-database-in-time.ts';
import { faultEverywhere } from './goals/k16-fault-everywhere.ts';
import { mocksHeldToTheRealThing } from './goals/k17-mocks-held-to-the-real-thing.ts';
import { hangNamesItsLine } from './goals/k18-hang-names-its-line.ts';
import { detectorsAlive } from './goals/k19-detectors-alive.ts';
import { everyRunReports } from './goals/k20-honest-report.ts';

/** What `npm run selftest` checks, in this order. */
const withoutItself: readonly Goal[] = [
  noFailureLost,
  timeWaitsForIo,
  wholeTimerSurface,
  deadlockIsADiagnosis,
  plantedFaults,
  everyOrderIsRun,
  checkedReduction,
  oneLineReplay,
  nondeterminismIsNamed,
  linearizability,
  overrides,
  cleanUp,
  leakLedger,
  lateCalls,
  databaseRungWithProof,
  cleanDatabaseInTime,
  faultEverywhere,
  mocksHeldToTheRealThing,
  hangNamesItsLine,
  everyRunReports,
  timeLimits,
];

export const goals: readonly Goal[] = [...withoutItself, detectorsAlive(withoutItself)];
