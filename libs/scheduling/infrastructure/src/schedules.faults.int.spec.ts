import type { Fault } from '#testing/failure';
import { PostgresSchedulesTest } from './testing/postgres-schedules-test.ts';
import { scheduleFaults } from './testing/schedule-faults.ts';

const reaching: readonly Fault[] = ['fails-after', 'aborts', 'twice', 'crashes-after'];

const t = PostgresSchedulesTest.install();

describe('Schedules in PostgreSQL, whatever fails,', () => {
  // What never reaches the adapter is the same on any, and so is what ends before it has begun: both are tried in memory.
  scheduleFaults(t, reaching);
});
