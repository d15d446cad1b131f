import { InMemorySchedulesTest } from './testing/in-memory-schedules-test.ts';
import { scheduleRefusals } from './testing/schedule-refusals.ts';
import { scheduleWorkflows } from './testing/schedule-workflows.ts';

const t = InMemorySchedulesTest.install();

describe('Schedules in memory', () => {
  scheduleWorkflows(t);
  scheduleRefusals(t);
});
