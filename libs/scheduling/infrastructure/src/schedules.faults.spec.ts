import { InMemorySchedulesTest } from './testing/in-memory-schedules-test.ts';
import { scheduleFaults } from './testing/schedule-faults.ts';

const t = InMemorySchedulesTest.install();

describe('Schedules in memory, whatever fails,', () => {
  scheduleFaults(t);
});
