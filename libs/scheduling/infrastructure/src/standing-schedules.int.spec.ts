import { PostgresSchedulesTest } from './testing/postgres-schedules-test.ts';
import { standingSchedules } from './testing/standing-schedules.ts';

const t = PostgresSchedulesTest.install();

describe('Standing schedules in PostgreSQL', () => {
  // What never reaches the adapter is the same on any: it is tried in memory.
  standingSchedules(t, {
    orders: { switches: 1 },
    faults: ['fails-after', 'aborts', 'twice', 'crashes-before', 'crashes-after'],
  });
});
