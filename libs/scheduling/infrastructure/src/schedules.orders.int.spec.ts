import { PostgresSchedulesTest } from './testing/postgres-schedules-test.ts';
import { scheduleOrders } from './testing/schedule-orders.ts';

const t = PostgresSchedulesTest.install();

describe('Schedules in PostgreSQL, in every order,', () => {
  scheduleOrders(t, { ofSchedulers: { switches: 2 }, ofPeople: { switches: 1 } });
});
