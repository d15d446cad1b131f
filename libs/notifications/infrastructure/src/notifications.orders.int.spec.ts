import { notificationOrders } from './testing/notification-orders.ts';
import { PostgresNotificationsTest } from './testing/postgres-notifications-test.ts';

const t = PostgresNotificationsTest.install();

describe('Notifications in PostgreSQL, in every order,', () => {
  notificationOrders(t, { switches: 1 });
});
