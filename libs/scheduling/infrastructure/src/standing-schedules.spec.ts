import { faults } from '#testing/failure';
import { InMemorySchedulesTest } from './testing/in-memory-schedules-test.ts';
import { standingSchedules } from './testing/standing-schedules.ts';

const t = InMemorySchedulesTest.install();

describe('Standing schedules in memory', () => {
  standingSchedules(t, { orders: { complete: true }, faults });
});
