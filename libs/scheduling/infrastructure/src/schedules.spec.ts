import { InMemorySchedulesTest } from './testing/in-memory-schedules-test.ts';
import { scheduleWorkflows } from './testing/schedule-workflows.ts';

const t = InMemorySchedulesTest.install();

describe('Schedules in memory', () => {
  scheduleWorkflows(t);
});
