import type { Fault } from '#testing/failure';
import { jobFaults } from './testing/job-faults.ts';
import { PostgresJobsTest } from './testing/postgres-jobs-test.ts';

const reaching: readonly Fault[] = ['fails-after', 'aborts', 'twice', 'crashes-after'];

const t = PostgresJobsTest.install();

describe('A job in PostgreSQL, whatever fails,', () => {
  // What never reaches the adapter is the same on any, and so is what ends before it has begun: both are tried in memory.
  jobFaults(t, reaching);
});
