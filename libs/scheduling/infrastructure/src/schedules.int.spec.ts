import { PostgresSchedulesTest } from './testing/postgres-schedules-test.ts';
import { scheduleWorkflows } from './testing/schedule-workflows.ts';

const t = PostgresSchedulesTest.install();

describe('Schedules in PostgreSQL', () => {
  scheduleWorkflows(t);
});
