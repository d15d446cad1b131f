import { InMemorySchedulesTest } from './testing/in-memory-schedules-test.ts';
import { scheduleOrders } from './testing/schedule-orders.ts';

const t = InMemorySchedulesTest.install();

describe('Schedules in memory, in every order,', () => {
  scheduleOrders(t, { ofSchedulers: { complete: true }, ofPeople: { complete: true } });
});
