import { InMemoryNotificationsTest } from './testing/in-memory-notifications-test.ts';
import { notificationFaults } from './testing/notification-faults.ts';

const t = InMemoryNotificationsTest.install();

describe('Notifications in memory, whatever fails,', () => {
  notificationFaults(t);
});
