import { PostgresSchedulesTest } from './testing/postgres-schedules-test.ts';
import { scheduleRefusals } from './testing/schedule-refusals.ts';
import { scheduleWorkflows } from './testing/schedule-workflows.ts';

const t = PostgresSchedulesTest.install();

describe('Schedules in PostgreSQL', () => {
  scheduleWorkflows(t);
  scheduleRefusals(t);
});
