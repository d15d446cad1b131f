import { notificationFaults } from './testing/notification-faults.ts';
import { PostgresNotificationsTest } from './testing/postgres-notifications-test.ts';

const t = PostgresNotificationsTest.install();

describe('Notifications in PostgreSQL, whatever fails,', () => {
  notificationFaults(t);
});
